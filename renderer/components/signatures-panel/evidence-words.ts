import type { EvidenceReport, FileReport } from "../../../shared/verification.ts";
import { text } from "../../text/text.ts";
import { type VerdictLook, verdictLook } from "./verdict-look.ts";

const INDICATIONS = { passed: "TOTAL-PASSED", undecided: "INDETERMINATE", failed: "TOTAL-FAILED" } as const;

export const evidenceLook = (verdict: EvidenceReport["verdict"]): VerdictLook => verdictLook(INDICATIONS[verdict]);

/** SECURITY: a name stands in the title only when it is proven. */
export function evidenceTitle({ verdict, person }: EvidenceReport): string {
  switch (verdict) {
    case "passed":
      return text("proof.passed-title", { name: person?.name ?? text("proof.unknown-person") });
    case "undecided":
      return text("proof.open-title");
    case "failed":
      return text("proof.failed-title");
  }
}

export function pagesText({ document, pagesNow }: EvidenceReport): string {
  const count = document?.pages ?? null;
  if (count === null || pagesNow === null) return text("proof.unknown");
  return pagesNow > count ? text("proof.first-pages", { count, now: pagesNow }) : text("proof.all-pages", { count });
}

export function sealedByText({ sealedBy }: EvidenceReport): string {
  if (sealedBy === null) return text("proof.no-seal");
  const { signature, signer, intact } = sealedBy;
  const params = { name: signer ?? text("signature.unknown-signer"), number: signature };
  return text(intact ? "proof.seal-of" : "proof.seal-broken", params);
}

/** Whether a signature of the file, by its number from 1, is the seal of some evidence. */
export const isSeal = ({ evidence = [] }: FileReport, number: number): boolean =>
  evidence.some(({ sealedBy }) => sealedBy?.signature === number);
