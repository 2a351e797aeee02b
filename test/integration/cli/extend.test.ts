import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folderForTest, litter, runCli, writePdfs } from "./run-cli.ts";
import type { CliResult } from "./run-cli.ts";
import { startSandboxChild } from "./sandbox-child.ts";
import type { SandboxChild } from "./sandbox-child.ts";

const itsme = ["--provider", "itsme", "--profile", "sandbox", "--auto-approve"];

describe("long-term levels on the command line", () => {
  let sandbox: SandboxChild;

  beforeAll(async () => {
    sandbox = await startSandboxChild();
    await sandbox.control({ do: "auto-approve", value: true });
  });
  afterAll(() => sandbox.stop());

  const run = (cwd: string, ...args: readonly string[]): Promise<CliResult> =>
    runCli(args, { data: sandbox.data, cwd });
  const sign = (cwd: string, ...args: readonly string[]): Promise<CliResult> =>
    run(cwd, "sign", "--json", ...itsme, ...args);
  const levels = async (cwd: string, file: string): Promise<readonly unknown[]> => {
    const [report] = (await run(cwd, "verify", "--json", "--trust", sandbox.root, file)).lines();
    const signatures = report?.["signatures"] as readonly { readonly type: string; readonly level: string | null }[];
    return [report?.["verdict"], ...signatures.map(({ type, level }) => (type === "signature" ? level : type))];
  };

  test("sign --level lta with itsme delivers B-LTA for a whole batch, in one approval", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["a.pdf", "b.pdf", "c.pdf"]);
    const result = await sign(folder, "--level", "lta", "a.pdf", "b.pdf", "c.pdf");
    expect(result.lines().map(({ level, error }) => [level, error])).toEqual(Array.from({ length: 3 }, () => ["B-LTA", null]));
    expect(result.status).toBe(0);
    expect(await levels(folder, "a-signed.pdf")).toEqual(["TOTAL-PASSED", "B-LTA", "document-timestamp"]);
    expect(await litter(folder)).toEqual([]);
  });

  test("extend takes a signed document from b to t, lt, lta and renews it, and the inputs stay as they are", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["contract.pdf"]);
    await sign(folder, "--level", "b", "contract.pdf");
    const before = await readFile(join(folder, "contract-signed.pdf"));
    const steps = [
      ["t", "B-T", "contract-signed-extended.pdf"],
      ["lt", "B-LT", "contract-signed-extended-2.pdf"],
      ["lta", "B-LTA", "contract-signed-extended-3.pdf"],
      ["lta", "B-LTA", "contract-signed-extended-4.pdf"],
    ] as const;
    let input = "contract-signed.pdf";
    for (const [level, reached, output] of steps) {
      const result = await run(folder, "extend", "--json", "--profile", "sandbox", "--level", level, input);
      expect(result.lines()).toEqual([{ file: input, output: join(folder, output), level: reached, error: null }]);
      expect(result.status).toBe(0);
      input = output;
    }
    expect(await levels(folder, input)).toEqual([
      "TOTAL-PASSED",
      "B-LTA",
      ...Array<string>(3).fill("document-timestamp"),
    ]);
    expect((await readFile(join(folder, "contract-signed.pdf"))).equals(before)).toBe(true);
    expect(await litter(folder)).toEqual([]);
  });

  test("sign delivers at the level it reached, and says what was missing, when responder and list are away", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["contract.pdf"]);
    await sandbox.control({ do: "add-fault", fault: { operation: "crl", times: 5, status: 503 } });
    const result = await sign(folder, "--level", "lt", "contract.pdf");
    await sandbox.control({ do: "clear-faults" });
    const [line] = result.lines();
    expect(line).toMatchObject({ output: join(folder, "contract-signed.pdf"), level: "B-T" });
    expect(String(line?.["error"])).toMatch(/^level\.not-reached: .*CRL of "Sealdesk Practice Issuing CA"/u);
    expect(result.status).toBe(1);
    expect(await readdir(folder)).toContain("contract-signed.pdf");
  });

  test("extend goes on after a file that has no signature, and never writes over a file", async () => {
    const folder = await folderForTest();
    await writePdfs(folder, ["plain.pdf", "contract.pdf"]);
    await sign(folder, "--level", "t", "contract.pdf");
    const result = await run(
      folder,
      "extend",
      "--json",
      "--profile",
      "sandbox",
      "--level",
      "lt",
      "plain.pdf",
      "missing.pdf",
      "contract-signed.pdf",
    );
    expect(result.lines().map(({ error, level }) => [String(error).split(":")[0], level])).toEqual([
      ["extension.no-signature", null],
      ["document.not-found", null],
      ["null", "B-LT"],
    ]);
    expect(result.status).toBe(1);
    const taken = await run(
      folder,
      "extend",
      "--json",
      "--profile",
      "sandbox",
      "--level",
      "lt",
      "--out",
      "plain.pdf",
      "contract-signed.pdf",
    );
    expect(String(taken.lines()[0]?.["error"])).toMatch(/^output\.name-taken/u);
  });

  test("extend without a timestamp service is a usage error", async () => {
    const folder = await folderForTest();
    expect((await run(folder, "extend", "--level", "lta", "a.pdf")).status).toBe(2);
    expect((await run(folder, "extend", "--level", "b", "--profile", "sandbox", "a.pdf")).status).toBe(2);
  });
});
