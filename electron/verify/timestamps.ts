import { type Certificate, subjectName } from "../pki/certificate.ts";
import { attributesNamed, type SignerInfo } from "../pki/cms-signed-data.ts";
import { type DigestAlgorithm, digest, digestByOid } from "../pki/digest.ts";
import { DerProblem } from "../pki/der-reader.ts";
import { OID } from "../pki/oids.ts";
import {
  parseTimestampToken,
  type TimestampProblem,
  type VerifiedTimestamp,
  verifyTimestampToken,
} from "../pki/timestamp.ts";
import { failure, type Finding, notShown, type SubIndication, unsure } from "./finding.ts";
import { chainRevocation } from "./revocation.ts";
import { judgeUnknown, type RevocationRules } from "./unknown-revocation.ts";
import type { ValidationData } from "./validation-data.ts";

/** A timestamp token checked in two steps: the token itself, and whether its authority is trusted. */
export interface CheckedTimestamp {
  /** Imprint, signature and certificate purpose are right. */
  readonly sound: VerifiedTimestamp | undefined;
  /** Trusted as well: its time is proven. */
  readonly trusted: VerifiedTimestamp | undefined;
  readonly problem: TrustProblem | undefined;
}

/** Of the token, or of what is known about its authority. */
type TrustProblem =
  | TimestampProblem
  | { readonly code: "timestamp.certificate-revoked" | "timestamp.revocation-unknown"; readonly message: string };

export interface TimestampTrust {
  readonly anchors: readonly Certificate[];
  /** Certificates for the chain, and what is known about their revocation. */
  readonly data: ValidationData;
  /** When the authority's chain must be valid: now, or an earlier time for which the token's existence is proven. */
  readonly at: Date;
  readonly revocation: RevocationRules;
}

/** In milliseconds: how far two honest clocks may differ. */
const CLOCK_TOLERANCE = 5 * 60 * 1000;

function checkTimestamp(
  token: Uint8Array,
  imprint: (algorithm: DigestAlgorithm) => Uint8Array | undefined,
  trust: TimestampTrust,
): CheckedTimestamp {
  const common = { token, imprint, candidates: trust.data.certificates };
  const sound = verifyTimestampToken({ ...common, anchors: "none" });
  if (!sound.ok) {
    return { sound: undefined, trusted: undefined, problem: sound.failure };
  }
  const trusted = verifyTimestampToken({ ...common, anchors: trust.anchors, at: trust.at });
  if (!trusted.ok) {
    return { sound: sound.value, trusted: undefined, problem: trusted.failure };
  }
  // What the document itself says counts when it was in force at the token's time: that is what B-LT stores.
  const { revoked, unknown } = chainRevocation(trusted.value.chain ?? [], trust.data, trusted.value.time);
  // Nothing proves that the token is older than the revocation, when that came before the time we can go back to.
  if (revoked !== undefined && revoked.time <= trust.at) {
    const when = revoked.time.toISOString();
    const message = `The timestamp cannot be relied on: "${subjectName(revoked.certificate)}" was revoked on ${when}.`;
    return { sound: sound.value, trusted: undefined, problem: { code: "timestamp.certificate-revoked", message } };
  }
  const silence = judgeUnknown(unknown, trust.revocation);
  if (silence.kind === "open") {
    const message = `The timestamp cannot be relied on yet. ${silence.message}`;
    return { sound: sound.value, trusted: undefined, problem: { code: "timestamp.revocation-unknown", message } };
  }
  if (trusted.value.time.getTime() > trust.at.getTime() + CLOCK_TOLERANCE) {
    const message = "The timestamp is later than the time at which it is known to have existed.";
    return { sound: sound.value, trusted: undefined, problem: { code: "timestamp.in-future", message } };
  }
  return { sound: sound.value, trusted: trusted.value, problem: undefined };
}

export interface SignatureTimestamps {
  readonly sound: readonly VerifiedTimestamp[];
  readonly trusted: readonly VerifiedTimestamp[];
  readonly findings: readonly Finding[];
}

