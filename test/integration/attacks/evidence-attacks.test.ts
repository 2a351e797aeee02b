import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

import { verifyFile } from "../../../electron/verify/verify-file.ts";
import { complaintsAbout, evidenceAttacks } from "../../attacks/evidence-attacks.ts";
import { EVIDENCE_CHECKED_AT, makeEvidencePki } from "../../attacks/evidence-documents.ts";
import { LONGEST_MILLISECONDS } from "../../attacks/judge-attack.ts";
import { bytesOfText } from "../../attacks/raw-document.ts";

const made = await makeEvidencePki();
const attacks = await evidenceAttacks(made);
const folder = mkdtempSync(join(tmpdir(), "sealdesk-evidence-attacks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(attacks)("is no proof about a person: $name", async (attack) => {
  const path = join(folder, `${attack.name.replaceAll(/[^a-z0-9]+/giu, "-").slice(0, 100)}.pdf`);
  writeFileSync(path, bytesOfText(attack.build().text));
  const started = performance.now();
  const report = await verifyFile(path, {
    trustAnchors: [made.pki.rootCertificate],
    bankIdRoots: [made.people.root.certificate],
    at: EVIDENCE_CHECKED_AT,
  });
  expect(performance.now() - started).toBeLessThan(LONGEST_MILLISECONDS);
  expect(complaintsAbout(attack, report)).toEqual([]);
});

test("no two attacks have the same name", () => {
  const names = attacks.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
