import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import { CHECKED_AT } from "../../attacks/judge-attack.ts";
import { bytesOfText } from "../../attacks/raw-document.ts";
import { makeVictims } from "../../attacks/victims.ts";

const folder = mkdtempSync(join(tmpdir(), "sealdesk-unsteady-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { pki, table } = await makeVictims();
const path = join(folder, "signed.pdf");

async function judgeWhile(happens: () => void) {
  writeFileSync(path, bytesOfText(table.text));
  let happened = false;
  const options = { trustAnchors: [pki.rootCertificate], at: CHECKED_AT };
  const { verdict, reasons } = await verifyFile(path, {
    ...options,
    onProgress: () => {
      if (!happened) {
        happened = true;
        happens();
      }
    },
  });
  return [verdict, ...reasons.map(({ code }) => code)];
}

test("a file that is left alone passes", async () => {
  expect(await judgeWhile(() => undefined)).toEqual(["TOTAL-PASSED"]);
});

test.each([
  ["grows", () => appendFileSync(path, "more")],
  ["is cut", () => truncateSync(path, 100)],
  [
    "is replaced by the same bytes",
    () => {
      writeFileSync(join(folder, "other.pdf"), bytesOfText(table.text));
      renameSync(join(folder, "other.pdf"), path);
    },
  ],
])("a file that %s while it is checked is not judged", async (_, happens) => {
  expect(await judgeWhile(happens)).toEqual(["INDETERMINATE", "file.changed"]);
});

test("a file that vanishes meanwhile is not judged", async () => {
  const [verdict] = await judgeWhile(() => rmSync(path));
  expect(verdict).not.toBe("TOTAL-PASSED");
});
