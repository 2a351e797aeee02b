import { sha256Hex } from "../../shared/ids.ts";
import { sha256 } from "../pki/algorithms.ts";
import { parseCertificate } from "../pki/certificate.ts";
import { signedAttributes } from "./cms/signed-attributes.ts";
import type { PreparedSignature } from "./prepared-signature.ts";

/**
 * Joins a prepared document with the signer's certificate: builds the signed attributes and their digest, which is
 * what the provider signs (`toBeSigned`). Pure; binding again, to another signer, starts afresh.
 *
 * @param chain DER certificates, the signer's first. Throws `DerProblem` when the first is not a certificate.
 */
export function bindSigner(prepared: PreparedSignature, chain: readonly Uint8Array[]): PreparedSignature {
  const [leaf] = chain;
  if (leaf === undefined) {
    throw new TypeError("the signer's certificate is missing");
  }
  const digest = Buffer.from(prepared.documentDigest, "hex");
  const attributes = signedAttributes(digest, parseCertificate(leaf));
  return {
    ...prepared,
    signedAttributes: Buffer.from(attributes).toString("base64"),
    toBeSigned: sha256Hex(Buffer.from(sha256(attributes)).toString("hex")),
    chain: chain.map((certificate) => Buffer.from(certificate).toString("base64")),
  };
}
