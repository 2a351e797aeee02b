import type { Certification } from "../../shared/certification.ts";
import type { Failure } from "../../shared/failure.ts";
import { isArray, isDict, isName, isString } from "../pdf/objects.ts";
import type { PdfDict, PdfObject } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { decodeTextString } from "../pdf/text-string.ts";
import type { SigningDigest } from "../pki/signing-schemes.ts";
import { certificateConflict } from "./certificate-constraints.ts";
import type { Conflict } from "./certificate-constraints.ts";
import { certificationLevel } from "./certification.ts";

/** Bits of /Ff in a seed value dictionary (ISO 32000-2 table 237): a set bit makes the entry a must. */
const REQUIRED = {
  Filter: 1 << 0,
  SubFilter: 1 << 1,
  V: 1 << 2,
  Reasons: 1 << 3,
  LegalAttestation: 1 << 4,
  AddRevInfo: 1 << 5,
  DigestMethod: 1 << 6,
  LockDocument: 1 << 7,
  AppearanceFilter: 1 << 8,
} as const;

/** What we are about to do in the field. */
export interface IntendedSignature {
  readonly reason: string | null;
  readonly timestamped: boolean;
  readonly certification: Certification | null;
  /** DER, the signer's first; "later" as long as nobody knows who signs: constraints are checked when somebody does. */
  readonly chain: readonly Uint8Array[] | "later";
  readonly digests: readonly SigningDigest[];
}

/** What a person who fills the field should know beforehand. */
export interface SeedWishes {
  /** Reasons to choose from; null: any reason, or none. An empty list: no reason may be given. */
  readonly reasons: readonly string[] | null;
  readonly reasonRequired: boolean;
  /** 0: an ordinary signature; 1 to 3: a certification of that level; null: either. */
  readonly certification: 0 | 1 | 2 | 3 | null;
  /** Address of the timestamp service that the author names, or null. */
  readonly timestampUrl: string | null;
}

/** SECURITY: what a document says of itself is shown to a person; it cannot fill the screen. */
const LONGEST_TEXT = 200;
const MOST_REASONS = 50;

/** ISO 32000-2 table 237, DigestMethod: the names as they stand there. */
const DIGEST_NAME: Readonly<Record<SigningDigest, string>> = {
  "SHA-256": "SHA256",
  "SHA-384": "SHA384",
  "SHA-512": "SHA512",
};

/**
 * The digest to sign this field with: the first that the signer can do and the field's seed value names. The list is a
 * recommendation when its bit in /Ff is not set, and is followed all the same where it can be.
 */
export function chooseDigest(
  file: PdfFile,
  field: PdfDict | null,
  digests: readonly SigningDigest[],
): SigningDigest | undefined {
  const seed = field === null ? null : file.get(field, "SV");
  const wanted = isDict(seed) ? digestMethods(file, seed) : [];
  return digests.find((digest) => wanted.includes(DIGEST_NAME[digest])) ?? digests[0];
}

/** Producers write "SHA256" as the standard has it, and "SHA-256" and "sha256" as well. */
const digestMethods = (file: PdfFile, seed: PdfDict): readonly string[] =>
  names(file, seed, "DigestMethod").map((name) => name.toUpperCase().replace("-", ""));

/**
 * Checks an existing field's /SV: null when the signature keeps to every required constraint. A constraint that we
 * cannot check or cannot keep is a conflict: `params.constraint` names it, `params.wanted` says what it asks for.
 */
export function checkSeedValues(file: PdfFile, field: PdfDict, intended: IntendedSignature): Failure | null {
  const seed = file.get(field, "SV");
  if (!isDict(seed)) {
    return null;
  }
  const conflict = findConflict(file, seed, intended);
  return conflict === null
    ? null
    : {
        code: "document.seed-value-conflict",
        params: { constraint: conflict.constraint, wanted: conflict.wanted.slice(0, LONGEST_TEXT) },
      };
}

/** What /SV of an empty field asks for; null when it has none. */
export function seedWishes(file: PdfFile, field: PdfDict): SeedWishes | null {
  const seed = file.get(field, "SV");
  if (!isDict(seed)) {
    return null;
  }
  const reasonRequired = (requiredBits(file, seed) & REQUIRED.Reasons) !== 0;
  const offered = texts(file, file.get(seed, "Reasons"));
  const none = isNoReason(offered);
  const timestamp = file.get(seed, "TimeStamp");
  const url = isDict(timestamp) ? file.get(timestamp, "URL") : null;
  return {
    reasons: reasonRequired && none ? [] : none ? null : offered.slice(0, MOST_REASONS),
    reasonRequired: reasonRequired && !none,
    certification: wantedLevel(file, seed),
    timestampUrl: isString(url) ? decodeTextString(url.bytes).slice(0, LONGEST_TEXT) : null,
  };
}

