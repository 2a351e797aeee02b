import type { EvidenceReport, FileVerdict, Reason } from "../../../shared/verification.ts";

/**
 * What a file with evidence is worth as a whole: a seal that holds does not make up for evidence that does not, and evidence
 * that holds does not make up for a seal. Without any signature the best is INDETERMINATE, since nothing protects what was
 * added to the document.
 */
export function verdictWithEvidence(verdict: FileVerdict, evidence: readonly EvidenceReport[]): FileVerdict {
  if (evidence.length === 0) {
    return verdict;
  }
  if (verdict === "TOTAL-FAILED" || evidence.some((one) => one.verdict === "failed")) {
    return "TOTAL-FAILED";
  }
  const isOpen = evidence.some((one) => one.verdict === "undecided" || one.sealedBy === null);
  return verdict === "TOTAL-PASSED" && !isOpen ? "TOTAL-PASSED" : "INDETERMINATE";
}

/** Said of the file as a whole, so that nobody who reads only that takes a seal for a person. */
export function evidenceReasons(evidence: readonly EvidenceReport[]): readonly Reason[] {
  const reasons: Reason[] = [];
  for (const { name, verdict, sealedBy } of evidence) {
    const seal = sealedBy === null ? "" : " The seal over it proves nothing about a person.";
    if (verdict === "failed") {
      const message = `The evidence in "${name}" does not prove that a person signed this document.${seal}`;
      reasons.push({ code: "evidence.failed", message });
    } else if (verdict === "undecided") {
      const message = `Whether the evidence in "${name}" proves that a person signed this document is not certain.${seal}`;
      reasons.push({ code: "evidence.undecided", message });
    }
    if (sealedBy === null) {
      reasons.push({
        code: "evidence.not-sealed",
        message: `No signature of the file covers the evidence in "${name}".`,
      });
    }
  }
  return reasons;
}
