import type { SignatureReport } from "../../shared/verification.ts";

/** The verifier passed the signature without knowing whether its certificate was revoked, and says so. */
export function isRevocationUnchecked({ indication, reasons }: SignatureReport): boolean {
  return indication === "TOTAL-PASSED" && reasons.some(({ code }) => code === "revocation.not-checked");
}
