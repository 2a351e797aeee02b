import type { Failure } from "../../../shared/failure.ts";
import type { Result } from "../../../shared/result.ts";
import type { Certificate } from "../../pki/certificate.ts";
import type { SignatureScheme } from "../../pki/signature-scheme.ts";

/** The signed attributes of one document, ready for either kind of key. */
export interface MessageToSign {
  /** By the scheme's own digest algorithm. */
  readonly digest: Uint8Array;
  /** EdDSA signs the message itself (RFC 8032 5.1.6). Null in a record of an earlier version, which had none. */
  readonly message: Uint8Array | null;
}

/** A private key that signs, wherever it is: in memory for the time of one use, or on a token that never gives it away. */
export interface SigningKey {
  /** The raw value as CMS holds it: RSA as long as the modulus, ECDSA a DER SEQUENCE of r and s, EdDSA 64 bytes. */
  sign(scheme: SignatureScheme, what: MessageToSign): Promise<Result<Uint8Array, Failure>>;
}

/** A key with its certificates, for the time of one use. */
export interface SigningIdentity {
  /** Leaf first, as far up as the file or the token goes. */
  readonly chain: readonly Certificate[];
  readonly key: SigningKey;
}

/**
 * Lends the identity. Whoever implements it knows where the file or the token is and how the person is asked for
 * password or PIN; the provider's states hold neither. A token asks for its PIN at the first `sign`: who borrows for the
 * chain alone bothers nobody.
 */
export interface IdentityLender {
  lend<T>(borrow: (identity: SigningIdentity) => Promise<T>): Promise<Result<T, Failure>>;
}
