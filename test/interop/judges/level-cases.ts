import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { KINDS, encryptWithQpdf, runQpdf } from "../../unit/pdf/encryption/encrypted-files.ts";
import { makePdf } from "../pades/made-pdfs.ts";
import type { MadePdf } from "../pades/made-pdfs.ts";
import { MARKS, inField } from "./marks.ts";
import type { PracticeFiles, Step } from "./practice-files.ts";
import { KEY_KINDS } from "./practice-people.ts";

/** What DSS must call the signatures of the document after a step, in the order in which they were made. */
export type Level = "B" | "T" | "LT" | "LTA";

export interface LevelCase {
  readonly title: string;
  /** Path of the document before the first step. */
  readonly source: (files: PracticeFiles) => Promise<string>;
  readonly password?: string;
  readonly steps: readonly (readonly [Step, ...Level[]])[];
  /** What pyHanko says after each step instead of "passed", and why that is so: see docs/decisions/019. */
  readonly pyHankoSays?: readonly string[];
  /** Why pyHanko is not asked. */
  readonly notForPyHanko?: string;
}

const made =
  (options: MadePdf = {}) =>
  (files: PracticeFiles): Promise<string> =>
    files.save(makePdf(options));

const throughQpdf =
  (work: (source: string, target: string) => void) =>
  async (files: PracticeFiles): Promise<string> => {
    const [source, target] = [await files.save(makePdf({ pages: 3, form: "indirect" })), files.fresh()];
    work(source, target);
    return target;
  };

const signed = (level: "B-B" | "B-T", mark = MARKS.invisible as (typeof MARKS)[keyof typeof MARKS]) =>
  ({ sign: "RSA 2048", level, ...mark }) as const;

/** From B-T to B-LTA and a renewal. */
const upwards = (first: Step): LevelCase["steps"] => [
  [first, "T"],
  [{ extend: "B-LT" }, "LT"],
  [{ extend: "B-LTA" }, "LTA"],
  [{ extend: "B-LTA" }, "LTA"],
];

const atOnce = (first: Step): LevelCase["steps"] => [
  [first, "T"],
  [{ extend: "B-LTA" }, "LTA"],
];

export const PASSED = "AdESPassed.OK";
export const WANTS_OTHER_TIMESTAMP = "AdESIndeterminate.SIG_CONSTRAINTS_FAILURE";
const passwords = { user: "user secret", owner: "owner secret" };
const corpus = join(import.meta.dirname, "../../../../shared/corpus");

export const LEVEL_CASES: readonly LevelCase[] = [
  ...KEY_KINDS.map((sign) => ({
    title: `a key of the kind ${sign}`,
    source: made(),
    steps: upwards({ sign, level: "B-T", ...MARKS.invisible }),
  })),
  {
    title: "a finished B-B signature, which gets its timestamp from the document",
    source: made(),
    steps: [
      [signed("B-B"), "B"],
      [{ extend: "B-T" }, "T"],
      [{ extend: "B-LT" }, "LT"],
      [{ extend: "B-LTA" }, "LTA"],
    ],
    // It wants the timestamp inside the CMS, where EN 319 142-1 table 1 takes a document timestamp as well.
    pyHankoSays: [PASSED, WANTS_OTHER_TIMESTAMP, WANTS_OTHER_TIMESTAMP, WANTS_OTHER_TIMESTAMP],
  },
  ...(["text", "picture with alpha"] as const).map((mark) => ({
    title: `a visible mark: ${mark}`,
    source: made({ rotate: 90 }),
    steps: atOnce(signed("B-T", MARKS[mark])),
  })),
  {
    title: "the form's own field",
    source: made({ form: "with-signature-field" }),
    steps: atOnce({ sign: "ECDSA P-256", level: "B-T", ...inField("Approval") }),
  },
  {
    title: "two people, both visible, then extended",
    source: made({ form: "indirect", annotations: "indirect" }),
    steps: [
      [signed("B-T", MARKS.text), "T"],
      [{ sign: "ECDSA P-256", level: "B-T", ...MARKS["text elsewhere"] }, "T", "T"],
      [{ extend: "B-LTA" }, "LTA", "LTA"],
    ],
  },
  {
    title: "a second person after the archive timestamp",
    source: made(),
    steps: [
      [signed("B-T", MARKS.text), "T"],
      [{ extend: "B-LTA" }, "LTA"],
      [{ sign: "ECDSA P-256", level: "B-T", ...MARKS["text elsewhere"] }, "LTA", "T"],
      [{ extend: "B-LTA" }, "LTA", "LTA"],
    ],
  },
  ...(["--object-streams=generate", "--linearize"] as const).map((option) => ({
    title: `a document of qpdf ${option}`,
    source: throughQpdf((source, target) => void runQpdf([option, source, target])),
    steps: atOnce(signed("B-T", MARKS.text)),
  })),
  ...KINDS.filter(({ title }) => ["RC4 of 128 bits", "AES-128", "AES-256"].includes(title)).map((kind) => ({
    title: `a document encrypted with ${kind.title}`,
    source: throughQpdf((source, target) => encryptWithQpdf(source, target, kind, passwords)),
    password: passwords.user,
    steps: atOnce(signed("B-T", MARKS.text)),
  })),
  ...["dss__not_signed_pdfa", "p20__pdf20-simple", "zug__pdfa3-invoice-4pages", "pyh__minimal-hybrid-xref"]
    .map((name) => join(corpus, "structure", `${name}.pdf`))
    .filter((path) => existsSync(path))
    .map((path) => ({
      title: `somebody else's document, ${path.slice(corpus.length + 1)}`,
      source: async (files: PracticeFiles) => files.save(await readFile(path)),
      steps: atOnce(signed("B-T")),
      ...(path.includes("hybrid") ? { notForPyHanko: "it validates no hybrid-reference files" } : {}),
    })),
];
