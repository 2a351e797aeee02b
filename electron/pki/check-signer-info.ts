import { verifySignature } from "./algorithms.ts";
import type { Certificate } from "./certificate.ts";
import { attributesNamed, type CmsAttribute, type SignedData, type SignerInfo } from "./cms-signed-data.ts";
import { DerProblem } from "./der-reader.ts";
import { readOctetString, readOid, sameBytes } from "./der-values.ts";
import { digest, type DigestAlgorithm } from "./digest.ts";
import { OID } from "./oids.ts";
import { schemeDigest } from "./signature-scheme.ts";
import { identifies, matchSigningCertificate } from "./signing-certificate.ts";

export type SignerInfoProblemCode =
  | "cms.attribute-malformed"
  | "cms.attribute-missing"
  | "cms.attribute-repeated"
  | "cms.content-type"
  | "cms.digest-mismatch"
  | "cms.algorithm-mismatch"
  | "cms.algorithm-unsupported"
  | "cms.signature-invalid"
  | "cms.key-mismatch"
  | "cms.signing-certificate-mismatch"
  | "cms.signing-certificate-missing";

export interface SignerInfoProblem {
  readonly code: SignerInfoProblemCode;
  /** One plain English sentence. */
  readonly message: string;
}

/** The certificate that the SignerInfo names, from the CMS's own certificates or from `others`. */
export function findSigner(
  signedData: SignedData,
  signer: SignerInfo,
  others: readonly Certificate[] = [],
): Certificate | undefined {
  const named = [...signedData.certificates, ...others].filter((certificate) =>
    identifies(signer.identifier, certificate),
  );
  // SECURITY: several certificates can share a name and serial number; the hash in the signed attribute decides.
  return named.find((certificate) => signingCertificateKind(signer, certificate) === "match") ?? named[0];
}

function signingCertificateKind(signer: SignerInfo, certificate: Certificate): string {
  try {
    return matchSigningCertificate(signer.signedAttributes ?? [], certificate).kind;
  } catch (error) {
    if (error instanceof DerProblem) {
      return "malformed";
    }
    throw error;
  }
}

export interface SignerInfoCheck {
  readonly signer: SignerInfo;
  readonly certificate: Certificate;
  /** Digest of the signed content with the signer's digest algorithm. */
  readonly contentDigest: Uint8Array;
  /** What the content-type attribute must name (RFC 5652 11.1): id-data for PDF, id-ct-TSTInfo for timestamps. */
  readonly contentType: string;
}

/**
 * Checks one SignerInfo against the digest of what it signs (RFC 5652 5.4, 5.6) and against its certificate. Nothing is
 * said about the certificate's own validity. An empty list means that everything is right.
 */
export function checkSignerInfo(check: SignerInfoCheck): readonly SignerInfoProblem[] {
  try {
    const { signer } = check;
    const attributes = signer.signedAttributes;
    return attributes === undefined
      ? valueProblems(check, { kind: "digest", bytes: check.contentDigest })
      : attributeProblems(check, attributes);
  } catch (error) {
    if (error instanceof DerProblem) {
      return [{ code: "cms.attribute-malformed", message: `A signed attribute is malformed: ${error.message}.` }];
    }
    throw error;
  }
}

function attributeProblems(check: SignerInfoCheck, attributes: readonly CmsAttribute[]): readonly SignerInfoProblem[] {
  const problems: SignerInfoProblem[] = [];
  const contentType = single(attributes, OID.contentType, "content-type", problems);
  if (contentType !== undefined && readOid(contentType.values[0]) !== check.contentType) {
    problems.push({ code: "cms.content-type", message: "The content-type attribute names another kind of content." });
  }
  const messageDigest = single(attributes, OID.messageDigest, "message-digest", problems);
  if (messageDigest !== undefined && !sameBytes(readOctetString(messageDigest.values[0]), check.contentDigest)) {
    problems.push({
      code: "cms.digest-mismatch",
      message: "The signed digest differs from the digest of the content: the content was changed.",
    });
  }
  problems.push(...certificateProblems(attributes, check.certificate));
  const { signedAttributesDer } = check.signer;
  if (signedAttributesDer !== undefined) {
    problems.push(...valueProblems(check, { kind: "data", bytes: signedAttributesDer }));
  }
  return problems;
}