function requiredBits(file: PdfFile, seed: PdfDict): number {
  const flags = file.get(seed, "Ff");
  return typeof flags === "number" ? flags : 0;
}

function findConflict(file: PdfFile, seed: PdfDict, intended: IntendedSignature): Conflict | null {
  const required = requiredBits(file, seed);
  const violated: Readonly<Record<keyof typeof REQUIRED, () => boolean>> = {
    Filter: () => !isName(file.get(seed, "Filter"), "Adobe.PPKLite"),
    SubFilter: () => !names(file, seed, "SubFilter").includes("ETSI.CAdES.detached"),
    // Versions 1 to 3 of the seed value dictionary are what this function knows.
    V: () => Number(file.get(seed, "V") ?? 0) > 3,
    Reasons: () => !reasonFits(file, seed, intended.reason),
    // ISO 32000-2 12.8.7: only certification signatures attest, and ours writes no attestation.
    LegalAttestation: () => intended.certification !== null,
    // Revocation data inside the CMS is Adobe's own attribute, which PAdES excludes.
    AddRevInfo: () => file.get(seed, "AddRevInfo") === true,
    DigestMethod: () => !intended.digests.some((digest) => digestMethods(file, seed).includes(DIGEST_NAME[digest])),
    LockDocument: () => !lockFits(file, seed, intended),
    AppearanceFilter: () => true,
  };
  const bitConflict = (Object.keys(REQUIRED) as (keyof typeof REQUIRED)[]).find(
    (name) => (required & REQUIRED[name]) !== 0 && violated[name](),
  );
  return bitConflict === undefined
    ? structuralConflict(file, seed, intended)
    : { constraint: bitConflict, wanted: wantedText(file, seed, bitConflict) };
}

function wantedText(file: PdfFile, seed: PdfDict, key: keyof typeof REQUIRED): string {
  const value = file.get(seed, key);
  return typeof value === "number" || typeof value === "boolean" ? String(value) : names(file, seed, key).join(", ");
}

/** Entries that carry their own rule instead of a bit in /Ff. */
function structuralConflict(file: PdfFile, seed: PdfDict, intended: IntendedSignature): Conflict | null {
  const level = wantedLevel(file, seed);
  const ours = intended.certification === null ? 0 : certificationLevel(intended.certification);
  if (level !== null && level !== ours) {
    return { constraint: `MDP.${level}`, wanted: String(level) };
  }
  const timestamp = file.get(seed, "TimeStamp");
  if (isDict(timestamp) && file.get(timestamp, "Ff") === 1 && !intended.timestamped) {
    return { constraint: "TimeStamp", wanted: "" };
  }
  const certificate = file.get(seed, "Cert");
  return isDict(certificate) ? certificateConflict(file, certificate, intended.chain) : null;
}

/** ISO 32000-2 table 237, MDP: 0 is an ordinary signature, 1 to 3 certify; without /P there is no rule. */
function wantedLevel(file: PdfFile, seed: PdfDict): SeedWishes["certification"] {
  const mdp = file.get(seed, "MDP");
  const level = isDict(mdp) ? file.get(mdp, "P") : null;
  return level === 0 || level === 1 || level === 2 || level === 3 ? level : null;
}

/** ISO 32000-2 table 237, LockDocument: `true` and `false` are musts, `auto` leaves it to the signer. Written as names or booleans. */
function lockFits(file: PdfFile, seed: PdfDict, intended: IntendedSignature): boolean {
  const value = file.get(seed, "LockDocument");
  const closes = intended.certification === "no-changes";
  if (value === true || isName(value, "true")) {
    return closes;
  }
  return value === false || isName(value, "false") ? !closes : true;
}

/** ISO 32000-2 table 237, Reasons: with the bit set, one of the list; a missing list or a single "." means: no reason. */
function reasonFits(file: PdfFile, seed: PdfDict, reason: string | null): boolean {
  const allowed = texts(file, file.get(seed, "Reasons"));
  return isNoReason(allowed) ? reason === null : reason !== null && allowed.includes(reason);
}

const isNoReason = (allowed: readonly string[]): boolean =>
  allowed.length === 0 || (allowed.length === 1 && allowed[0] === ".");

function names(file: PdfFile, dictionary: PdfDict, key: string): readonly string[] {
  const value = file.get(dictionary, key);
  const list = isArray(value) ? value : [value];
  return list.flatMap((entry) => {
    const item = file.resolve(entry);
    // Producers write digest methods as names and as strings.
    return isName(item) ? [item.name] : isString(item) ? [decodeTextString(item.bytes)] : [];
  });
}

const texts = (file: PdfFile, value: PdfObject): readonly string[] =>
  isArray(value)
    ? value
        .map((entry) => file.resolve(entry))
        .filter(isString)
        .map((text) => decodeTextString(text.bytes))
    : [];
