import type { Failure } from "../../shared/failure.ts";
import { isArray, isDict, isName, isString } from "../pdf/objects.ts";
import type { PdfDict, PdfObject } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { decodeTextString } from "../pdf/text-string.ts";
import type { SigningDigest } from "../pki/signing-schemes.ts";

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
  readonly digests: readonly SigningDigest[];
}

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
 * cannot check or cannot keep is a conflict, named in `params.constraint`.
 */
export function checkSeedValues(file: PdfFile, field: PdfDict, intended: IntendedSignature): Failure | null {
  const seed = file.get(field, "SV");
  if (!isDict(seed)) {
    return null;
  }
  const constraint = findConflict(file, seed, intended);
  return constraint === null ? null : { code: "document.seed-value-conflict", params: { constraint } };
}

function findConflict(file: PdfFile, seed: PdfDict, intended: IntendedSignature): string | null {
  const flags = file.get(seed, "Ff");
  const required = typeof flags === "number" ? flags : 0;
  const violated: Readonly<Record<keyof typeof REQUIRED, () => boolean>> = {
    Filter: () => !isName(file.get(seed, "Filter"), "Adobe.PPKLite"),
    SubFilter: () => !names(file, seed, "SubFilter").includes("ETSI.CAdES.detached"),
    // Versions 1 to 3 of the seed value dictionary are what this function knows.
    V: () => Number(file.get(seed, "V") ?? 0) > 3,
    Reasons: () => !reasonFits(file, seed, intended.reason),
    // Only certification signatures attest; ours never certifies, so there is nothing to break.
    LegalAttestation: () => false,
    // Revocation data inside the CMS is Adobe's own attribute, which PAdES excludes.
    AddRevInfo: () => file.get(seed, "AddRevInfo") === true,
    DigestMethod: () => !intended.digests.some((digest) => digestMethods(file, seed).includes(DIGEST_NAME[digest])),
    LockDocument: () => isName(file.get(seed, "LockDocument"), "true") || file.get(seed, "LockDocument") === true,
    AppearanceFilter: () => true,
  };
  const bitConflict = (Object.keys(REQUIRED) as (keyof typeof REQUIRED)[]).find(
    (name) => (required & REQUIRED[name]) !== 0 && violated[name](),
  );
  return bitConflict ?? structuralConflict(file, seed, intended);
}

/** Entries that carry their own rule instead of a bit in /Ff. */
function structuralConflict(file: PdfFile, seed: PdfDict, intended: IntendedSignature): string | null {
  const mdp = file.get(seed, "MDP");
  const level = isDict(mdp) ? file.get(mdp, "P") : 0;
  if (level !== 0 && level !== null) {
    return "MDP"; // Asks for a certification signature.
  }
  const timestamp = file.get(seed, "TimeStamp");
  if (isDict(timestamp) && file.get(timestamp, "Ff") === 1 && !intended.timestamped) {
    return "TimeStamp";
  }
  const certificate = file.get(seed, "Cert");
  const certificateFlags = isDict(certificate) ? file.get(certificate, "Ff") : 0;
  // The certificate is often unknown when the field is chosen, so its constraints cannot be promised.
  return typeof certificateFlags === "number" && certificateFlags !== 0 ? "Cert" : null;
}

/** ISO 32000-2 table 237, Reasons: with the bit set, one of the list; a missing list or a single "." means: no reason. */
function reasonFits(file: PdfFile, seed: PdfDict, reason: string | null): boolean {
  const allowed = texts(file, file.get(seed, "Reasons"));
  if (allowed.length === 0 || (allowed.length === 1 && allowed[0] === ".")) {
    return reason === null;
  }
  return reason !== null && allowed.includes(reason);
}

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
