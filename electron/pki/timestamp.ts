import { judgeDigest, judgeSignature } from "./algorithm-dates.ts";
import type { Certificate } from "./certificate.ts";
import { checkSignerInfo, contentDigest, findSigner } from "./check-signer-info.ts";
import { parseSignedData, type SignedData, type SignerInfo } from "./cms-signed-data.ts";
import { type DerNode, DerProblem, readDer, TAG } from "./der-reader.ts";
import {
  bitStringOf,
  hasBit,
  readBoolean,
  readInteger,
  readOctetString,
  readOid,
  readSmallInteger,
  readTime,
  sameBytes,
  sequenceOf,
  textOf,
} from "./der-values.ts";
import * as der from "./der-writer.ts";
import { type DigestAlgorithm, digestByOid, digestOid } from "./digest.ts";
import { OID } from "./oids.ts";
import { type PathProblemCode, validatePath } from "./path.ts";
import type { Result } from "../../shared/result.ts";
import { failed, success } from "../../shared/result.ts";

export interface TimestampRequestFields {
  /** Digest of what is to be timestamped. */
  readonly imprint: Uint8Array;
  readonly digestAlgorithm: DigestAlgorithm;
  /** Unsigned, big-endian; at least 8 random bytes. */
  readonly nonce: Uint8Array;
  readonly policy?: string;
}

/** TimeStampReq (RFC 3161 2.4.1) that asks for the certificates as well. */
export function timestampRequest(fields: TimestampRequestFields): Uint8Array {
  return der.sequence(
    der.integer(1),
    der.sequence(
      der.sequence(der.oid(digestOid(fields.digestAlgorithm)), der.nullValue()),
      der.octetString(fields.imprint),
    ),
    ...(fields.policy === undefined ? [] : [der.oid(fields.policy)]),
    der.integer(fields.nonce),
    der.boolean(true),
  );
}

export interface TimestampResponse {
  /** PKIStatus: 0 granted, 1 granted with modifications, others refused. */
  readonly status: number;
  readonly statusText: string;
  /** Numbers of the bits set in PKIFailureInfo. */
  readonly failureInfo: readonly number[];
  /** The ContentInfo, a view into the response. */
  readonly token: Uint8Array | undefined;
}

/** TimeStampResp (RFC 3161 2.4.2). Throws `DerProblem`. */
export function parseTimestampResponse(bytes: Uint8Array): TimestampResponse {
  const [info, token] = sequenceOf(readDer(bytes, { allowBer: true }), "timestamp response");
  const [status, ...rest] = sequenceOf(info, "timestamp status");
  const texts = rest.find((field) => field.isUniversal(TAG.sequence))?.children ?? [];
  const bits = rest.find((field) => field.isUniversal(TAG.bitString));
  return {
    status: readSmallInteger(status, "status", info),
    statusText: texts.map((text) => textOf(text) ?? "").join(" "),
    failureInfo: bits === undefined ? [] : setBits(bits),
    token: token?.raw,
  };
}

function setBits(node: DerNode): readonly number[] {
  const bits = bitStringOf(node);
  return Array.from({ length: bits.bytes.length * 8 }, (_, index) => index).filter((index) => hasBit(bits, index));
}

/** TSTInfo (RFC 3161 2.4.2). */
export interface TimestampInfo {
  readonly policy: string;
  readonly digestOid: string;
  readonly digestAlgorithm: DigestAlgorithm | undefined;
  readonly imprint: Uint8Array;
  readonly serialNumber: bigint;
  readonly time: Date;
  /** In milliseconds; undefined when not stated. */
  readonly accuracy: number | undefined;
  readonly nonce: bigint | undefined;
}

export interface TimestampToken {
  readonly signedData: SignedData;
  readonly info: TimestampInfo;
}

