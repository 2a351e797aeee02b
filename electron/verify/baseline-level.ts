import { type PdfDict } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import type { Certificate } from "../pki/certificate.ts";
import { attributesNamed, type SignedData, type SignerInfo } from "../pki/cms-signed-data.ts";
import { OID } from "../pki/oids.ts";
import { validatePath } from "../pki/path.ts";
import type { VerifiedTimestamp } from "../pki/timestamp.ts";
import type { PadesLevel } from "../../shared/verification.ts";
import { type Finding, note } from "./finding.ts";
import { isoDateOf, nameOf, textOf } from "./pdf-text.ts";
import { revocationOf } from "./revocation.ts";
import type { ValidationData } from "./validation-data.ts";

export interface LevelRequest {
  readonly file: PdfFile;
  readonly dict: PdfDict;
  readonly cms: { readonly signedData: SignedData; readonly signer: SignerInfo } | undefined;
  readonly certificate: Certificate | undefined;
  /** Sound timestamps over this signature's value. */
  readonly signatureTimestamps: readonly VerifiedTimestamp[];
  /** Sound document timestamps that follow, oldest first, each with the store of the state that it covers. */
  readonly documentTimestamps: readonly { readonly timestamp: VerifiedTimestamp; readonly store: ValidationData }[];
  /** Data of the document security store of the newest state. */
  readonly store: ValidationData;
  /** Everything that may help to build chains. */
  readonly all: ValidationData;
}

/** The PAdES baseline level by form (EN 319 142-1 clause 6), whatever the trust; null below B-B. */
export function baselineLevel(request: LevelRequest): {
  readonly level: PadesLevel | null;
  readonly findings: readonly Finding[];
} {
  const missed = missedRules(request);
  if (missed.length > 0) {
    return {
      level: null,
      findings: missed.map((rule) => note("level.not-baseline", `Not a PAdES baseline signature: ${rule}.`)),
    };
  }
  return { level: reachedLevel(request), findings: [] };
}

/** EN 319 142-1 table 1: each level needs the one below, and all of what it adds. */
function reachedLevel(request: LevelRequest): PadesLevel {
  const { signatureTimestamps, documentTimestamps, store } = request;
  const stamps = documentTimestamps.map(({ timestamp }) => timestamp);
  // The proof of time that makes it B-T: its own timestamps, or the first document timestamp.
  const proofs = signatureTimestamps.length > 0 ? signatureTimestamps : stamps.slice(0, 1);
  if (proofs.length === 0) {
    return "B-B";
  }
  // An archive timestamp covers a store with all about what came before it, earlier document timestamps among it.
  const archived = documentTimestamps.some((archive, index) => {
    const before = signatureTimestamps.length > 0 ? [...proofs, ...stamps.slice(0, index)] : stamps.slice(0, index);
    return before.length > 0 && isComplete(request, before, archive.store);
  });
  if (archived) {
    return "B-LTA";
  }
  return isComplete(request, proofs, store) ? "B-LT" : "B-T";
}

/** The store holds what a later check of the signer and of these timestamps needs. */
function isComplete(
  { certificate, all }: LevelRequest,
  timestamps: readonly VerifiedTimestamp[],
  store: ValidationData,
): boolean {
  const proven = Math.min(...timestamps.map(({ time }) => time.getTime()));
  return (
    certificate !== undefined &&
    store.certificates.length > 0 &&
    isCovered(certificate, new Date(proven), store, all) &&
    timestamps.every(({ authority, time }) => isCovered(authority, time, store, all))
  );
}

/** Checklist of clause 6.3; each text completes "Not a PAdES baseline signature: …". */
function missedRules({ file, dict, cms }: LevelRequest): readonly string[] {
  const subFilter = nameOf(file.get(dict, "SubFilter"));
  if (subFilter !== "ETSI.CAdES.detached") {
    return [`its format is ${subFilter ?? "not named"}, not ETSI.CAdES.detached`];
  }
  if (cms === undefined) {
    return ["its CMS cannot be read"];
  }
  const signed = cms.signer.signedAttributes ?? [];
  const has = (oid: string): boolean => attributesNamed(signed, oid).length > 0;
  const rules: readonly (readonly [boolean, string])[] = [
    [isoDateOf(textOf(file.get(dict, "M"))) === undefined, "/M does not hold a signing time"],
    [dict.entries.has("Cert"), "/Cert must not be there"],
    [has(OID.signingTime), "the signed attribute signing-time must not be there"],
    [
      !has(OID.signingCertificate) && !has(OID.signingCertificateV2),
      "no signed attribute names the signing certificate",
    ],
    [cms.signedData.certificates.length === 0, "no certificate is in the CMS"],
    [
      dict.entries.has("Reason") && has(OID.commitmentTypeIndication),
      "/Reason and commitment-type-indication exclude each other",
    ],
    [
      dict.entries.has("Reason") && has(OID.signaturePolicyIdentifier),
      "/Reason and a signature policy exclude each other",
    ],
  ];
  return rules.filter(([missed]) => missed).map(([, text]) => text);
}

/** The store holds what a later check of this certificate's chain needs (EN 319 142-1 table 1, B-LT). */
function isCovered(certificate: Certificate, at: Date, store: ValidationData, all: ValidationData): boolean {
  const chain = structuralChain(certificate, all.certificates);
  return chain.every((member, index) => {
    const issuer = chain[index + 1];
    if (issuer === undefined) {
      // The end of the chain: a root needs nothing; an unfinished chain cannot be checked later.
      return isSelfIssued(member) || chain.length > 1;
    }
    return (
      member.withoutRevocation ||
      revocationOf(member, issuer, { ...store, certificates: all.certificates }, at).kind !== "unknown"
    );
  });
}

const isSelfIssued = ({ subject, issuer }: Certificate): boolean => Buffer.compare(subject.raw, issuer.raw) === 0;

/** The chain as far as the certificates at hand go, without asking for trust or time. */
function structuralChain(certificate: Certificate, candidates: readonly Certificate[]): readonly Certificate[] {
  const roots = candidates.filter(isSelfIssued);
  const path = validatePath({
    target: certificate,
    candidates,
    anchors: roots,
    at: certificate.notBefore,
    purpose: "any",
  });
  return path.ok || path.chain.length > 1 ? path.chain : issuerOnly(certificate, candidates);
}

function issuerOnly(certificate: Certificate, candidates: readonly Certificate[]): readonly Certificate[] {
  for (const candidate of candidates) {
    const path = validatePath({
      target: certificate,
      candidates: [],
      anchors: [candidate],
      at: certificate.notBefore,
      purpose: "any",
    });
    if (path.ok && path.chain.length > 1) {
      return path.chain;
    }
  }
  return [certificate];
}
