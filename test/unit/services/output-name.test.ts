import { describe, expect, test } from "vitest";
import { outputName } from "../../../electron/services/documents/output-name.ts";

const free = (): boolean => false;
const taken =
  (...names: readonly string[]) =>
  (name: string): boolean =>
    names.includes(name);

describe("the name of a result", () => {
  test.each([
    ["contract.pdf", "contract-signed.pdf"],
    ["Vertrag (2).PDF", "Vertrag (2)-signed.PDF"],
    ["no-extension", "no-extension-signed.pdf"],
    ["contract-signed.pdf", "contract-signed.pdf"],
  ])("%s becomes %s when nothing is taken", (input, expected) => {
    expect(outputName(input, free)).toBe(expected);
  });

  test("counts on when names are taken, also for a file that is itself a result", () => {
    expect(outputName("contract.pdf", taken("contract-signed.pdf"))).toBe("contract-signed-2.pdf");
    expect(outputName("contract-signed.pdf", taken("contract-signed.pdf"))).toBe("contract-signed-2.pdf");
    expect(outputName("contract-signed-2.pdf", taken("contract-signed.pdf", "contract-signed-2.pdf"))).toBe(
      "contract-signed-3.pdf",
    );
  });
});
