import { isArray, isString, type PdfDict } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { verifySignature } from "../pki/algorithms.ts";
import type { Certificate } from "../pki/certificate.ts";
import { knownCertificate } from "../pki/known-certificates.ts";
import { checkSignerInfo, findSigner, type SignerInfoProblem } from "../pki/check-signer-info.ts";
import { parseSignedData, type SignedData, type SignerInfo } from "../pki/cms-signed-data.ts";
import { DerProblem, readDer } from "../pki/der-reader.ts";
import { readOctetString, sameBytes } from "../pki/der-values.ts";
import { digest, type DigestAlgorithm } from "../pki/digest.ts";
import { OID } from "../pki/oids.ts";
import { failure, type Finding, note, notShown, type SubIndication, unsure } from "./finding.ts";

/** What was found out about the value in /Contents. */
export interface SignatureValue {
  readonly findings: readonly Finding[];
  readonly certificate: Certificate | undefined;
  /** Absent for adbe.x509.rsa_sha1. */
  readonly cms: { readonly signedData: SignedData; readonly signer: SignerInfo } | undefined;
}

export interface ValueRequest {
  readonly file: PdfFile;
  readonly dict: PdfDict;
  readonly subFilter: string;
  readonly contents: Uint8Array;
  readonly contentsOffset: number;
  readonly contentDigest: (algorithm: DigestAlgorithm) => Promise<Uint8Array>;
  readonly otherCertificates: readonly Certificate[];
}

/** Checks the value of a signature (not of a document timestamp) by its sub-filter (ISO 32000-2 12.8.3). */
export async function checkSignatureValue(request: ValueRequest): Promise<SignatureValue> {
  try {
    return request.subFilter === "adbe.x509.rsa_sha1" ? await checkPlainRsa(request) : await checkCms(request);
  } catch (error) {
    if (error instanceof DerProblem) {
      const message = `The signature value is damaged: ${error.message}.`;
      const place = { offset: request.contentsOffset + 1 + error.offset * 2 };
      return {
        findings: [failure("FORMAT_FAILURE", "cms.malformed", message, place)],
        certificate: undefined,
        cms: undefined,
      };
    }
    throw error;
  }
}

const place = (request: ValueRequest): { readonly offset: number } => ({ offset: request.contentsOffset });

async function checkCms(request: ValueRequest): Promise<SignatureValue> {
  const signedData = parseSignedData(request.contents);
  const findings: Finding[] = [...formFindings(request, signedData)];
  const [signer, ...others] = signedData.signerInfos;
  if (signer === undefined || others.length > 0) {
    const count = signedData.signerInfos.length;
    findings.push(
      failure(
        "FORMAT_FAILURE",
        "cms.signer-count",
        `The signature has ${count} signers instead of one.`,
        place(request),
      ),
    );
    return { findings, certificate: undefined, cms: undefined };
  }
  const cms = { signedData, signer };
  const certificate = findSigner(signedData, signer, request.otherCertificates);
  if (certificate === undefined) {
    const message = "The signer's certificate is neither in the signature nor in the document.";
    findings.push(notShown("NO_SIGNING_CERTIFICATE_FOUND", "cms.certificate-missing", message, place(request)));
    return { findings, certificate, cms };
  }
  if (!signedData.certificates.includes(certificate)) {
    findings.push(
      note(
        "cms.certificate-elsewhere",
        "The signer's certificate is in the document, but not in the signature itself.",
      ),
    );
  }
  if (!signedData.digestOids.includes(signer.digestOid)) {
    // RFC 5652 5.1: the list announces what the signers use.
    const message = "The signature's list of digests does not name the one that it uses.";
    findings.push(unsure("SIG_CONSTRAINTS_FAILURE", "cms.digest-not-listed", message, place(request)));
  }
  if (signer.digestAlgorithm === undefined) {
    const message = `The digest algorithm ${signer.digestOid} is not supported.`;
    findings.push(notShown("GENERIC", "cms.algorithm-unsupported", message, place(request)));
    return { findings, certificate, cms };
  }
  const expected = await signedDigest(request, signedData, signer.digestAlgorithm, findings);
  const problems = checkSignerInfo({ signer, certificate, contentDigest: expected, contentType: OID.data });
  findings.push(...problems.map((problem) => problemFinding(problem, request, signer)));
  if (signer.signedAttributes === undefined) {
    const message = "The signature has no signed attributes, so it could be taken for a signature over something else.";
    findings.push(unsure("SIG_CONSTRAINTS_FAILURE", "cms.no-signed-attributes", message, place(request)));
  }
  return { findings, certificate, cms };
}

/** adbe.pkcs7.sha1 signs a SHA-1 digest that the CMS encloses; the others sign the bytes of the file. */
async function signedDigest(
  request: ValueRequest,
  signedData: SignedData,
  algorithm: DigestAlgorithm,
  findings: Finding[],
): Promise<Uint8Array> {
  if (request.subFilter !== "adbe.pkcs7.sha1") {
    return request.contentDigest(algorithm);
  }
  const content = signedData.content ?? new Uint8Array();
  if (!sameBytes(content, await request.contentDigest("SHA-1"))) {
    const message = "The enclosed digest differs from the digest of the document: the document was changed.";
    findings.push(failure("HASH_FAILURE", "cms.digest-mismatch", message, place(request)));
  }
  findings.push(weakDocumentDigest());
  return digest(algorithm, content);
}