/** RFC 5652 11.1, 11.2: exactly once, with exactly one value. */
function single(
  attributes: readonly CmsAttribute[],
  oid: string,
  name: string,
  problems: SignerInfoProblem[],
): CmsAttribute | undefined {
  const found = attributesNamed(attributes, oid);
  const [attribute] = found;
  if (attribute === undefined) {
    problems.push({ code: "cms.attribute-missing", message: `The signed attribute ${name} is missing.` });
    return undefined;
  }
  if (found.length > 1 || attribute.values.length !== 1) {
    problems.push({
      code: "cms.attribute-repeated",
      message: `The signed attribute ${name} does not stand exactly once.`,
    });
    return undefined;
  }
  return attribute;
}

function certificateProblems(
  attributes: readonly CmsAttribute[],
  certificate: Certificate,
): readonly SignerInfoProblem[] {
  const match = matchSigningCertificate(attributes, certificate);
  switch (match.kind) {
    case "match":
      return [];
    case "absent":
      return [
        {
          code: "cms.signing-certificate-missing",
          message: "No signed attribute says which certificate belongs to the signature.",
        },
      ];
    case "mismatch":
    case "unclear":
      return [
        {
          code: "cms.signing-certificate-mismatch",
          message: "The signed reference to the signing certificate does not fit the certificate that is given.",
        },
      ];
  }
}

/** RFC 8419 2.3 ties each EdDSA scheme to one digest of the content. */
const EDDSA_DIGESTS: Readonly<Record<string, DigestAlgorithm>> = { ed25519: "SHA-512", ed448: "SHAKE256-512" };

function valueProblems(
  { signer, certificate }: SignerInfoCheck,
  message: Parameters<typeof verifySignature>[2],
): readonly SignerInfoProblem[] {
  const { scheme } = signer;
  if (scheme === undefined) {
    const text = `The signature algorithm ${signer.signatureOid} with digest ${signer.digestOid} is not supported.`;
    return [{ code: "cms.algorithm-unsupported", message: text }];
  }
  const problems: SignerInfoProblem[] = [];
  const own = schemeDigest(scheme) ?? EDDSA_DIGESTS[scheme.kind];
  // RFC 5652 5.4 hashes both with the digest algorithm of the SignerInfo; where they differ an attacker has a choice.
  if (own !== undefined && own !== signer.digestAlgorithm) {
    problems.push({
      code: "cms.algorithm-mismatch",
      message: `The digest algorithm of the content (${signer.digestAlgorithm ?? signer.digestOid}) is not the one of the signature value (${own}).`,
    });
  }
  const result = verifySignature(certificate.spki, scheme, message, signer.signature);
  switch (result) {
    case "valid":
      return problems;
    case "invalid":
      return [
        ...problems,
        {
          code: "cms.signature-invalid",
          message: "The signature value does not fit the signed data and the certificate.",
        },
      ];
    case "key-mismatch":
      return [
        ...problems,
        { code: "cms.key-mismatch", message: "The certificate's key is of another kind than the signature." },
      ];
    case "unsupported":
      return [
        ...problems,
        { code: "cms.algorithm-unsupported", message: "The kind of key in the certificate is not supported." },
      ];
  }
}

/** The digest of enclosed content by the signer's algorithm; undefined when the algorithm is unknown. */
export function contentDigest(signer: SignerInfo, content: Uint8Array): Uint8Array | undefined {
  return signer.digestAlgorithm === undefined ? undefined : digest(signer.digestAlgorithm, content);
}
