import { isString } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { type Certificate, subjectName } from "../pki/certificate.ts";
import type { DigestAlgorithm } from "../pki/digest.ts";
import type { PathRequest } from "../pki/path.ts";
import type { VerifiedTimestamp } from "../pki/timestamp.ts";
import type { SignatureReport } from "../../shared/verification.ts";
import { concludeSignature } from "./conclude-signature.ts";
import { digestOfRange, type DigestSurroundings } from "./content-digest.ts";
import { type Finding, unsure } from "./finding.ts";
import { type LocatedSignature, overlapFindings } from "./locate-signature.ts";
import { judgeLaterChanges } from "./later-changes.ts";
import { fieldDict } from "./signature-details.ts";
import { isoDateOf, nameOf, textOf } from "./pdf-text.ts";
import { checkSignatureValue } from "./signature-value.ts";
import type { SignedState } from "./signed-state.ts";
import { gather, gatherForStamps, revocationPolicy } from "./signature-evidence.ts";
import { signatureLevel } from "./signature-level.ts";
import {
  documentTimestamp,
  type DocumentTimestamp,
  type SignatureTimestamps,
  signatureTimestamps,
} from "./timestamps.ts";
import type { Evidence } from "./gather-evidence.ts";
import { judgeSigner } from "./trust.ts";
import type { RevocationPolicy } from "./unknown-revocation.ts";
import type { ValidationNetwork } from "./validation-network.ts";
import { cmsValidationData, joinValidationData, NO_VALIDATION_DATA, type ValidationData } from "./validation-data.ts";

export interface Proof {
  /** The earliest time for which the existence of a revision is proven, by trusted document timestamps so far. */
  readonly at: Date;
  readonly proven: boolean;
  /** Sound document timestamps that cover more than this signature, newest last. */
  readonly later: readonly { readonly revision: number; readonly timestamp: VerifiedTimestamp }[];
}

export interface SignatureContext extends DigestSurroundings {
  readonly file: PdfFile;
  readonly anchors: readonly Certificate[];
  readonly revocation: RevocationPolicy;
  readonly store: ValidationData;
  readonly network: ValidationNetwork | undefined;
  /** Ends the questions to the network. */
  readonly networkSignal: AbortSignal;
  readonly others: readonly LocatedSignature[];
}

export interface JudgedSignature {
  readonly report: SignatureReport;
  /** Set for a document timestamp that is sound and whose bytes are right. */
  readonly timestamp:
    | { readonly sound: VerifiedTimestamp; readonly trusted: VerifiedTimestamp | undefined }
    | undefined;
  /** How the signer's chain was looked for; undefined when no certificate was found. */
  readonly path?: PathRequest | undefined;
  /** Digest and value fit the certificate: somebody did sign these bytes. */
  readonly valueRight: boolean;
}

/** Judges one signature or document timestamp. Throws `PdfProblem` only through a bug in the reader's limits. */
export async function judgeSignature(
  located: LocatedSignature,
  proof: Proof,
  context: SignatureContext,
): Promise<JudgedSignature> {
  const { file } = context;
  const { found, range } = located;
  const subFilter = nameOf(file.get(found.dict, "SubFilter")) ?? "";
  const isTimestamp = subFilter === "ETSI.RFC3161" || nameOf(file.get(found.dict, "Type")) === "DocTimeStamp";
  const findings: Finding[] = [...located.findings, ...overlapFindings(located, context.others)];
  const changes = laterChanges(located, context);
  findings.push(...(changes?.findings ?? []));
  const base = {
    field: found.field,
    subFilter,
    claimedTime: isoDateOf(textOf(file.get(found.dict, "M"))) ?? null,
    coverage: located.coverage?.kind ?? "partial",
    changesAfter: changes?.kind ?? "forbidden",
    qualification: null,
  } as const;
  const contents = file.get(found.dict, "Contents");
  if (range === undefined || !isString(contents)) {
    const type = isTimestamp ? "document-timestamp" : "signature";
    const report = concludeSignature({ ...base, type, level: null, signer: null, provenTime: null }, findings);
    return { report, timestamp: undefined, valueRight: false };
  }
  const digests = new Map<DigestAlgorithm, Promise<Uint8Array>>();
  const digestOf = (algorithm: DigestAlgorithm): Promise<Uint8Array> => {
    const known = digests.get(algorithm) ?? digestOfRange(range, algorithm, context);
    digests.set(algorithm, known);
    return known;
  };
  const value = { bytes: contents.bytes, offset: range.gapStart, digestOf };
  return isTimestamp
    ? judgeDocumentTimestamp(base, findings, value, proof, context)
    : judgeDocumentSignature(base, findings, located, value, proof, context);
}

type Base = Omit<
  SignatureReport,
  "type" | "level" | "signer" | "provenTime" | "intact" | "indication" | "subIndication" | "reasons"
>;

interface Value {
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly digestOf: (algorithm: DigestAlgorithm) => Promise<Uint8Array>;
}

