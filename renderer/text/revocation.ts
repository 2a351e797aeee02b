import type { SignatureReport } from "../../shared/verification.ts";

const UNKNOWN: ReadonlySet<string> = new Set(["revocation.not-checked", "revocation.not-available"]);

/** The verifier passed the signature without knowing whether its certificate was revoked, and says so. */
export function isRevocationUnchecked({ indication, reasons }: SignatureReport): boolean {
  return indication === "TOTAL-PASSED" && reasons.some(({ code }) => UNKNOWN.has(code));
}