/** Throws `DerProblem`. */
export function parseTimestampToken(bytes: Uint8Array): TimestampToken {
  const signedData = parseSignedData(bytes);
  if (signedData.contentType !== OID.tstInfo || signedData.content === undefined) {
    throw new DerProblem("the CMS holds no timestamp", 0);
  }
  return { signedData, info: parseInfo(readDer(signedData.content, { allowBer: true })) };
}

function parseInfo(root: DerNode): TimestampInfo {
  const [version, policy, imprint, serial, time, ...rest] = sequenceOf(root, "timestamp info");
  if (readSmallInteger(version, "timestamp version", root) !== 1) {
    throw new DerProblem("timestamp of an unknown version", root.start);
  }
  const [algorithm, hash] = sequenceOf(imprint, "message imprint", root);
  const oid = readOid(sequenceOf(algorithm, "imprint algorithm", imprint)[0]);
  const accuracy = rest.find((field) => field.isUniversal(TAG.sequence));
  const nonce = rest.find((field) => field.isUniversal(TAG.integer));
  const ordering = rest.find((field) => field.isUniversal(TAG.boolean));
  if (ordering !== undefined) {
    readBoolean(ordering);
  }
  return {
    policy: readOid(policy, "timestamp policy", root),
    digestOid: oid,
    digestAlgorithm: digestByOid(oid),
    imprint: readOctetString(hash, "imprint", imprint),
    serialNumber: readInteger(serial, "timestamp serial number", root),
    time: readTime(time, "timestamp time", root),
    accuracy: accuracy === undefined ? undefined : accuracyOf(accuracy),
    nonce: nonce === undefined ? undefined : readInteger(nonce),
  };
}

function accuracyOf(node: DerNode): number {
  let milliseconds = 0;
  for (const field of node.children) {
    const value = Number(BigInt(`0x0${Buffer.from(field.content).toString("hex")}`));
    const unit = field.isContext(0) ? 1 : field.isContext(1) ? 0.001 : 1000;
    milliseconds += value * unit;
  }
  return milliseconds;
}

export type TimestampProblemCode =
  | "timestamp.malformed"
  | "timestamp.imprint-mismatch"
  | "timestamp.signature-invalid"
  | "timestamp.nonce-mismatch"
  | "timestamp.policy-mismatch"
  | "timestamp.weak-algorithm"
  | "timestamp.in-future"
  | `timestamp.certificate-${PathProblemCode}`;

export interface TimestampProblem {
  readonly code: TimestampProblemCode;
  /** One plain English sentence. */
  readonly message: string;
}

export interface VerifiedTimestamp {
  readonly token: TimestampToken;
  readonly time: Date;
  readonly authority: Certificate;
  /** Leaf first, anchor last; undefined when no anchors were given. */
  readonly chain: readonly Certificate[] | undefined;
}

export interface TimestampCheck {
  readonly token: Uint8Array;
  /** The digest, by the given algorithm, of what the token must cover. */
  readonly imprint: (algorithm: DigestAlgorithm) => Uint8Array | undefined;
  /** "none": only the token itself is checked; neither its certificate's chain nor its algorithms are judged. */
  readonly anchors: readonly Certificate[] | "none";
  readonly candidates?: readonly Certificate[];
  /** When the authority's chain must be valid; the token's own time when absent. */
  readonly at?: Date;
  readonly nonce?: Uint8Array;
  readonly policy?: string;
}

/** Checks a token (RFC 3161 2.3, 2.4.2; EN 319 422): imprint, nonce, policy, signature, certificate, chain. */
export function verifyTimestampToken(check: TimestampCheck): Result<VerifiedTimestamp, TimestampProblem> {
  try {
    return verify(check, parseTimestampToken(check.token));
  } catch (error) {
    if (error instanceof DerProblem) {
      return problem("timestamp.malformed", `The timestamp is malformed: ${error.message}.`);
    }
    throw error;
  }
}

const problem = (
  code: TimestampProblemCode,
  message: string,
): { readonly ok: false; readonly failure: TimestampProblem } => failed({ code, message });

