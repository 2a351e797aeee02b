import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { practiceSigner } from "../integration/pades/practice-signer.ts";
import type { PracticeSigner } from "../integration/pades/practice-signer.ts";
import { archiveDocument } from "./judges/archive-document.ts";
import { CONFORMANCE_DOCUMENTS, TREATMENTS, stepsFor } from "./judges/conformance-cases.ts";
import { askJavaJudges, hasJavaJudges, javaNote } from "./judges/java-judges.ts";
import type { JavaJob, VeraPdfAnswer } from "./judges/java-judges.ts";
import { practiceFiles } from "./judges/practice-files.ts";
import type { PracticeFiles } from "./judges/practice-files.ts";

let practice: PracticeSigner;
let answers: ReadonlyMap<string, VeraPdfAnswer> = new Map();

const BEFORE = "before";
const idOf = (document: string, treatment: string, step: number, flavour: string): string =>
  [document, treatment, step, flavour].join("|");

const OURS = " of ours";
const CONTROL = "control";

/**
 * What a signature may add. ISO 14289-1 7.18.1, 7.18.3, 7.18.4: a field of a tagged document has a description, stands in
 * a Form element, and its page has the structure's tab order. A field that comes after somebody's signature has none of
 * that: that signature's verifier would have to allow a change of the structure tree, and not every one does.
 */
const BEHIND_A_SIGNATURE: Readonly<Record<string, readonly string[]>> = { ua1: ["7.18.1-3", "7.18.3-1", "7.18.4-1"] };

/** Every document before, after each signature, and after it was extended to B-LTA. */
async function collectJobs(files: PracticeFiles): Promise<readonly JavaJob[]> {
  const jobs: JavaJob[] = [];
  const ask = (
    document: (typeof CONFORMANCE_DOCUMENTS)[number],
    treatment: string,
    step: number,
    path: string,
  ): void => {
    for (const flavour of document.flavours) {
      jobs.push({ id: idOf(document.title, treatment, step, flavour), judge: "verapdf", path, flavour });
    }
  };
  for (const document of CONFORMANCE_DOCUMENTS) {
    const source = await document.source(files);
    ask(document, BEFORE, 0, source);
    for (const [treatment, plan] of Object.entries(TREATMENTS)) {
      const steps = stepsFor(plan, document);
      const further = steps.length > 0 && !document.signedByOthers ? ([{ extend: "B-LTA" }] as const) : [];
      (await files.make(source, [...steps, ...further])).forEach((path, step) => ask(document, treatment, step, path));
    }
  }
  // A device colour without an output intent: what our marks would look like to a rule if they did not avoid it.
  const text = Buffer.from(archiveDocument("1b")).toString("latin1").replace("/Grey cs 0.5 sc", "0.50 0 0 rg    ");
  jobs.push({ id: CONTROL, judge: "verapdf", path: await files.save(Buffer.from(text, "latin1")), flavour: "1b" });
  return jobs;
}

/** A rule that was not broken before is not broken after, and one that was is not broken more often. */
function newlyBroken(
  before: VeraPdfAnswer,
  after: VeraPdfAnswer,
  isFirstSignature: boolean,
): Readonly<Record<string, number>> {
  const allowed = isFirstSignature ? [] : (BEHIND_A_SIGNATURE[after.flavour] ?? []);
  const worse = Object.entries(after.broken).filter(
    ([rule, count]) => count > (before.broken[rule] ?? 0) && !allowed.includes(rule),
  );
  return Object.fromEntries(worse);
}

describe.skipIf(!hasJavaJudges)(`veraPDF${javaNote}`, () => {
  beforeAll(async () => {
    practice = await practiceSigner();
    answers = await askJavaJudges<VeraPdfAnswer>(await collectJobs(practiceFiles(practice)));
  });
  afterAll(() => practice.close());

  const answersOf = (document: string, treatment: string, flavour: string): readonly VeraPdfAnswer[] =>
    [...answers.values()].filter(({ id }) => {
      const [ofDocument, ofTreatment, , ofFlavour] = id.split("|");
      return ofDocument === document && ofTreatment === treatment && ofFlavour === flavour;
    });

  describe.each(CONFORMANCE_DOCUMENTS)("$title", (document) => {
    const { title, flavours } = document;

    const fitting = Object.entries(TREATMENTS).filter(([, plan]) => stepsFor(plan, document).length > 0);
    test.each(fitting.map(([treatment]) => treatment))("breaks no further rule after %s", (treatment) => {
      for (const flavour of flavours) {
        const [before] = answersOf(title, BEFORE, flavour);
        const after = answersOf(title, treatment, flavour);
        expect(before?.assertions).toBeGreaterThan(0);
        expect(after.length).toBeGreaterThan(0);
        for (const answer of after) {
          expect(answer.error).toBeUndefined();
          expect(answer.assertions).toBeGreaterThan(before!.assertions);
          const isFirst = !document.signedByOthers && answer.id.split("|")[2] === "0";
          expect(newlyBroken(before!, answer, isFirst)).toEqual({});
        }
      }
    });
  });

  test.each(CONFORMANCE_DOCUMENTS.filter(({ title }) => title.includes(OURS)))(
    "finds nothing in $title before it is signed",
    ({ title, flavours: [flavour = ""] }) => {
      expect(answersOf(title, BEFORE, flavour)).toMatchObject([{ compliant: true, broken: {} }]);
    },
  );

  test("sees a mark in colours that PDF/A does not allow", () => {
    expect(Object.keys(answers.get(CONTROL)?.broken ?? {})).toEqual(["6.2.3.3-1"]);
  });
});
