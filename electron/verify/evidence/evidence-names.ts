import { EVIDENCE_FILE_NAMES, type EvidenceFileName } from "../../evidence/bankid/evidence-file-names.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { attachedFiles } from "./attached-files.ts";

/** What an attachment's name says about evidence. */
export interface EvidenceName {
  readonly file: EvidenceFileName;
  /** 1 for "bankid-evidence.json", 2 for "bankid-evidence-2.json" of a second person. */
  readonly set: number;
}

/** More people do not sign one file. */
const MOST_SETS = 9;

const BY_NAME: ReadonlyMap<string, EvidenceName> = new Map(
  Array.from({ length: MOST_SETS }, (_, index) => index + 1).flatMap((set) =>
    EVIDENCE_FILE_NAMES.map((file): readonly [string, EvidenceName] => [nameIn(set, file), { file, set }]),
  ),
);

/** The name of one of the four files of a set. */
export function nameIn(set: number, file: EvidenceFileName): string {
  return set === 1 ? file : file.replace(/\.(?=[a-z]+$)/u, `-${set}.`);
}

/** Undefined: no name of evidence. Only the very spelling counts. */
export const evidenceNameOf = (name: string): EvidenceName | undefined => BY_NAME.get(name);

/** Whether a file has attachments that are called like evidence. Never throws `PdfProblem`. */
export const carriesEvidence = (file: PdfFile): boolean =>
  attachedFiles(file).some(({ names }) => [...names].some((name) => BY_NAME.has(name)));
