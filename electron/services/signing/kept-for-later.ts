import type { Failure } from "../../../shared/failure.ts";
import type { SignatureReport } from "../../../shared/verification.ts";

/**
 * Why an intact signature of ours, which is not good now, is kept and looked at again at the next start; null: it stays what
 * it is.
 */
export function keptForLater({ intact, provenTime, signer, subIndication }: SignatureReport): Failure | null {
  if (!intact) {
    return null;
  }
  // A certificate on hold may be released again (RFC 5280 5.3.1).
  if (subIndication === "REVOKED") {
    return { code: "revocation.revoked", params: { name: signer ?? "" } };
  }
  // Where no timestamp says when it was signed, this computer's clock did, and somebody may have set it back.
  return subIndication === "NOT_YET_VALID" && provenTime === null
    ? { code: "output.clock-behind", params: { signer: signer ?? "" } }
    : null;
}
