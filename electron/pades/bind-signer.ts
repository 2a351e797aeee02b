import { digest } from "../pki/algorithms.ts";
import { parseCertificate } from "../pki/certificate.ts";
import { documentDigestOf } from "../pki/signing-schemes.ts";
import type { SignatureScheme } from "../pki/signature-scheme.ts";
import { defaultScheme } from "./cms/default-scheme.ts";
import { signedAttributes } from "./cms/signed-attributes.ts";
import { preparedDigest } from "./prepared-signature.ts";
import type { PreparedSignature } from "./prepared-signature.ts";

/**
 * Joins a prepared document with the signer's certificate: builds the signed attributes and their digest, which is
 * what the provider signs (`toBeSigned`). Pure; binding again, to another signer, starts afresh.
 *
 * @param chain DER certificates, the signer's first. Throws `DerProblem` when the first is not a certificate.
 * @param chosen How the value will be made: its digest must be the one the document was hashed with. By default what
 *   the key says.
 */
export function bindSigner(
  prepared: PreparedSignature,
  chain: readonly Uint8Array[],
  chosen?: SignatureScheme,
): PreparedSignature {
  const [leaf] = chain;
  if (leaf === undefined) {
    throw new TypeError("the signer's certificate is missing");
  }
  const algorithm = preparedDigest(prepared);
  const certificate = parseCertificate(leaf);
  const scheme = chosen ?? defaultScheme(certificate.publicKey, algorithm);
  if (scheme !== undefined && documentDigestOf(scheme) !== algorithm) {
    throw new TypeError("the document was hashed with another digest than the signature");
  }
  const attributes = signedAttributes(Buffer.from(prepared.documentDigest, "hex"), certificate);
  return {
    ...prepared,
    signedAttributes: Buffer.from(attributes).toString("base64"),
    toBeSigned: Buffer.from(digest(algorithm, attributes)).toString("hex"),
    ...(scheme === undefined ? {} : { scheme }),
    chain: chain.map((one) => Buffer.from(one).toString("base64")),
  };
}
