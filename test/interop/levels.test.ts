import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { practiceSigner } from "../integration/pades/practice-signer.ts";
import type { PracticeSigner } from "../integration/pades/practice-signer.ts";
import { askJavaJudges, hasJavaJudges, javaNote } from "./judges/java-judges.ts";
import type { DssAnswer } from "./judges/java-judges.ts";
import { LEVEL_CASES, PASSED } from "./judges/level-cases.ts";
import type { Level } from "./judges/level-cases.ts";
import { MARKS } from "./judges/marks.ts";
import { practiceFiles, storedFiles } from "./judges/practice-files.ts";
import type { PracticeFiles } from "./judges/practice-files.ts";
import { askPyHanko, hasPyHanko, pyHankoNote } from "./judges/pyhanko.ts";
import type { PyHankoAnswer } from "./judges/pyhanko.ts";
import { makePdf } from "./pades/made-pdfs.ts";

interface Judged {
  readonly id: string;
  readonly path: string;
  readonly password?: string;
  readonly levels: readonly Level[];
}

let practice: PracticeSigner;
let dss: ReadonlyMap<string, DssAnswer> = new Map();
let pyHanko: ReadonlyMap<string, PyHankoAnswer> = new Map();

const caseId = (title: string, step: number): string => `${title} ${step}`;
const DAMAGED = ["a flipped byte", "a page drawn over"] as const;

/** Every document of every case after every step. */
async function makeDocuments(files: PracticeFiles): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const { title, source, steps, password } of LEVEL_CASES) {
    const plain = steps.map(([step]) => step);
    const paths = await files.make(await source(files), plain, password);
    for (const [index, [, ...levels]] of steps.entries()) {
      const path = paths[index] ?? "";
      judged.push({ id: caseId(title, index), path, levels, ...(password === undefined ? {} : { password }) });
    }
  }
  for (const [index, path] of (await damagedFiles(files)).entries()) {
    judged.push({ id: DAMAGED[index]!, path, levels: ["T"] });
  }
  return judged;
}

