import type { PdfFile } from "../pdf/pdf-file.ts";
import type { VerifiedTimestamp } from "../pki/timestamp.ts";
import { baselineLevel } from "./baseline-level.ts";
import type { SignatureValue } from "./signature-value.ts";
import { documentStore, joinValidationData, NO_VALIDATION_DATA, type ValidationData } from "./validation-data.ts";
import type { LocatedSignature } from "./locate-signature.ts";
import type { Proof, SignatureContext } from "./verify-signature.ts";

/** SECURITY: every state's store is read for every signature; no honest document is renewed this often. */
const MAXIMUM_STATES = 16;

const STORES = new WeakMap<PdfFile, Map<number, ValidationData>>();

/** The store as it was at a revision, read once a file. */
function storedAt(file: PdfFile, revision: number): ValidationData {
  const known = STORES.get(file) ?? new Map<number, ValidationData>();
  STORES.set(file, known);
  const store = known.get(revision) ?? documentStore(file.atRevision(revision));
  known.set(revision, store);
  return store;
}

/** The level by form, with all stores and timestamps that follow the signature (EN 319 142-1 clause 6). */
export function signatureLevel(
  { found, coverage }: LocatedSignature,
  { certificate, cms }: SignatureValue,
  sound: readonly VerifiedTimestamp[],
  proof: Proof,
  all: ValidationData,
  { file, store }: SignatureContext,
): ReturnType<typeof baselineLevel> {
  const revision = coverage?.revision ?? 0;
  const later = proof.later.filter((stamp) => stamp.revision > revision);
  const ordered = later.toSorted((a, b) => a.revision - b.revision);
  const looked =
    ordered.length > MAXIMUM_STATES ? [...ordered.slice(0, 1), ...ordered.slice(1 - MAXIMUM_STATES)] : ordered;
  const documentTimestamps = looked.map(({ revision: at, timestamp }) => ({ timestamp, store: storedAt(file, at) }));
  const stampCertificates = [...sound, ...later.map(({ timestamp }) => timestamp)].flatMap(
    ({ token }) => token.signedData.certificates,
  );
  const everything = joinValidationData(all, { ...NO_VALIDATION_DATA, certificates: stampCertificates });
  return baselineLevel({
    file,
    dict: found.dict,
    cms,
    certificate,
    signatureTimestamps: sound,
    documentTimestamps,
    store,
    all: everything,
  });
}
