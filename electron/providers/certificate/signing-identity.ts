import type { Failure } from "../../../shared/failure.ts";
import type { Result } from "../../../shared/result.ts";
import type { PrivateKey } from "../../pki/algorithms.ts";
import type { Certificate } from "../../pki/certificate.ts";

/** An opened key with its certificates, for the time of one use. */
export interface SigningIdentity {
  /** Leaf first, as far up as the file goes. */
  readonly chain: readonly Certificate[];
  readonly key: PrivateKey;
}

/**
 * Lends the identity. Whoever implements it knows where the file lies and how the person is asked for the password; the
 * provider's states hold neither.
 */
export interface IdentityLender {
  lend<T>(borrow: (identity: SigningIdentity) => Promise<T>): Promise<Result<T, Failure>>;
}
