import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { FileReport } from "../../../shared/verification.ts";
import { OBJECT } from "../../attacks/base-documents.ts";
import { CHECKED_AT, LONGEST_MILLISECONDS } from "../../attacks/judge-attack.ts";
import { meansTheSame } from "../../attacks/means-the-same.ts";
import { mutateBytes, mutateObjects } from "../../attacks/mutations.ts";
import { bytesOfText, type RawDocument } from "../../attacks/raw-document.ts";
import { seededRandom } from "../../attacks/seeded-random.ts";
import { makeVictims } from "../../attacks/victims.ts";

/** More in long runs, where somebody has time. */
const CASES = Number(process.env["SEALDESK_FUZZ_CASES"] ?? 1600);
const SEED = Number(process.env["SEALDESK_FUZZ_SEED"] ?? 20_261_122);
const LONG = 600_000;

const victims = await makeVictims();
const { pki, table, packed, hybrid, twice, certified } = victims;
const bases = [table, packed, hybrid, twice, certified[1], certified[2], certified[3]];
const folder = mkdtempSync(join(tmpdir(), "sealdesk-mutations-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const judge = async (text: string): Promise<FileReport & { readonly milliseconds: number }> => {
  const path = join(folder, "case.pdf");
  writeFileSync(path, bytesOfText(text));
  const started = performance.now();
  const report = await verifyFile(path, { trustAnchors: [pki.rootCertificate], at: CHECKED_AT });
  return { ...report, milliseconds: performance.now() - started };
};

const problemsOf = ({ reasons, milliseconds }: FileReport & { readonly milliseconds: number }): readonly string[] => [
  ...(reasons.some(({ code }) => code === "verification.error") ? ["unexpected error"] : []),
  ...(milliseconds > LONGEST_MILLISECONDS ? ["too slow"] : []),
];

test(
  `no file with changed bytes passes (${CASES} cases)`,
  async () => {
    const random = seededRandom(SEED);
    const originals = new Map<(typeof bases)[number], FileReport>();
    for (const base of bases) {
      originals.set(base, await judge(base.text));
    }
    const wrong: string[] = [];
    for (let index = 0; index < CASES; index += 1) {
      const base = random.pick(bases);
      const text = mutateBytes(base.text, random.pick(bases).text, random);
      const report = await judge(text);
      const before = originals.get(base);
      const passed = report.verdict === "TOTAL-PASSED" && text !== base.text;
      if (passed && (before === undefined || !meansTheSame(text, base.text, before, report))) {
        wrong.push(`case ${index} passed`);
      }
      wrong.push(...problemsOf(report).map((problem) => `case ${index}: ${problem}`));
    }
    expect(wrong).toEqual([]);
  },
  LONG,
);

/** Objects of the base document that nothing on its pages depends on: information, metadata, and two that are unused. */
const HARMLESS: ReadonlySet<number> = new Set([5, OBJECT.metadata, OBJECT.kids, OBJECT.unused]);

function isHarmful(num: number, base: RawDocument, now: RawDocument): boolean {
  if (num === OBJECT.fieldResources) {
    // The form's default resources may grow.
    return now.bodies.get(num)?.includes("/Font << /F1 13 0 R >>") !== true;
  }
  return !HARMLESS.has(num) && (base.bodies.has(num) || num === OBJECT.dangling);
}

test(
  `no update that changes what a page, a form or the document does passes (${CASES} cases)`,
  async () => {
    const random = seededRandom(SEED + 1);
    const wrong: string[] = [];
    for (let index = 0; index < CASES; index += 1) {
      const base = random.pick(bases);
      const { document, changed, smuggled } = mutateObjects(base, random);
      const report = await judge(document.text);
      const harmful = changed.filter((num) => isHarmful(num, base, document));
      // A signature that is older than what was changed may well be intact.
      const untouched = report.signatures.length > 0 && report.signatures.every(({ intact }) => intact);
      if ((harmful.length > 0 || smuggled) && (report.verdict === "TOTAL-PASSED" || untouched)) {
        wrong.push(`case ${index} passed: objects ${harmful.join(", ")}${smuggled ? " and more" : ""}`);
      }
      wrong.push(...problemsOf(report).map((problem) => `case ${index}: ${problem}`));
    }
    expect(wrong).toEqual([]);
  },
  LONG,
);
