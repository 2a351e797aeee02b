import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { practiceSigner } from "../integration/pades/practice-signer.ts";
import type { PracticeSigner } from "../integration/pades/practice-signer.ts";
import { DSS_CASES } from "./judges/dss-cases.ts";
import { askJavaJudges, hasJavaJudges, javaNote } from "./judges/java-judges.ts";
import type { DssAnswer, JavaJob } from "./judges/java-judges.ts";
import { MARKS } from "./judges/marks.ts";
import { practiceFiles } from "./judges/practice-files.ts";
import type { PracticeFiles } from "./judges/practice-files.ts";
import { makePdf } from "./pades/made-pdfs.ts";

let practice: PracticeSigner;
let answers: ReadonlyMap<string, DssAnswer> = new Map();

/** Nothing is held against a signature, and nothing after it counts as a change. */
const FAULTLESS = {
  intact: true,
  errors: [],
  warnings: [],
};
const UNCHANGED = {
  byteRangeValid: true,
  dictionaryConsistent: true,
  overlaps: "[]",
  pagesDiffer: "[]",
  looksDiffer: "[]",
  annotationChanges: [],
  undefinedChanges: [],
};

const caseId = (title: string, step: number): string => `${title} ${step}`;
const DAMAGED = ["a flipped byte", "a page drawn over"] as const;

/** Every document of every case after every step, and what DSS is told about each. */
async function collectJobs(files: PracticeFiles): Promise<readonly JavaJob[]> {
  const jobs: (JavaJob & { readonly alone: boolean })[] = [];
  for (const { title, source, steps, password } of DSS_CASES) {
    const start = await source(files);
    const plain = steps.map(([step]) => step);
    (await files.make(start, plain, password)).forEach((path, index) => {
      const [, ...levels] = steps[index]!;
      const alone = levels.every((level) => level.startsWith("LT"));
      const id = caseId(title, index);
      jobs.push({ id, judge: "dss", path, alone, ...(password === undefined ? {} : { password }) });
    });
  }
  for (const [index, path] of (await damagedFiles(files)).entries()) {
    jobs.push({ id: DAMAGED[index]!, judge: "dss", path, alone: false });
  }
  const evidence = await files.evidence();
  const roots = [join(practice.folder, "root.pem")];
  // A document that claims to carry its evidence is judged by that alone.
  return jobs.map(({ alone, ...job }) => ({ ...job, roots, ...(alone ? {} : evidence) }));
}

/** What a judge that says yes to everything would not see. */
async function damagedFiles(files: PracticeFiles): Promise<readonly string[]> {
  const source = await files.save(makePdf());
  const [path = ""] = await files.make(source, [{ sign: "RSA 2048", level: "B-T", ...MARKS.text }]);
  const text = await readFile(path, "latin1");
  const flipped = Buffer.from(text.replace("(lower left, origin)", "(lower left, Origin)"), "latin1");
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/u.exec(text)?.[1] ?? "";
  const size = /\/Size (\d+)/u.exec(text.slice(Number(previous)))?.[1] ?? "";
  // An update that replaces what the page shows.
  const drawn = "0 0 400 300 re f";
  const object = `4 0 obj\n<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream\nendobj\n`;
  const table = `xref\n4 1\n${String(text.length).padStart(10, "0")} 00000 n \n`;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R /Prev ${previous} >>\n`;
  const end = `startxref\n${text.length + object.length}\n%%EOF\n`;
  const over = Buffer.from(text + object + table + trailer + end, "latin1");
  return [await files.save(flipped), await files.save(over)];
}

describe.skipIf(!hasJavaJudges)(`EU DSS, with its own policy as it stands and without the network${javaNote}`, () => {
  beforeAll(async () => {
    practice = await practiceSigner();
    await writeFile(join(practice.folder, "root.pem"), practice.sandbox.rootCertificatePem);
    answers = await askJavaJudges<DssAnswer>(await collectJobs(practiceFiles(practice)));
  });
  afterAll(() => practice.close());

  test.each(DSS_CASES)("passes $title, at the level we claim after each step", ({ title, steps }) => {
    steps.forEach(([, ...levels], index) => {
      const answer = answers.get(caseId(title, index));
      expect(answer?.error).toBeUndefined();
      expect(answer?.signatures).toEqual(
        levels.map((level) =>
          expect.objectContaining({
            ...FAULTLESS,
            ...UNCHANGED,
            level: `PAdES-BASELINE-${level}`,
            indication: "TOTAL_PASSED",
            subIndication: "",
            structure: "",
          }),
        ),
      );
      const stamped = levels.some((level) => level !== "B");
      expect(answer?.timestamps.length ?? 0).toBeGreaterThanOrEqual(stamped ? 1 : 0);
      for (const timestamp of answer?.timestamps ?? []) {
        const unchanged = timestamp.type === "DOCUMENT_TIMESTAMP" ? UNCHANGED : {};
        expect(timestamp).toMatchObject({ ...FAULTLESS, ...unchanged, indication: "PASSED" });
      }
    });
  });

  test("still says no: to a document with another letter in it", () => {
    expect(answers.get(DAMAGED[0])?.signatures).toMatchObject([
      { indication: "TOTAL_FAILED", subIndication: "HASH_FAILURE" },
    ]);
  });

  test("still sees an update that replaces what the page shows", () => {
    const [signature] = answers.get(DAMAGED[1])?.signatures ?? [];
    expect(signature?.undefinedChanges).not.toEqual([]);
    expect(signature?.looksDiffer).toBe("[1]");
  });
});