/** The signature-time-stamp attribute (EN 319 122-1 5.3): its imprint is over the signature value. */
export function signatureTimestamps(signer: SignerInfo, trust: TimestampTrust): SignatureTimestamps {
  const tokens = attributesNamed(signer.unsignedAttributes, OID.signatureTimeStampToken).flatMap(
    ({ values }) => values,
  );
  const checked = tokens.map(({ raw }) =>
    checkTimestamp(raw, (algorithm) => digest(algorithm, signer.signature), trust),
  );
  // A timestamp that was added must not be wrong, though it is not part of what is signed.
  return {
    sound: checked.flatMap(({ sound }) => sound ?? []),
    trusted: checked.flatMap(({ trusted }) => trusted ?? []),
    findings: checked.flatMap(({ problem }) =>
      problem === undefined ? [] : [unsure(subIndicationOf(problem), problem.code, problem.message)],
    ),
  };
}

function subIndicationOf(problem: TrustProblem): SubIndication {
  switch (problem.code) {
    case "timestamp.certificate-no-chain":
      return "NO_CERTIFICATE_CHAIN_FOUND";
    case "timestamp.certificate-expired":
    case "timestamp.certificate-not-yet-valid":
      return "OUT_OF_BOUNDS_NO_POE";
    case "timestamp.certificate-revoked":
      return "REVOKED_NO_POE";
    case "timestamp.revocation-unknown":
      return "TRY_LATER";
    case "timestamp.weak-algorithm":
    case "timestamp.certificate-weak-algorithm":
      return "CRYPTO_CONSTRAINTS_FAILURE_NO_POE";
    case "timestamp.certificate-constraint":
    case "timestamp.certificate-unknown-critical-extension":
      return "CHAIN_CONSTRAINTS_FAILURE";
    case "timestamp.in-future":
      return "TIMESTAMP_ORDER_FAILURE";
    case "timestamp.malformed":
    case "timestamp.imprint-mismatch":
    case "timestamp.signature-invalid":
    case "timestamp.nonce-mismatch":
    case "timestamp.policy-mismatch":
      return "GENERIC";
  }
}

export interface DocumentTimestamp {
  readonly checked: CheckedTimestamp | undefined;
  readonly authority: Certificate | undefined;
  readonly time: Date | undefined;
  readonly findings: readonly Finding[];
}

/** A document timestamp (ISO 32000-2 12.8.5): the token stands in /Contents, its imprint is over the byte range. */
export async function documentTimestamp(
  contents: Uint8Array,
  contentsOffset: number,
  contentDigest: (algorithm: DigestAlgorithm) => Promise<Uint8Array>,
  trust: TimestampTrust,
): Promise<DocumentTimestamp> {
  const place = { offset: contentsOffset };
  let info: ReturnType<typeof parseTimestampToken>["info"];
  try {
    ({ info } = parseTimestampToken(contents));
  } catch (error) {
    if (error instanceof DerProblem) {
      const finding = failure(
        "FORMAT_FAILURE",
        "timestamp.malformed",
        `The timestamp is damaged: ${error.message}.`,
        place,
      );
      return { checked: undefined, authority: undefined, time: undefined, findings: [finding] };
    }
    throw error;
  }
  const algorithm = digestByOid(info.digestOid);
  const expected = algorithm === undefined ? undefined : await contentDigest(algorithm);
  const checked = checkTimestamp(contents, (asked) => (asked === algorithm ? expected : undefined), trust);
  const { problem, sound } = checked;
  return {
    checked,
    authority: sound?.authority,
    time: sound?.time ?? info.time,
    findings: problem === undefined ? [] : [documentTimestampFinding(problem, sound !== undefined, place)],
  };
}

function documentTimestampFinding(problem: TrustProblem, sound: boolean, place: { readonly offset: number }): Finding {
  if (sound) {
    return unsure(subIndicationOf(problem), problem.code, problem.message, place);
  }
  if (problem.code === "timestamp.imprint-mismatch") {
    return failure("HASH_FAILURE", problem.code, problem.message, place);
  }
  if (problem.code === "timestamp.signature-invalid") {
    return failure("SIG_CRYPTO_FAILURE", problem.code, problem.message, place);
  }
  return problem.code === "timestamp.malformed"
    ? failure("FORMAT_FAILURE", problem.code, problem.message, place)
    : notShown(subIndicationOf(problem), problem.code, problem.message, place);
}
