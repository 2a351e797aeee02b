import { openOptions } from "../../pdf/open-pdf.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import type { Certificate } from "../../pki/certificate.ts";
import type { EvidenceReport } from "../../../shared/verification.ts";
import type { VerifyProgress } from "../verify-progress.ts";
import { evidenceSets } from "./evidence-set.ts";
import { judgeEvidence } from "./judge-evidence.ts";
import type { JudgedSeal } from "./sealed-by.ts";
import { PrefixDigests } from "./signed-prefix.ts";

export interface EvidenceOptions {
  readonly bankIdRoots?: readonly Certificate[];
  readonly at?: Date;
  readonly password?: string;
  readonly details?: boolean;
  readonly signal?: AbortSignal;
}

export interface EvidenceOfFile {
  readonly reports: readonly EvidenceReport[];
  /** Indexes of the revisions that added it. */
  readonly revisions: ReadonlySet<number>;
}

/** Judges the evidence that a file carries. Loaded only for files that carry some. */
export async function evidenceOfFile(
  path: string,
  file: PdfFile,
  seals: readonly JudgedSeal[],
  progress: VerifyProgress,
  { bankIdRoots = [], at = new Date(), password, details = false, signal }: EvidenceOptions,
): Promise<EvidenceOfFile> {
  const sets = evidenceSets(file);
  const digests = new PrefixDigests({ path, size: file.source.size, signal, onBytes: progress.hashed });
  const options = openOptions(password);
  const question = { file, digests, roots: bankIdRoots, now: at, options, details };
  return {
    reports: await judgeEvidence(sets, seals, question),
    revisions: new Set(sets.flatMap(({ revision }) => revision ?? [])),
  };
}
