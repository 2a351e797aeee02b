import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

import { verifyFile } from "../../../electron/verify/verify-file.ts";
import { bytesOf, honestChanges } from "../../attacks/honest-changes.ts";
import { honestButtons } from "../../attacks/honest-buttons.ts";
import { honestComments } from "../../attacks/honest-comments.ts";
import { honestFillings } from "../../attacks/honest-fillings.ts";
import { CHECKED_AT } from "../../attacks/judge-attack.ts";
import { makePki } from "../../attacks/test-authority.ts";

const pki = await makePki();
const folder = mkdtempSync(join(tmpdir(), "sealdesk-honest-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const judge = async (bytes: Uint8Array) => {
  const path = join(folder, "file.pdf");
  writeFileSync(path, bytes);
  return verifyFile(path, { trustAnchors: [pki.rootCertificate], at: CHECKED_AT });
};

test.each([...honestChanges(pki), ...honestFillings(pki), ...honestButtons(pki), ...honestComments(pki)])(
  "stays intact: $name",
  async ({ build, passes }) => {
    const { verdict, signatures, reasons } = await judge(bytesOf(build()));
    expect(reasons).toEqual([]);
    expect(signatures.filter(({ intact }) => !intact)).toEqual([]);
    expect(signatures.length).toBeGreaterThan(0);
    // A security store that says nothing about the signer keeps the verdict open, though nothing was changed.
    expect(verdict).toBe(passes ? "TOTAL-PASSED" : "INDETERMINATE");
  },
);
