import { isString } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { judgeSignature } from "../../pki/algorithm-dates.ts";
import { digest } from "../../pki/algorithms.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { checkSignerInfo, findSigner } from "../../pki/check-signer-info.ts";
import { attributesNamed, parseSignedData } from "../../pki/cms-signed-data.ts";
import type { SignedData, SignerInfo } from "../../pki/cms-signed-data.ts";
import { readDer } from "../../pki/der-reader.ts";
import { OID } from "../../pki/oids.ts";
import { isSigningDigest } from "../../pki/signing-schemes.ts";
import { verifyTimestampToken } from "../../pki/timestamp.ts";
import { decodeTextString } from "../../pdf/text-string.ts";
import { claimedTime } from "./check-dictionary.ts";
import type { NewestSignature } from "./check-file.ts";
import type { ConformanceViolation } from "./violation.ts";
import { violation } from "./violation.ts";

/** Signed attributes that the baseline allows (EN 319 142-1 6.3), those it demands among them. */
const ALLOWED_SIGNED: ReadonlySet<string> = new Set([
  OID.contentType,
  OID.messageDigest,
  OID.signingCertificateV2,
  OID.cmsAlgorithmProtection,
  OID.commitmentTypeIndication,
  OID.signaturePolicyIdentifier,
  OID.signerAttributesV2,
  OID.contentTimeStamp,
]);

/** Items 1 to 8, 14 to 16, 18 to 20 and 22: the CMS in /Contents. Throws `DerProblem` when it is none. */
export function checkCms(
  file: PdfFile,
  found: NewestSignature,
  documentDigest: Uint8Array,
  expectedLevel: "B-B" | "B-T",
): readonly ConformanceViolation[] {
  const violations = [...checkEncoding(found.contents)];
  const cms = parseSignedData(found.contents);
  const [signer, ...others] = cms.signerInfos;
  if (signer === undefined || others.length > 0) {
    return [...violations, violation("one-signer", "The CMS does not have exactly one signer.")];
  }
  if (cms.content !== undefined || cms.contentType !== OID.data) {
    violations.push(violation("detached", "The CMS encloses content, or its content type is not id-data."));
  }
  const certificate = findSigner(cms, signer);
  if (certificate === undefined || cms.unreadableCertificates > 0) {
    return [...violations, violation("certificates", "The CMS does not hold the signing certificate.")];
  }
  return [
    ...violations,
    ...checkSignature(signer, certificate, documentDigest),
    ...checkSignedAttributes(file, found, signer),
    ...checkAlgorithms(file, found, cms, signer, certificate),
    ...checkLevel(signer, expectedLevel),
  ];
}

/** Item 1: one complete DER value, then nothing but zeros. */
function checkEncoding(contents: Uint8Array): readonly ConformanceViolation[] {
  const node = readDer(contents, { allowTrailing: true });
  const violations: ConformanceViolation[] = [];
  if (node.usesBer()) {
    violations.push(violation("contents-der", "/Contents is not encoded in DER."));
  }
  if (contents.subarray(node.end).some((byte) => byte !== 0)) {
    violations.push(violation("padding", "/Contents is padded with something else than zeros."));
  }
  return violations;
}

/** Items 5 to 7: the attributes have the right values and the signature value fits them and the certificate. */
function checkSignature(
  signer: SignerInfo,
  certificate: Certificate,
  documentDigest: Uint8Array,
): readonly ConformanceViolation[] {
  if (!isSigningDigest(signer.digestAlgorithm)) {
    return [violation("algorithms", "The document's digest is not SHA-256, SHA-384 or SHA-512.")];
  }
  return checkSignerInfo({ signer, certificate, contentDigest: documentDigest, contentType: OID.data }).map((problem) =>
    violation("signature", problem.message),
  );
}

/** Items 7, 8, 14 to 16, 18 and 19. */
function checkSignedAttributes(
  file: PdfFile,
  found: NewestSignature,
  signer: SignerInfo,
): readonly ConformanceViolation[] {
  const attributes = signer.signedAttributes ?? [];
  const violations: ConformanceViolation[] = [];
  for (const required of [OID.contentType, OID.messageDigest, OID.signingCertificateV2]) {
    if (attributesNamed(attributes, required).length !== 1) {
      violations.push(violation("signed-attributes", `The signed attribute ${required} must stand exactly once.`));
    }
  }
  for (const { oid } of attributes) {
    // signing-time among them: EN 319 142-1 6.3 puts the claimed time into /M alone.
    if (!ALLOWED_SIGNED.has(oid)) {
      violations.push(violation("attribute-not-allowed", `The signed attribute ${oid} is not used in PAdES.`));
    }
  }
  if (new Set(attributes.map(({ oid }) => oid)).size !== attributes.length) {
    violations.push(violation("signed-attributes", "A signed attribute stands more than once."));
  }
  const explains = [OID.commitmentTypeIndication, OID.signaturePolicyIdentifier].some(
    (oid) => attributesNamed(attributes, oid).length > 0,
  );
  if (explains && file.get(found.dictionary, "Reason") !== null) {
    violations.push(violation("reason-exclusive", "/Reason stands beside a commitment type or a signature policy."));
  }
  return violations;
}

/** Item 20 at the claimed time: TS 119 312 as `pki/algorithm-dates.ts` knows it. */
function checkAlgorithms(
  file: PdfFile,
  found: NewestSignature,
  cms: SignedData,
  signer: SignerInfo,
  certificate: Certificate,
): readonly ConformanceViolation[] {
  const time = file.get(found.dictionary, "M");
  const at = isString(time) ? claimedTime(decodeTextString(time.bytes)) : null;
  const violations: ConformanceViolation[] = [];
  if (at !== null && certificate.publicKey !== undefined && signer.scheme !== undefined) {
    const verdict = judgeSignature(certificate.publicKey, signer.scheme, at);
    if (!verdict.acceptable) {
      violations.push(violation("algorithms", `${verdict.weakest} is too weak.`));
    }
  }
  if (cms.digestOids.length !== 1 || cms.digestOids[0] !== signer.digestOid) {
    violations.push(violation("algorithms", "The CMS does not list exactly the signer's digest algorithm."));
  }
  return violations;
}

/** Item 22 and the level: only a signature timestamp, over this signature's value, when the level asks for one. */
function checkLevel(signer: SignerInfo, expectedLevel: "B-B" | "B-T"): readonly ConformanceViolation[] {
  const tokens = attributesNamed(signer.unsignedAttributes, OID.signatureTimeStampToken);
  const violations: ConformanceViolation[] = [];
  if (tokens.length !== signer.unsignedAttributes.length) {
    violations.push(violation("unsigned-attributes", "An unsigned attribute is not a signature timestamp."));
  }
  const wanted = expectedLevel === "B-T" ? 1 : 0;
  if (tokens.length !== wanted || tokens.some((attribute) => attribute.values.length !== 1)) {
    violations.push(violation("level", `The signature does not hold ${wanted} signature timestamp(s).`));
  }
  for (const token of tokens.flatMap((attribute) => attribute.values)) {
    const verified = verifyTimestampToken({
      token: token.raw,
      imprint: (algorithm) => digest(algorithm, signer.signature),
      anchors: "none",
    });
    if (!verified.ok) {
      violations.push(violation("level", verified.failure.message));
    }
  }
  return violations;
}
