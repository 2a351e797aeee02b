import type { Indication, SignatureReport } from "../../shared/verification.ts";
import { type Finding, toReason } from "./finding.ts";

/** One verdict out of all findings (EN 319 102-1 clause 5.1.3): what failed outweighs what is not known. */
export function concludeSignature(
  report: Omit<SignatureReport, "intact" | "indication" | "subIndication" | "reasons">,
  findings: readonly Finding[],
): SignatureReport {
  const failed = findings.find(({ effect }) => effect === "failed");
  const open = findings.find(({ effect }) => effect === "indeterminate");
  const indication: Indication =
    failed !== undefined ? "TOTAL-FAILED" : open !== undefined ? "INDETERMINATE" : "TOTAL-PASSED";
  const { field, type, subFilter, level, signer, claimedTime, provenTime, coverage, changesAfter, qualification } =
    report;
  return {
    field,
    type,
    subFilter,
    level,
    signer,
    claimedTime,
    provenTime,
    intact: !findings.some(({ breaksIntegrity }) => breaksIntegrity),
    coverage,
    changesAfter,
    indication,
    subIndication: (failed ?? open)?.subIndication ?? null,
    qualification,
    reasons: findings.map(toReason),
  };
}
