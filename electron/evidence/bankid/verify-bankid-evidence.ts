import { verifySignature } from "../../pki/algorithms.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { DerProblem } from "../../pki/der-reader.ts";
import { sameBytes } from "../../pki/der-values.ts";
import { digest } from "../../pki/digest.ts";
import { knownCertificate } from "../../pki/known-certificates.ts";
import { canonicalXml } from "../../xml/canonical-xml.ts";
import { parseStrictXml } from "../../xml/parse-strict-xml.ts";
import type { XmlElement } from "../../xml/xml-element.ts";
import { XmlRefusal } from "../../xml/xml-refusal.ts";
import { decodeBase64 } from "../strict-base64.ts";
import { type BankIdReport, reportOf } from "./bankid-report.ts";
import { type BankIdTrust, checkSigner, issuerOf, signerOf } from "./check-signer.ts";
import { checkStatusResponse, readStatusResponse } from "./check-status-response.ts";
import { type BankIdRule, RuleBroken, RuleSheet } from "./rules.ts";
import { readSignedData, type SignedData } from "./signed-data.ts";
import { readSignatureParts, type ReferenceDigest, type SignatureParts } from "./signature-parts.ts";

/** BankID's answer exactly as it was transmitted; nothing of it may be encoded anew (the nonce is over the text). */
export interface BankIdEvidence {
  /** Base64 of the XML signature. */
  readonly signature: string;
  /** Base64 of the OCSP response. */
  readonly ocspResponse: string;
}

/** What the answer is compared with; what is absent is not asked. */
export interface BankIdExpectation {
  readonly visibleText?: string;
  /** Null: plain text. */
  readonly visibleFormat?: string | null;
  /** Null: none was sent. */
  readonly hiddenData?: string | null;
  /** Twelve digits. */
  readonly personalNumber?: string;
}

export interface BankIdQuestion {
  readonly evidence: BankIdEvidence;
  readonly trust: BankIdTrust;
  readonly expected: BankIdExpectation;
  /** To refuse what claims to come from the future; absent: not asked. */
  readonly now?: Date;
}

/** 1 MiB of XML in Base64. */
const LONGEST_TEXT = 1_400_000;
const SMALLEST_KEY = 2048;

/**
 * Verifies an answer of BankID (sheet section 6): the XML signature, the certificates, the OCSP response and what ties
 * them together. The time of the signature is the response's `producedAt`. Never throws; says of every rule what came out.
 */
export function verifyBankIdEvidence({ evidence, trust, expected, now }: BankIdQuestion): BankIdReport {
  const sheet = new RuleSheet();
  const root = sheet.attempt(["signature-encoding", "xml"], () => readDocument(evidence.signature));
  const parts =
    root === undefined
      ? undefined
      : sheet.attempt(["shape", "ids", "references", "algorithms"], () => readSignatureParts(root));
  const certificates =
    parts === undefined ? undefined : sheet.attempt(["certificates"], () => readCertificates(parts.certificates));
  const data = parts === undefined ? undefined : sheet.attempt(["content"], () => readSignedData(parts.signedData));
  const response = sheet.attempt(["ocsp-encoding"], () => readStatusResponse(bounded(evidence.ocspResponse)));
  const [signer, ...others] = certificates ?? [];

  if (parts !== undefined) {
    checkDigests(parts, sheet);
  }
  if (parts !== undefined && signer !== undefined) {
    checkValue(parts, signer, sheet);
  }
  if (signer !== undefined) {
    checkSigner(signer, others, trust, response?.producedAt, sheet);
  }
  if (signer !== undefined && response !== undefined) {
    const issuer = issuerOf(signer, [...others, ...trust.roots]);
    checkStatusResponse({ response, transmittedSignature: evidence.signature, signer, issuer, now }, sheet);
  }
  if (data !== undefined) {
    sheet.judge("function", data.function === "Signing");
    compareContent(data, expected, sheet);
  }
  comparePerson(signer, expected.personalNumber, sheet);
  return reportOf(sheet, { data, signer, certificates, producedAt: response?.producedAt });
}

const bounded = (text: string): string => (text.length > LONGEST_TEXT ? "!" : text);

function readDocument(transmitted: string): XmlElement {
  const bytes = decodeBase64(bounded(transmitted));
  if (bytes === undefined || bytes.length === 0) {
    throw new RuleBroken("signature-encoding");
  }
  try {
    return parseStrictXml(bytes);
  } catch (error) {
    if (error instanceof XmlRefusal) {
      throw new RuleBroken("xml");
    }
    throw error;
  }
}

function readCertificates(all: readonly Uint8Array[]): readonly Certificate[] {
  try {
    if (all.length > 0) {
      return all.map(knownCertificate);
    }
  } catch (error) {
    if (!(error instanceof DerProblem)) {
      throw error;
    }
  }
  throw new RuleBroken("certificates");
}

function checkDigests(parts: SignatureParts, sheet: RuleSheet): void {
  const matches = (element: XmlElement, { algorithm, value }: ReferenceDigest): boolean =>
    sameBytes(digest(algorithm, canonicalXml(element)), value);
  sheet.judge("signed-data-digest", matches(parts.signedData, parts.signedDataDigest));
  sheet.judge("key-info-digest", matches(parts.keyInfo, parts.keyInfoDigest));
}

function checkValue(parts: SignatureParts, { publicKey, spki }: Certificate, sheet: RuleSheet): void {
  const isAccepted = publicKey?.kind === "rsa" && publicKey.modulusBits >= SMALLEST_KEY;
  if (!sheet.judge("key", isAccepted) || publicKey?.kind !== "rsa") {
    return;
  }
  // RFC 8017 8.2.2, step 1: the value is as long as the modulus.
  const hasLength = parts.signatureValue.length === Math.ceil(publicKey.modulusBits / 8);
  const outcome = verifySignature(
    spki,
    { kind: "rsa-pkcs1", digest: parts.signatureDigest },
    { kind: "data", bytes: canonicalXml(parts.signedInfo) },
    parts.signatureValue,
  );
  sheet.judge("signature-value", hasLength && outcome === "valid");
}

function compareContent(data: SignedData, expected: BankIdExpectation, sheet: RuleSheet): void {
  const compare = <T>(rule: BankIdRule, wanted: T | undefined, isSame: (value: T) => boolean): void => {
    if (wanted === undefined) {
      sheet.set(rule, "not-asked");
    } else {
      sheet.judge(rule, isSame(wanted));
    }
  };
  compare("visible-text", expected.visibleText, (text) => text === data.visibleText);
  compare("visible-format", expected.visibleFormat, (format) => format === data.visibleFormat);
  compare("hidden-data", expected.hiddenData, (hidden) => sameHidden(data.hiddenData, hidden));
}

function sameHidden(signed: Uint8Array | null, wanted: string | null): boolean {
  return signed === null || wanted === null
    ? signed === null && wanted === null
    : sameBytes(signed, new TextEncoder().encode(wanted));
}

function comparePerson(signer: Certificate | undefined, wanted: string | undefined, sheet: RuleSheet): void {
  if (wanted === undefined) {
    sheet.set("person", "not-asked");
  } else if (signer !== undefined) {
    sheet.judge("person", signerOf(signer).personalNumber === wanted);
  }
}
