import { parseCertificate } from "../pki/certificate.ts";
import type { SignatureScheme } from "../pki/signature-scheme.ts";
import { defaultScheme } from "./cms/default-scheme.ts";
import { preparedDigest } from "./prepared-signature.ts";
import type { PreparedSignature } from "./prepared-signature.ts";

/**
 * How the value of a bound signature is made. A record of version 1 does not say it: its digest is SHA-256, and the
 * certificate's key decides the rest. Undefined for a key that cannot sign. Throws `DerProblem`.
 */
export function preparedScheme(prepared: PreparedSignature): SignatureScheme | undefined {
  const [leaf] = prepared.chain;
  if (prepared.scheme !== undefined || leaf === undefined) {
    return prepared.scheme;
  }
  const { publicKey } = parseCertificate(new Uint8Array(Buffer.from(leaf, "base64")));
  return defaultScheme(publicKey, preparedDigest(prepared));
}