async function judgeDocumentTimestamp(
  base: Base,
  findings: Finding[],
  value: Value,
  proof: Proof,
  context: SignatureContext,
): Promise<JudgedSignature> {
  const judge = ({ data, missing }: Evidence): Promise<DocumentTimestamp> => {
    const revocation = { policy: context.revocation, missing };
    const trust = { anchors: context.anchors, data, at: proof.at, revocation };
    return documentTimestamp(value.bytes, value.offset, value.digestOf, trust);
  };
  const first = await judge({ data: context.store, missing: undefined });
  const evidence = await gatherForStamps(context, context.store, proof.at, [first.checked?.sound]);
  const stamp = evidence.missing === undefined ? first : await judge(evidence);
  findings.push(...stamp.findings);
  const sound = stamp.checked?.sound;
  const trusted = stamp.checked?.trusted;
  const report = concludeSignature(
    {
      ...base,
      type: "document-timestamp",
      level: null,
      signer: stamp.authority === undefined ? null : subjectName(stamp.authority),
      claimedTime: stamp.time?.toISOString() ?? null,
      provenTime: trusted?.time.toISOString() ?? null,
    },
    findings,
  );
  const { anchors } = context;
  const candidates = [...(sound?.token.signedData.certificates ?? []), ...evidence.data.certificates];
  const path = stamp.authority && { target: stamp.authority, candidates, anchors, at: stamp.time ?? proof.at };
  return {
    report,
    timestamp: sound !== undefined && report.intact ? { sound, trusted } : undefined,
    path: path && { ...path, purpose: "time-stamping" },
    valueRight: sound !== undefined,
  };
}

async function judgeDocumentSignature(
  base: Base,
  findings: Finding[],
  located: LocatedSignature,
  value: Value,
  proof: Proof,
  context: SignatureContext,
): Promise<JudgedSignature> {
  const { file } = context;
  const { dict } = located.found;
  findings.push(...subFilterFindings(base.subFilter));
  const checked = await checkSignatureValue({
    file,
    dict,
    subFilter: base.subFilter,
    contents: value.bytes,
    contentsOffset: value.offset,
    contentDigest: value.digestOf,
    otherCertificates: context.store.certificates,
  });
  findings.push(...checked.findings);
  const { certificate, cms } = checked;
  const own = cms === undefined ? NO_VALIDATION_DATA : cmsValidationData(cms.signedData, cms.signer);
  const joined = joinValidationData(own, context.store);
  const policy = revocationPolicy(located, context);
  const { anchors } = context;
  const stampsWith = ({ data, missing }: Evidence): SignatureTimestamps | undefined =>
    cms === undefined
      ? undefined
      : signatureTimestamps(cms.signer, { anchors, data, at: proof.at, revocation: { policy, missing } });
  const first = stampsWith({ data: joined, missing: undefined });
  const ofStamps = await gatherForStamps(context, joined, proof.at, first?.sound ?? []);
  const stamps = ofStamps.missing === undefined ? first : stampsWith(ofStamps);
  findings.push(...(stamps?.findings ?? []));
  const provenTime = earliest(stamps?.trusted.map(({ time }) => time) ?? [], proof);
  const at = provenTime ?? proof.at;
  const { data, missing } = await gather(
    context,
    "document-signing",
    ofStamps.data,
    at,
    certificate === undefined ? [] : [certificate],
  );
  if (certificate !== undefined) {
    const proven = provenTime !== undefined;
    const revocation = { policy, missing };
    findings.push(...judgeSigner({ certificate, signer: cms?.signer, data, anchors, at, proven, revocation }));
  }
  const level = signatureLevel(located, checked, stamps?.sound ?? [], proof, joined, context);
  findings.push(...level.findings);
  const report = concludeSignature(
    {
      ...base,
      type: "signature",
      level: level.level,
      signer: certificate === undefined ? null : subjectName(certificate),
      provenTime: provenTime?.toISOString() ?? null,
    },
    findings,
  );
  const path = certificate && { target: certificate, candidates: data.certificates, anchors, at };
  const valueRight = path !== undefined && !checked.findings.some(({ effect }) => effect === "failed");
  return { report, timestamp: undefined, path: path && { ...path, purpose: "document-signing" }, valueRight };
}

/** The oldest trusted time: of a timestamp over the value, or of a later document timestamp over everything. */
function earliest(times: readonly Date[], proof: Proof): Date | undefined {
  const [first] = [...times, ...(proof.proven ? [proof.at] : [])].sort((a, b) => a.getTime() - b.getTime());
  return first;
}

const KNOWN_SUB_FILTERS: ReadonlySet<string> = new Set([
  "ETSI.CAdES.detached",
  "adbe.pkcs7.detached",
  "adbe.pkcs7.sha1",
  "adbe.x509.rsa_sha1",
]);

function subFilterFindings(subFilter: string): readonly Finding[] {
  if (KNOWN_SUB_FILTERS.has(subFilter)) {
    return [];
  }
  const name = subFilter === "" ? "none" : subFilter;
  return [
    unsure("GENERIC", "sub-filter.unknown", `The signature has an unknown format (${name}); it was read as CMS.`),
  ];
}

function laterChanges(
  located: LocatedSignature,
  context: SignatureContext,
): ReturnType<typeof judgeLaterChanges> | undefined {
  const state = signedStateOf(located, context.file);
  if (state === undefined) {
    return undefined;
  }
  const earlier = context.others.flatMap((other) =>
    other === located ? [] : (signedStateOf(other, context.file) ?? []),
  );
  return judgeLaterChanges(context.file, state, earlier);
}

export function signedStateOf({ found, coverage }: LocatedSignature, file: PdfFile): SignedState | undefined {
  if (coverage?.revision === undefined) {
    return undefined;
  }
  const field = fieldDict(file, found);
  return { revision: coverage.revision, dict: found.dict, field };
}