const weakDocumentDigest = (): Finding =>
  unsure(
    "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
    "algorithm.too-weak",
    "The document is bound to the signature by SHA-1, which is too weak since 2012.",
  );

function formFindings(request: ValueRequest, signedData: SignedData): readonly Finding[] {
  const findings: Finding[] = [];
  const enclosed = signedData.content !== undefined;
  if (enclosed && request.subFilter !== "adbe.pkcs7.sha1") {
    findings.push(
      failure(
        "FORMAT_FAILURE",
        "cms.enclosed-content",
        "The signature encloses content of its own instead of covering the document.",
        place(request),
      ),
    );
  }
  if (signedData.contentType !== OID.data) {
    findings.push(
      failure(
        "FORMAT_FAILURE",
        "cms.content-type",
        "The signature is over another kind of content than a document.",
        place(request),
      ),
    );
  }
  if (!enclosed && request.subFilter === "adbe.pkcs7.sha1") {
    findings.push(
      failure(
        "FORMAT_FAILURE",
        "cms.enclosed-content",
        "The signature does not enclose the digest that its kind needs.",
        place(request),
      ),
    );
  }
  const rest = Buffer.from(request.contents.subarray(signedData.length));
  if (!rest.equals(new Uint8Array(rest.length))) {
    const offset = request.contentsOffset + 1 + signedData.length * 2;
    findings.push(
      unsure("FORMAT_FAILURE", "contents.trailing-data", "Something else than padding follows the signature value.", {
        offset,
      }),
    );
  }
  if (signedData.usesBer) {
    findings.push(note("cms.not-der", "The signature is encoded in BER, not in DER as it should be.", place(request)));
  }
  return findings;
}

function problemFinding(problem: SignerInfoProblem, request: ValueRequest, signer: SignerInfo): Finding {
  const { code, message } = problem;
  switch (code) {
    case "cms.digest-mismatch":
      return failure("HASH_FAILURE", code, message, place(request));
    case "cms.signature-invalid":
    case "cms.key-mismatch":
      return failure("SIG_CRYPTO_FAILURE", code, message, place(request));
    case "cms.attribute-malformed":
    case "cms.attribute-missing":
    case "cms.attribute-repeated":
    case "cms.content-type":
      return failure("FORMAT_FAILURE", code, message, place(request));
    case "cms.signing-certificate-mismatch":
      return failure("SIG_CONSTRAINTS_FAILURE", code, message, place(request));
    case "cms.algorithm-mismatch":
      return unsure("SIG_CONSTRAINTS_FAILURE", code, message, place(request));
    case "cms.algorithm-unsupported":
      return notShown("GENERIC", code, message, place(request));
    case "cms.signing-certificate-missing":
      return missingCertificateReference(request.subFilter, message, signer);
  }
}

/** PAdES asks for the attribute; the older adbe formats do not know it. */
function missingCertificateReference(subFilter: string, message: string, signer: SignerInfo): Finding {
  const required = subFilter.startsWith("ETSI.") && signer.signedAttributes !== undefined;
  const sub: SubIndication = "SIG_CONSTRAINTS_FAILURE";
  return required
    ? unsure(sub, "cms.signing-certificate-missing", message)
    : note("cms.signing-certificate-missing", message);
}

/** adbe.x509.rsa_sha1 (ISO 32000-1 12.8.3.2): an OCTET STRING with a PKCS#1 value, certificates in /Cert. */
async function checkPlainRsa(request: ValueRequest): Promise<SignatureValue> {
  const entry = request.file.get(request.dict, "Cert");
  const [first] = isArray(entry) ? entry.map((item) => request.file.resolve(item)) : [entry];
  if (!isString(first)) {
    const message = "The signature does not carry the signer's certificate.";
    const finding = notShown("NO_SIGNING_CERTIFICATE_FOUND", "cms.certificate-missing", message, place(request));
    return { findings: [finding], certificate: undefined, cms: undefined };
  }
  const certificate = knownCertificate(first.bytes);
  const value = readOctetString(readDer(request.contents, { allowBer: true, allowTrailing: true }));
  const expected = await request.contentDigest("SHA-1");
  const result = verifySignature(
    certificate.spki,
    { kind: "rsa-pkcs1", digest: "SHA-1" },
    { kind: "digest", bytes: expected },
    value,
  );
  const findings: Finding[] = [
    note("sub-filter.old", "The signature has the old format adbe.x509.rsa_sha1."),
    weakDocumentDigest(),
  ];
  if (result !== "valid") {
    findings.push(
      failure(
        "SIG_CRYPTO_FAILURE",
        "cms.signature-invalid",
        "The signature value does not fit the document and the certificate.",
        place(request),
      ),
    );
  }
  return { findings, certificate, cms: undefined };
}
