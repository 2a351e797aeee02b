import type { PdfFile } from "../../pdf/pdf-file.ts";
import type { EvidenceReport, SignatureReport } from "../../../shared/verification.ts";
import type { LocatedSignature } from "../locate-signature.ts";

/** A signature of the file, where it lies and what it is worth. */
export interface JudgedSeal {
  readonly located: LocatedSignature;
  readonly report: SignatureReport;
}

/**
 * The signature that covers evidence: the oldest whose bytes are right, else the oldest, else none. A timestamp is nobody's
 * seal.
 *
 * @param revision The one that added the evidence.
 */
export function sealedBy(revision: number | undefined, seals: readonly JudgedSeal[]): EvidenceReport["sealedBy"] {
  if (revision === undefined) {
    return null;
  }
  const covering = seals
    .map(({ located, report }, index) => ({ report, number: index + 1, covers: located.coverage?.revision ?? -1 }))
    .filter(({ report, covers }) => report.type === "signature" && covers >= revision)
    .toSorted((a, b) => a.covers - b.covers);
  const seal = covering.find(({ report }) => report.intact) ?? covering[0];
  return seal === undefined
    ? null
    : {
        signature: seal.number,
        signer: seal.report.signer,
        indication: seal.report.indication,
        intact: seal.report.intact,
      };
}

/** Somebody sealed what the person signed before the evidence was there. */
export const isSealedWithout = (
  file: PdfFile,
  signed: number,
  revision: number | undefined,
  seals: readonly JudgedSeal[],
): boolean =>
  seals.some(({ located, report }) => {
    const covers = located.coverage?.revision;
    const isBefore = covers !== undefined && covers > signed && covers < (revision ?? file.revisions.length);
    return report.type === "signature" && isBefore;
  });
