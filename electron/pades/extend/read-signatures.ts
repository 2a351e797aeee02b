import type { Failure } from "../../../shared/failure.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { isArray, isName, isString } from "../../pdf/objects.ts";
import type { PdfDict } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { checkSignerInfo, findSigner } from "../../pki/check-signer-info.ts";
import { attributesNamed, parseSignedData } from "../../pki/cms-signed-data.ts";
import type { SignerInfo } from "../../pki/cms-signed-data.ts";
import { DerProblem } from "../../pki/der-reader.ts";
import { digest } from "../../pki/digest.ts";
import { OID } from "../../pki/oids.ts";
import { parseTimestampToken, verifyTimestampToken } from "../../pki/timestamp.ts";
import type { VerifiedTimestamp } from "../../pki/timestamp.ts";
import { readSignatureFields } from "../earlier-signatures.ts";
import { contentDigestOf } from "./content-digests.ts";
import { storedCertificates } from "./stored-data.ts";

/** A signature or document timestamp whose bytes are right; of its certificates nothing is judged. */
export interface IntactSignature {
  readonly kind: "signature" | "document-timestamp";
  readonly field: string;
  /** Offset behind the last covered byte: what comes later is not proven by it. */
  readonly end: number;
  readonly certificate: Certificate;
  /** From the CMS and its timestamps. */
  readonly certificates: readonly Certificate[];
  /** Signature timestamps that are right; for a document timestamp itself. */
  readonly timestamps: readonly VerifiedTimestamp[];
}

type ByteRange = readonly [number, number, number, number];

/**
 * Every signature of the document, oldest first. Fails with `extension.no-signature`, `extension.broken-signature` or
 * `extension.unsupported-signature` (param `field`). Throws PdfProblem.
 */
export async function readIntactSignatures(
  path: string,
  file: PdfFile,
  signal?: AbortSignal,
): Promise<Result<readonly IntactSignature[], Failure>> {
  const found: IntactSignature[] = [];
  const stored = storedCertificates(file);
  for (const { field, dictionary } of readSignatureFields(file).signed) {
    const read = await readOne(path, file, stored, field.name, dictionary, signal);
    if (!read.ok) {
      return read;
    }
    found.push(read.value);
  }
  return found.some(({ kind }) => kind === "signature")
    ? success([...found].sort((a, b) => a.end - b.end))
    : failed({ code: "extension.no-signature" });
}

async function readOne(
  path: string,
  file: PdfFile,
  stored: readonly Certificate[],
  field: string,
  dictionary: PdfDict,
  signal: AbortSignal | undefined,
): Promise<Result<IntactSignature, Failure>> {
  const broken = failed<Failure>({ code: "extension.broken-signature", params: { field } });
  const format = file.get(dictionary, "SubFilter");
  const contents = file.get(dictionary, "Contents");
  const byteRange = byteRangeOf(file, dictionary);
  if (!isString(contents) || byteRange === null || !fillsGap(file, byteRange, contents.bytes)) {
    return broken;
  }
  const end = byteRange[2] + byteRange[3];
  try {
    if (isName(format, "ETSI.RFC3161")) {
      const timestamp = await readTimestamp(path, byteRange, contents.bytes, stored, signal);
      if (timestamp === null) {
        return broken;
      }
      const { authority, token } = timestamp;
      const { certificates } = token.signedData;
      const kind = "document-timestamp";
      return success({ kind, field, end, certificate: authority, certificates, timestamps: [timestamp] });
    }
    if (!isName(format, "ETSI.CAdES.detached") && !isName(format, "adbe.pkcs7.detached")) {
      const name = isName(format) ? format.name : "?";
      return failed({ code: "extension.unsupported-signature", params: { field, format: name } });
    }
    const signature = await readSignature(path, byteRange, contents.bytes, stored, signal);
    return signature === null ? broken : success({ kind: "signature", field, end, ...signature });
  } catch (error) {
    if (error instanceof DerProblem || error instanceof PdfProblem) {
      return broken;
    }
    throw error;
  }
}

function byteRangeOf(file: PdfFile, dictionary: PdfDict): ByteRange | null {
  const value = file.get(dictionary, "ByteRange");
  const [a, b, c, d] = (isArray(value) ? value : []).map((entry) => file.resolve(entry));
  const sound = [a, b, c, d].every((entry) => typeof entry === "number" && Number.isSafeInteger(entry) && entry >= 0);
  return isArray(value) && value.length === 4 && sound ? [Number(a), Number(b), Number(c), Number(d)] : null;
}

/** The range starts at 0 and leaves out exactly the hexadecimal string (ISO 32000-2 12.8.1). */
function fillsGap(file: PdfFile, [start, length, second]: ByteRange, contents: Uint8Array): boolean {
  const gap = new TextDecoder("latin1").decode(file.source.read(length, Math.max(0, second - length)));
  return start === 0 && /^<[0-9A-Fa-f\s]*>$/u.test(gap) && Buffer.from(gap.slice(1, -1), "hex").equals(contents);
}

async function readTimestamp(
  path: string,
  byteRange: ByteRange,
  contents: Uint8Array,
  stored: readonly Certificate[],
  signal: AbortSignal | undefined,
): Promise<VerifiedTimestamp | null> {
  const algorithm = parseTimestampToken(contents).info.digestAlgorithm;
  if (algorithm === undefined) {
    return null;
  }
  const expected = await contentDigestOf(path, byteRange, algorithm, signal);
  const verified = verifyTimestampToken({
    token: contents,
    imprint: (asked) => (asked === algorithm ? expected : undefined),
    anchors: "none",
    // Not every token brings its certificates along.
    candidates: stored,
  });
  return verified.ok ? verified.value : null;
}

async function readSignature(
  path: string,
  byteRange: ByteRange,
  contents: Uint8Array,
  stored: readonly Certificate[],
  signal: AbortSignal | undefined,
): Promise<Pick<IntactSignature, "certificate" | "certificates" | "timestamps"> | null> {
  const cms = parseSignedData(contents);
  const [signer, ...others] = cms.signerInfos;
  const certificate = signer === undefined ? undefined : findSigner(cms, signer, stored);
  if (signer?.digestAlgorithm === undefined || certificate === undefined || others.length > 0) {
    return null;
  }
  const contentDigest = await contentDigestOf(path, byteRange, signer.digestAlgorithm, signal);
  const problems = checkSignerInfo({ signer, certificate, contentDigest, contentType: OID.data });
  // Signatures from before PAdES do not name their certificate; that makes them weaker, not broken.
  if (problems.some(({ code }) => code !== "cms.signing-certificate-missing")) {
    return null;
  }
  const timestamps = signatureTimestamps(signer, stored);
  const inTokens = timestamps.flatMap(({ token }) => token.signedData.certificates);
  return { certificate, certificates: [...cms.certificates, ...inTokens], timestamps };
}

/** Wrong ones prove nothing, and are the verifier's matter. */
function signatureTimestamps(signer: SignerInfo, candidates: readonly Certificate[]): readonly VerifiedTimestamp[] {
  const tokens = attributesNamed(signer.unsignedAttributes, OID.signatureTimeStampToken);
  return tokens
    .flatMap(({ values }) => values)
    .flatMap(({ raw }) => {
      const imprint = (algorithm: Parameters<typeof digest>[0]): Uint8Array => digest(algorithm, signer.signature);
      const verified = verifyTimestampToken({ token: raw, imprint, anchors: "none", candidates });
      return verified.ok ? [verified.value] : [];
    });
}