/** What a judge that says yes to everything would not see. */
async function damagedFiles(files: PracticeFiles): Promise<readonly string[]> {
  const source = await files.save(makePdf());
  const [path = ""] = await files.make(source, [{ sign: "RSA 2048", level: "B-T", ...MARKS.text }]);
  const text = await readFile(path, "latin1");
  const flipped = text.replace("(lower left, origin)", "(lower left, Origin)");
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/u.exec(text)?.[1] ?? "";
  const size = /\/Size (\d+)/u.exec(text.slice(Number(previous)))?.[1] ?? "";
  // An update that replaces what the page shows.
  const drawn = "0 0 400 300 re f";
  const object = `4 0 obj\n<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream\nendobj\n`;
  const table = `xref\n4 1\n${String(text.length).padStart(10, "0")} 00000 n \n`;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R /Prev ${previous} >>\n`;
  const over = `${text}${object}${table}${trailer}startxref\n${text.length + object.length}\n%%EOF\n`;
  return [await files.save(Buffer.from(flipped, "latin1")), await files.save(Buffer.from(over, "latin1"))];
}

beforeAll(async () => {
  if (!hasJavaJudges && !hasPyHanko) {
    return;
  }
  practice = await practiceSigner();
  const roots = [join(practice.folder, "root.pem")];
  await writeFile(roots[0]!, practice.sandbox.rootCertificatePem);
  const files = practiceFiles(practice);
  const judged = await makeDocuments(files);
  const evidence = await files.evidence();
  const jobs = judged.map(({ levels, ...rest }) => ({
    ...rest,
    roots,
    levels,
    // A document that claims to carry its evidence is judged by that alone.
    ...(levels.every((level) => level.startsWith("LT")) ? {} : evidence),
  }));
  [dss, pyHanko] = await Promise.all([
    hasJavaJudges ? askJavaJudges<DssAnswer>(jobs.map((job) => ({ ...job, judge: "dss" }))) : dss,
    hasPyHanko ? askPyHanko(await Promise.all(jobs.map(forPyHanko))) : pyHanko,
  ]);
});
afterAll(() => practice?.close());

/**
 * With the validation process of EN 319 102-1 that belongs to each level. B-LT has none of its own: it is B-T with what
 * the document's own store holds.
 */
async function forPyHanko<Job extends Judged>(job: Job) {
  const levels = job.levels.map((level) => (level === "LT" ? "T" : level));
  const [ocsp, crl] = job.levels.includes("LT")
    ? await Promise.all([storedFiles(job.path, "OCSPs"), storedFiles(job.path, "CRLs")])
    : [[], []];
  return { ...job, roots: [join(practice.folder, "root.pem")], levels, ...(ocsp.length > 0 ? { ocsp, crl } : {}) };
}

describe.skipIf(!hasJavaJudges)(`EU DSS, with its own policy as it stands and without the network${javaNote}`, () => {
  /** Nothing is held against a signature, and nothing after it counts as a change. */
  const faultless = { intact: true, errors: [], warnings: [] };
  const unchanged = {
    byteRangeValid: true,
    dictionaryConsistent: true,
    overlaps: "[]",
    pagesDiffer: "[]",
    looksDiffer: "[]",
    annotationChanges: [],
    undefinedChanges: [],
  };

  test.each(LEVEL_CASES)("passes $title, at the level we claim after each step", ({ title, steps }) => {
    for (const [index, [, ...levels]] of steps.entries()) {
      const answer = dss.get(caseId(title, index));
      expect(answer?.error).toBeUndefined();
      const expected = { ...faultless, ...unchanged, indication: "TOTAL_PASSED", subIndication: "", structure: "" };
      expect(answer?.signatures).toEqual(
        levels.map((level) => expect.objectContaining({ ...expected, level: `PAdES-BASELINE-${level}` })),
      );
      expect(answer?.timestamps.length ?? 0).toBeGreaterThanOrEqual(levels.some((level) => level !== "B") ? 1 : 0);
      for (const timestamp of answer?.timestamps ?? []) {
        const around = timestamp.type === "DOCUMENT_TIMESTAMP" ? unchanged : {};
        expect(timestamp).toMatchObject({ ...faultless, ...around, indication: "PASSED" });
      }
    }
  });

  test("still says no: to a document with another letter in it", () => {
    const broken = { indication: "TOTAL_FAILED", subIndication: "HASH_FAILURE" };
    expect(dss.get(DAMAGED[0])?.signatures).toMatchObject([broken]);
  });

  test("still sees an update that replaces what the page shows", () => {
    const [signature] = dss.get(DAMAGED[1])?.signatures ?? [];
    expect(signature?.undefinedChanges).not.toEqual([]);
    expect(signature?.looksDiffer).toBe("[1]");
  });
});

describe.skipIf(!hasPyHanko)(`pyHanko, without the network and with revocation data required${pyHankoNote}`, () => {
  test.each(LEVEL_CASES.filter(({ notForPyHanko }) => notForPyHanko === undefined))(
    "passes $title after each step, and sees nothing but what may come after",
    ({ title, steps, pyHankoSays }) => {
      for (const [index, [step, ...levels]] of steps.entries()) {
        const answer = pyHanko.get(caseId(title, index));
        expect(answer?.error).toBeUndefined();
        const last = "sign" in step ? levels.length - 1 : levels.length;
        expect(answer?.signatures).toEqual(
          levels.map((_, position) => ({
            field: expect.any(String),
            indication: pyHankoSays?.[index] ?? PASSED,
            coverage: position === last ? "ENTIRE_FILE" : "ENTIRE_REVISION",
            changes: expect.stringMatching(position === last ? /^NONE$/u : /^(?:LTA_UPDATES|FORM_FILLING)$/u),
            docMdpOk: true,
          })),
        );
      }
    },
  );

  test("still says no: to another letter, and to an update that replaces what the page shows", () => {
    expect(pyHanko.get(DAMAGED[0])?.signatures).toMatchObject([{ indication: "AdESFailure.HASH_FAILURE" }]);
    expect(pyHanko.get(DAMAGED[1])?.signatures).toMatchObject([{ changes: "OTHER" }]);
  });
});
