import type { Failure } from "../../shared/failure.ts";
import { failed, success } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import type { Certificate } from "../pki/certificate.ts";
import { checkSignerInfo, findSigner } from "../pki/check-signer-info.ts";
import { parseSignedData } from "../pki/cms-signed-data.ts";
import type { SignedData } from "../pki/cms-signed-data.ts";
import { DerProblem } from "../pki/der-reader.ts";
import { digest } from "../pki/digest.ts";
import { OID } from "../pki/oids.ts";
import { preparedDigest } from "./prepared-signature.ts";
import type { PreparedSignature } from "./prepared-signature.ts";

export interface AdoptedSignature {
  /** Bound to the signer that the CMS names, with the CMS's own signed attributes. */
  readonly prepared: PreparedSignature;
  readonly value: Uint8Array;
}

/**
 * Takes a CMS apart that somebody else made over a prepared document (RFC 5652, detached, one signer): its signed
 * attributes, value and certificates become the prepared signature's own, so that `completeSignature` goes on as with any
 * other. Unsigned attributes are left behind. SECURITY: everything in it is checked against the document first.
 *
 * Failures: provider.signature-invalid, provider.certificate-invalid.
 */
export function adoptCms(prepared: PreparedSignature, cms: Uint8Array): Result<AdoptedSignature, Failure> {
  try {
    return adopt(prepared, cms);
  } catch (error) {
    if (error instanceof DerProblem) {
      return failed({ code: "provider.signature-invalid" });
    }
    throw error;
  }
}

function adopt(prepared: PreparedSignature, cms: Uint8Array): Result<AdoptedSignature, Failure> {
  const invalid = failed<Failure>({ code: "provider.signature-invalid" });
  const data = parseSignedData(cms);
  const [signer, ...others] = data.signerInfos;
  const algorithm = preparedDigest(prepared);
  if (signer === undefined || others.length > 0 || data.content !== undefined || signer.digestAlgorithm !== algorithm) {
    return invalid;
  }
  const certificate = findSigner(data, signer);
  if (certificate === undefined) {
    return failed({ code: "provider.certificate-invalid" });
  }
  const problems = checkSignerInfo({
    signer,
    certificate,
    contentDigest: new Uint8Array(Buffer.from(prepared.documentDigest, "hex")),
    contentType: OID.data,
  });
  const { signedAttributesDer, scheme } = signer;
  // Without signed attributes nothing binds the certificate to the value: no baseline signature can be made of it.
  if (problems.length > 0 || signedAttributesDer === undefined || scheme === undefined) {
    return invalid;
  }
  return success({
    prepared: {
      ...prepared,
      signedAttributes: Buffer.from(signedAttributesDer).toString("base64"),
      toBeSigned: Buffer.from(digest(algorithm, signedAttributesDer)).toString("hex"),
      scheme,
      chain: chainOf(data, certificate),
      adopted: true,
    },
    value: signer.signature,
  });
}

/** The signer's own certificate first. */
const chainOf = (data: SignedData, leaf: Certificate): readonly string[] =>
  [leaf, ...data.certificates.filter((certificate) => certificate !== leaf)].map(({ der }) =>
    Buffer.from(der).toString("base64"),
  );
