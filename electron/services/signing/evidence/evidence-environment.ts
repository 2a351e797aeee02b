import type { Failure } from "../../../../shared/failure.ts";
import type { Result } from "../../../../shared/result.ts";
import type { BankIdTrust } from "../../../evidence/bankid/check-signer.ts";
import type { OrganisationSeal } from "./organisation-seal.ts";

/** What a run needs whose provider hands over evidence. */
export interface EvidenceEnvironment {
  /** Who is believed as the issuer of the signer's certificate. */
  readonly trust: BankIdTrust;
  /**
   * Asked for each document, so that a seal that was taken away is noticed. Null: none is set up. A failure: one is, and
   * cannot be used now.
   */
  readonly seal: () => Promise<Result<OrganisationSeal | null, Failure>>;
}
