import { z } from "zod";

import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";
import { sameBytes } from "../../pki/der-values.ts";
import { canonicalJson } from "../canonical-json.ts";
import {
  EVIDENCE_FILE,
  EVIDENCE_FILE_NAMES,
  type EvidenceFileName,
  MANIFEST_FILE,
  OCSP_FILE,
  SIGNATURE_FILE,
} from "./evidence-file-names.ts";
import { decodeBase64, decodeUtf8 } from "../strict-base64.ts";
import { type BankIdManifest, readManifest } from "./manifest.ts";
import type { BankIdEvidence } from "./verify-bankid-evidence.ts";

/** All four together. */
export const MAXIMUM_EVIDENCE_BYTES = 4 * 1024 * 1024;

/** ISO 32000-2 table 44 and PDF/A-3 (ISO 19005-3 6.8): what a file is to the document. */
export type EvidenceRelationship = "Data" | "Supplement";

export interface EvidenceFile {
  readonly name: EvidenceFileName;
  readonly mediaType: string;
  readonly description: string;
  readonly relationship: EvidenceRelationship;
  readonly bytes: Uint8Array;
}

/** What was signed and what came back: all that is needed to prove it again. */
export interface EvidenceContent {
  /** As they were transmitted. */
  readonly evidence: BankIdEvidence;
  readonly visibleText: string;
  /** Null: plain text. */
  readonly visibleFormat: string | null;
  /** The manifest exactly as it was signed. */
  readonly hiddenData: string;
}

export interface ReadEvidence extends EvidenceContent {
  readonly manifest: BankIdManifest;
}

/** Why files are no evidence of ours. Codes are stable. */
export type EvidenceFilesProblem =
  | { readonly code: "missing"; readonly file: EvidenceFileName }
  | { readonly code: "too-large" }
  /** `bankid-evidence.json` is not the canonical JSON of this version. */
  | { readonly code: "unreadable"; readonly file: EvidenceFileName }
  /** A copy says something else than `bankid-evidence.json`. */
  | { readonly code: "differs"; readonly file: EvidenceFileName };

const schema = z.strictObject({
  hiddenData: z.string(),
  kind: z.literal("bankid"),
  ocspResponse: z.string().min(1),
  signature: z.string().min(1),
  v: z.literal(1),
  visibleFormat: z.string().nullable(),
  visibleText: z.string(),
});

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/**
 * The four files of an order's evidence, the truth first. Throws `TypeError` for what is none (not Base64, text with lone
 * surrogates): evidence is verified before anybody writes it.
 */
export function writeEvidenceFiles(content: EvidenceContent): readonly EvidenceFile[] {
  const { evidence, hiddenData, visibleFormat, visibleText } = content;
  const { ocspResponse, signature } = evidence;
  const truth = canonicalJson({
    hiddenData,
    kind: "bankid",
    ocspResponse,
    signature,
    v: 1,
    visibleFormat,
    visibleText,
  });
  const [xml, ocsp] = [decodeBase64(signature), decodeBase64(ocspResponse)];
  if (xml === undefined || ocsp === undefined) {
    throw new TypeError("evidence is Base64");
  }
  return [
    {
      name: EVIDENCE_FILE,
      mediaType: "application/json",
      description: "Signed with BankID: the complete evidence, as it was transmitted",
      relationship: "Data",
      bytes: utf8(truth),
    },
    {
      name: SIGNATURE_FILE,
      mediaType: "application/xml",
      description: "Signed with BankID: the XML signature (copy)",
      relationship: "Supplement",
      bytes: xml,
    },
    {
      name: OCSP_FILE,
      mediaType: "application/ocsp-response",
      description: "Signed with BankID: the status response for the signer's certificate (copy)",
      relationship: "Supplement",
      bytes: ocsp,
    },
    {
      name: MANIFEST_FILE,
      mediaType: "application/json",
      description: "Signed with BankID: the signed list of documents (copy)",
      relationship: "Supplement",
      bytes: utf8(hiddenData),
    },
  ];
}

/**
 * Reads evidence from its files; others are not looked at. It says nothing about the evidence being good: that has to be
 * verified anew.
 *
 * SECURITY: a reader of the copies must not see another signature than a reader of the truth, so all have to be there and
 * agree to the byte.
 */
export function readEvidenceFiles(files: ReadonlyMap<string, Uint8Array>): Result<ReadEvidence, EvidenceFilesProblem> {
  const missing = EVIDENCE_FILE_NAMES.find((name) => !files.has(name));
  if (missing !== undefined) {
    return failed({ code: "missing", file: missing });
  }
  const bytesOf = (name: EvidenceFileName): Uint8Array => files.get(name) ?? new Uint8Array();
  const total = EVIDENCE_FILE_NAMES.reduce((sum, name) => sum + bytesOf(name).length, 0);
  if (total > MAXIMUM_EVIDENCE_BYTES) {
    return failed({ code: "too-large" });
  }
  const read = readTruth(bytesOf(EVIDENCE_FILE));
  if (read === undefined) {
    return failed({ code: "unreadable", file: EVIDENCE_FILE });
  }
  const manifest = readManifest(read.hiddenData);
  if (manifest === undefined) {
    return failed({ code: "unreadable", file: MANIFEST_FILE });
  }
  const differing = copiesOf(read).find(([name, expected]) => {
    return expected === undefined || !sameBytes(bytesOf(name), expected);
  });
  return differing === undefined ? success({ ...read, manifest }) : failed({ code: "differs", file: differing[0] });
}

/** Undefined: it is not exactly what `writeEvidenceFiles` would have written. */
function readTruth(bytes: Uint8Array): EvidenceContent | undefined {
  const text = decodeUtf8(bytes);
  if (text === undefined) {
    return undefined;
  }
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    if (!parsed.success || canonicalJson(parsed.data) !== text) {
      return undefined;
    }
    const { hiddenData, ocspResponse, signature, visibleFormat, visibleText } = parsed.data;
    return { evidence: { signature, ocspResponse }, visibleText, visibleFormat, hiddenData };
  } catch {
    // No JSON, or JSON that has no canonical form.
    return undefined;
  }
}

const copiesOf = ({
  evidence,
  hiddenData,
}: EvidenceContent): readonly (readonly [EvidenceFileName, Uint8Array | undefined])[] => [
  [SIGNATURE_FILE, decodeBase64(evidence.signature)],
  [OCSP_FILE, decodeBase64(evidence.ocspResponse)],
  [MANIFEST_FILE, utf8(hiddenData)],
];
