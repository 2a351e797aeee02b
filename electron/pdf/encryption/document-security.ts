import { isArray, isRef, isString, type PdfDict, type PdfObject, type PdfRef } from "../objects.ts";
import { PdfProblem } from "../pdf-problem.ts";
import { type CryptMethod, readEncryptionDictionary, type StandardEncryption } from "./encryption-dictionary.ts";
import { mapStrings, ObjectCipher } from "./object-cipher.ts";
import { ALL_PERMITTED, type PdfPermissions, readPermissions } from "./permissions.ts";
import { provenFlags, unlock, type Unlocked } from "./unlock.ts";

/** What an encrypted file says of its encryption, and whether a password opened it. */
export interface PdfEncryption {
  /** "public-key": for holders of certificates; "unknown": another handler, or a dictionary that makes no sense. */
  readonly handler: "standard" | "public-key" | "unknown";
  /** Of the streams; "none" when only strings or embedded files are encrypted. */
  readonly algorithm: "RC4" | "AES-128" | "AES-256" | "none" | "unknown";
  /** Null: locked. Then a password can help only when the handler is "standard". */
  readonly authenticated: "user" | "owner" | null;
  /** What is allowed to whoever opened it so: everything to the owner, nothing while it is locked. */
  readonly permissions: PdfPermissions;
}

/** Encrypts and decrypts the objects of one file. While the file is locked everything throws `PdfProblem`. */
export interface DocumentSecurity {
  readonly encryption: PdfEncryption;
  decryptObject(object: PdfObject, owner: PdfRef): PdfObject;
  /** `owner`: the object that the stream is; undefined for one that was not read through the file. */
  decryptStream(dict: PdfDict, raw: Uint8Array, owner: PdfRef | undefined): Uint8Array;
  encryptObject(object: PdfObject, owner: PdfRef): PdfObject;
}

export interface SecurityContext {
  /** Follows references without decrypting anything. */
  readonly plain: (object: PdfObject | undefined) => PdfObject;
  /** Follows references in the opened file. */
  readonly resolve: (object: PdfObject | undefined) => PdfObject;
  readonly password: string | undefined;
  /** Keys found before: every revision of a file is opened anew, and finding a key takes its time by design. */
  readonly known: Map<string, Unlocked | null>;
}

/** Reads /Encrypt and tries the empty user password, then the given one. Throws PdfProblem for unreadable objects only. */
export function openSecurity(trailer: PdfDict, { plain, resolve, password, known }: SecurityContext): DocumentSecurity {
  const entry = trailer.entries.get("Encrypt");
  const place = isRef(entry) ? entry : undefined;
  const read = readEncryptionDictionary(plain(entry), plain);
  if (read.kind !== "standard") {
    return locked(place, read.kind, "unknown");
  }
  const { parameters } = read;
  const algorithm = ALGORITHMS[parameters.streams];
  const unlocked = unlockOnce(parameters, fileIdentifier(trailer), password, known);
  if (unlocked === null) {
    return locked(place, "standard", algorithm);
  }
  const flags = provenFlags(parameters, unlocked.fileKey);
  const permissions = unlocked.as === "owner" ? ALL_PERMITTED : readPermissions(flags, parameters.revision);
  const encryption: PdfEncryption = { handler: "standard", algorithm, authenticated: unlocked.as, permissions };
  const cipher = new ObjectCipher(parameters, unlocked.fileKey, resolve);
  return unlockedSecurity(place, encryption, cipher);
}

const ALGORITHMS: Readonly<Record<CryptMethod, PdfEncryption["algorithm"]>> = {
  identity: "none",
  rc4: "RC4",
  "aes-128": "AES-128",
  "aes-256": "AES-256",
};

function unlockOnce(
  parameters: StandardEncryption,
  fileId: Uint8Array,
  password: string | undefined,
  known: SecurityContext["known"],
): Unlocked | null {
  const key = identity(parameters, fileId);
  const found = known.get(key);
  if (found !== undefined) {
    return found;
  }
  const unlocked = firstThatOpens(parameters, fileId, password) ?? null;
  known.set(key, unlocked);
  return unlocked;
}

/** Everything that the key of the file depends on. */
function identity(parameters: StandardEncryption, fileId: Uint8Array): string {
  const { owner, user, ownerEncrypted, userEncrypted, revision, keyLength, flags, encryptMetadata } = parameters;
  const strings = [owner, user, ownerEncrypted, userEncrypted, fileId];
  return [
    revision,
    keyLength,
    flags,
    encryptMetadata,
    ...strings.map((bytes) => Buffer.from(bytes).toString("hex")),
  ].join();
}

/**
 * The given password first when it may be the owner's, for that grants more; a wrong one does not lock a file that opens
 * without any.
 */
function firstThatOpens(
  parameters: StandardEncryption,
  fileId: Uint8Array,
  password: string | undefined,
): Unlocked | undefined {
  const given = password === undefined || password === "" ? undefined : unlock(parameters, fileId, password);
  return given ?? unlock(parameters, fileId, "");
}

/** ISO 32000-2 7.6.2: /ID is direct in an encrypted file and its strings are not encrypted. Empty when there is none. */
export function fileIdentifier(trailer: PdfDict): Uint8Array {
  const id = trailer.entries.get("ID");
  const first = isArray(id) ? id[0] : undefined;
  return isString(first) ? first.bytes : new Uint8Array(0);
}

/** The encryption dictionary itself is never encrypted. */
function unlockedSecurity(
  plain: PdfRef | undefined,
  encryption: PdfEncryption,
  cipher: ObjectCipher,
): DocumentSecurity {
  return {
    encryption,
    decryptObject: (object, owner) => (owner.num === plain?.num ? object : cipher.decryptObject(object, owner)),
    decryptStream: (dict, raw, owner) => {
      if (owner === undefined) {
        throw new PdfProblem("encrypted", "The stream was not read as an object of its file.");
      }
      return cipher.decryptStream(dict, raw, owner);
    },
    encryptObject: (object, owner) => (owner.num === plain?.num ? object : cipher.encryptObject(object, owner)),
  };
}

const NOTHING_PERMITTED: PdfPermissions = {
  print: false,
  modify: false,
  copy: false,
  annotate: false,
  fillForms: false,
  createFields: false,
  assemble: false,
};

function locked(
  plain: PdfRef | undefined,
  handler: PdfEncryption["handler"],
  algorithm: PdfEncryption["algorithm"],
): DocumentSecurity {
  const refuse = (): never => {
    throw handler === "standard"
      ? new PdfProblem("encrypted", "The file needs a password.")
      : new PdfProblem("encryption-unsupported", "The file is encrypted in a way that is not supported.");
  };
  return {
    encryption: { handler, algorithm, authenticated: null, permissions: NOTHING_PERMITTED },
    // Objects without strings are not encrypted: the structure can be looked at.
    decryptObject: (object, { num }) =>
      num === plain?.num ? object : mapStrings(object, (string) => (string.bytes.length === 0 ? string : refuse())),
    decryptStream: refuse,
    encryptObject: refuse,
  };
}
