import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CLAIMS, archiveDocument } from "./archive-document.ts";
import type { Claim } from "./archive-document.ts";
import { MARKS, inField } from "./marks.ts";
import type { Mark } from "./marks.ts";
import type { PracticeFiles, Step } from "./practice-files.ts";

export interface ConformanceDocument {
  readonly title: string;
  /** What it claims, by veraPDF's names. */
  readonly flavours: readonly string[];
  readonly source: (files: PracticeFiles) => Promise<string>;
  /** It carries a signature of somebody whose responders are not here, so it cannot be extended. */
  readonly signedByOthers: boolean;
  /** Its own empty signature field. */
  readonly field?: string;
}

const corpus = join(import.meta.dirname, "../../../../shared/corpus");

/** Other people's documents, and what their own metadata claims. */
const THEIRS: readonly (readonly [path: string, ...flavours: string[]])[] = [
  ["structure/dss__not_signed_pdfa.pdf", "1b"],
  ["valid/dss__pdf-signed-original.pdf", "1b"],
  ["valid/dssx__testdoc-signed.pdf", "2u"],
  ["structure/zug__pdfa3-invoice-4pages.pdf", "3b"],
  ["structure/pyh__minimal-pdf-ua-and-a.pdf", "3b", "ua1"],
  ["structure/pdfcpu__usageRights.pdf", "ua1"],
];

export const CONFORMANCE_DOCUMENTS: readonly ConformanceDocument[] = [
  ...(Object.keys(CLAIMS) as Claim[]).flatMap((claim) => [
    {
      title: `${claim} of ours`,
      flavours: [claim],
      signedByOthers: false,
      source: (files: PracticeFiles) => files.save(archiveDocument(claim)),
    },
    {
      title: `${claim} of ours with a field`,
      flavours: [claim],
      signedByOthers: false,
      source: (files: PracticeFiles) => files.save(archiveDocument(claim, { field: true })),
      field: "Approval",
    },
  ]),
  ...THEIRS.map(([path, ...flavours]) => ({ path: join(corpus, path), flavours }))
    .filter(({ path }) => existsSync(path))
    .map(({ path, flavours }) => ({
      title: path.slice(corpus.length + 1),
      flavours,
      signedByOthers: path.includes("valid/") || path.includes("usageRights"),
      source: async (files: PracticeFiles) => files.save(await readFile(path)),
    })),
];

const sign = (mark: Mark): Step => ({ sign: "ECDSA P-256", level: "B-T", ...mark });

/** What is done to each; a new way to sign is a line. "field": for documents that have an empty one. */
export const TREATMENTS: Readonly<Record<string, readonly (Step | "field")[]>> = {
  "an invisible signature": [sign(MARKS.invisible)],
  "a mark of text, and a second person's": [sign(MARKS.text), sign(MARKS["text elsewhere"])],
  "a mark with a picture that has transparent parts": [sign(MARKS["picture with alpha"])],
  "a signature in its own field": ["field"],
};

/** The steps for one document; none when the treatment does not fit it. */
export const stepsFor = (steps: readonly (Step | "field")[], document: ConformanceDocument): readonly Step[] =>
  steps.flatMap((step) => {
    if (step !== "field") {
      return document.field === undefined ? [step] : [];
    }
    return document.field === undefined ? [] : [sign(inField(document.field))];
  });