function verify(check: TimestampCheck, token: TimestampToken): Result<VerifiedTimestamp, TimestampProblem> {
  const { info, signedData } = token;
  const expected = info.digestAlgorithm === undefined ? undefined : check.imprint(info.digestAlgorithm);
  if (expected === undefined || info.digestAlgorithm === undefined) {
    return problem("timestamp.imprint-mismatch", `The timestamp uses the unsupported digest ${info.digestOid}.`);
  }
  if (!sameBytes(expected, info.imprint)) {
    return problem("timestamp.imprint-mismatch", "The timestamp belongs to other data.");
  }
  if (check.nonce !== undefined && info.nonce !== BigInt(`0x${Buffer.from(check.nonce).toString("hex")}`)) {
    return problem("timestamp.nonce-mismatch", "The timestamp answers another request.");
  }
  if (check.policy !== undefined && info.policy !== check.policy) {
    return problem(
      "timestamp.policy-mismatch",
      `The timestamp was made under policy ${info.policy}, not the one asked for.`,
    );
  }
  const [signer, ...others] = signedData.signerInfos;
  if (signer === undefined || others.length > 0) {
    return problem("timestamp.malformed", "A timestamp must have exactly one signer.");
  }
  const authority = findSigner(signedData, signer, check.candidates);
  const content = signedData.content === undefined ? undefined : contentDigest(signer, signedData.content);
  if (authority === undefined) {
    return problem("timestamp.certificate-no-chain", "The certificate of the timestamp authority is not there.");
  }
  if (content === undefined) {
    return problem(
      "timestamp.signature-invalid",
      `The timestamp is signed with the unsupported digest ${signer.digestOid}.`,
    );
  }
  const [first] = checkSignerInfo({ signer, certificate: authority, contentDigest: content, contentType: OID.tstInfo });
  if (first !== undefined) {
    return problem("timestamp.signature-invalid", `The timestamp's own signature is not right. ${first.message}`);
  }
  const at = check.at ?? info.time;
  const weak = check.anchors === "none" ? undefined : weakAlgorithm(info, signer, authority, at);
  if (weak !== undefined) {
    return problem("timestamp.weak-algorithm", `The timestamp uses ${weak}, which is too weak.`);
  }
  return withChain(check, token, authority, at);
}

/** The digest must have been good when the token was made, the signature must be good when it is checked. */
function weakAlgorithm(info: TimestampInfo, signer: SignerInfo, authority: Certificate, at: Date): string | undefined {
  const byDigest = info.digestAlgorithm === undefined ? undefined : judgeDigest(info.digestAlgorithm, info.time);
  if (byDigest?.acceptable === false) {
    return byDigest.weakest;
  }
  const { scheme } = signer;
  const byKey =
    scheme === undefined || authority.publicKey === undefined
      ? undefined
      : judgeSignature(authority.publicKey, scheme, at);
  return byKey?.acceptable === false ? byKey.weakest : undefined;
}

function withChain(
  check: TimestampCheck,
  token: TimestampToken,
  authority: Certificate,
  at: Date,
): Result<VerifiedTimestamp, TimestampProblem> {
  const { time } = token.info;
  const anchors = check.anchors === "none" ? [authority] : check.anchors;
  const path = validatePath({
    target: authority,
    candidates: [...token.signedData.certificates, ...(check.candidates ?? [])],
    anchors,
    at,
    purpose: "time-stamping",
  });
  if (!path.ok) {
    return problem(
      `timestamp.certificate-${path.problem.code}`,
      `The timestamp cannot be relied on. ${path.problem.message}`,
    );
  }
  // A token from before or after its certificate's life is wrong whatever the time of checking.
  if (time < authority.notBefore || time > authority.notAfter) {
    return problem(
      "timestamp.certificate-expired",
      "The timestamp's certificate was not valid at the timestamp's own time.",
    );
  }
  return success({ token, time, authority, chain: check.anchors === "none" ? undefined : path.chain });
}
