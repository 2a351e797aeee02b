import { isDict, isName, isString, type PdfDict, type PdfObject } from "../objects.ts";

/** How bytes are encrypted; "identity": not at all (ISO 32000-2 table 25). */
export type CryptMethod = "identity" | "rc4" | "aes-128" | "aes-256";

/** The /Encrypt dictionary of the standard security handler (ISO 32000-2 tables 20 and 21), checked. */
export interface StandardEncryption {
  readonly revision: 2 | 3 | 4 | 5 | 6;
  /** Length of the file encryption key in bytes. */
  readonly keyLength: number;
  /** 32 bytes; 48 from revision 5 on. */
  readonly owner: Uint8Array;
  readonly user: Uint8Array;
  /** 32 bytes each, 16 for `perms`; empty before revision 5. */
  readonly ownerEncrypted: Uint8Array;
  readonly userEncrypted: Uint8Array;
  readonly perms: Uint8Array;
  /** /P as a signed 32-bit number. */
  readonly flags: number;
  readonly encryptMetadata: boolean;
  readonly strings: CryptMethod;
  readonly streams: CryptMethod;
  readonly embeddedFiles: CryptMethod;
  /** Crypt filters that a stream can name in its own /DecodeParms. */
  readonly named: ReadonlyMap<string, CryptMethod>;
}

export type ReadEncryption =
  | { readonly kind: "standard"; readonly parameters: StandardEncryption }
  | { readonly kind: "public-key" }
  | { readonly kind: "unknown" };

/** Never throws for a dictionary of any shape; `resolve` may throw PdfProblem. "unknown": nothing this program can open. */
export function readEncryptionDictionary(
  encrypt: PdfObject,
  resolve: (object: PdfObject | undefined) => PdfObject,
): ReadEncryption {
  if (!isDict(encrypt)) {
    return { kind: "unknown" };
  }
  const filter = resolve(encrypt.entries.get("Filter"));
  if (!isName(filter, "Standard")) {
    return { kind: isPublicKey(filter, resolve(encrypt.entries.get("SubFilter"))) ? "public-key" : "unknown" };
  }
  const parameters = readStandard(encrypt, resolve);
  return parameters === undefined ? { kind: "unknown" } : { kind: "standard", parameters };
}

/** ISO 32000-2 7.6.5: the handlers differ, the format of what they write is named by /SubFilter. */
const isPublicKey = (filter: PdfObject, subFilter: PdfObject): boolean =>
  isName(filter, "Adobe.PubSec") ||
  isName(filter, "Adobe.PPKLite") ||
  ["adbe.pkcs7.s3", "adbe.pkcs7.s4", "adbe.pkcs7.s5"].some((format) => isName(subFilter, format));

function readStandard(
  encrypt: PdfDict,
  resolve: (object: PdfObject | undefined) => PdfObject,
): StandardEncryption | undefined {
  const get = (key: string): PdfObject => resolve(encrypt.entries.get(key));
  const version = get("V");
  const revision = revisionFor(version, get("R"));
  const keyLength = keyLengthFor(version, get("Length"));
  const flags = get("P");
  if (revision === undefined || keyLength === undefined || typeof flags !== "number") {
    return undefined;
  }
  const bytes = (key: string, length: number): Uint8Array | undefined => {
    const value = get(key);
    return isString(value) && value.bytes.length >= length ? value.bytes.subarray(0, length) : undefined;
  };
  const modern = revision >= 5;
  const owner = bytes("O", modern ? 48 : 32);
  const user = bytes("U", modern ? 48 : 32);
  const ownerEncrypted = bytes("OE", modern ? 32 : 0) ?? (modern ? undefined : EMPTY);
  const userEncrypted = bytes("UE", modern ? 32 : 0) ?? (modern ? undefined : EMPTY);
  const perms = bytes("Perms", 16) ?? EMPTY;
  const methods = revision >= 4 ? filterMethods(encrypt, resolve, keyLength) : RC4_ONLY;
  if (
    owner === undefined ||
    user === undefined ||
    ownerEncrypted === undefined ||
    userEncrypted === undefined ||
    methods === undefined
  ) {
    return undefined;
  }
  return {
    revision,
    keyLength,
    owner,
    user,
    ownerEncrypted,
    userEncrypted,
    perms,
    // Some writers give the same bits as an unsigned number.
    flags: flags | 0,
    encryptMetadata: get("EncryptMetadata") !== false,
    ...methods,
  };
}

const EMPTY = new Uint8Array(0);

/** ISO 32000-2 table 20 says which revisions go with which version of the algorithm; version 3 was never published. */
function revisionFor(version: PdfObject, revision: PdfObject): StandardEncryption["revision"] | undefined {
  if (version === 1 || version === 2) {
    return revision === 2 || revision === 3 ? revision : undefined;
  }
  if (version === 4) {
    return revision === 4 ? revision : undefined;
  }
  return version === 5 && (revision === 5 || revision === 6) ? revision : undefined;
}

/** In bytes. Fixed for versions 1, 4 and 5 (ISO 32000-2 table 20); for 2 /Length is 40 to 128 bits. */
function keyLengthFor(version: PdfObject, length: PdfObject): number | undefined {
  if (version !== 2) {
    return version === 1 ? 5 : version === 4 ? 16 : 32;
  }
  const declared = typeof length === "number" ? length : 40;
  // Some writers give bytes.
  const bits = declared < 40 ? declared * 8 : declared;
  return bits % 8 === 0 && bits >= 40 && bits <= 128 ? bits / 8 : undefined;
}

type Methods = Pick<StandardEncryption, "strings" | "streams" | "embeddedFiles" | "named">;

const RC4_ONLY: Methods = { strings: "rc4", streams: "rc4", embeddedFiles: "rc4", named: new Map() };

/** ISO 32000-2 7.6.6: /StmF, /StrF and /EFF name filters in /CF; the default is Identity. */
function filterMethods(
  encrypt: PdfDict,
  resolve: (object: PdfObject | undefined) => PdfObject,
  keyLength: number,
): Methods | undefined {
  const filters = resolve(encrypt.entries.get("CF"));
  const named = new Map<string, CryptMethod>();
  if (isDict(filters)) {
    for (const [name, value] of filters.entries) {
      const filter = resolve(value);
      const method = isDict(filter) ? METHODS.get(textOf(resolve(filter.entries.get("CFM")))) : undefined;
      // AES-256 uses the key of the file as it is (algorithm 1.A), so it must be as long.
      if (method !== undefined && (method !== "aes-256" || keyLength === 32)) {
        named.set(name, method);
      }
    }
  }
  // The standard name cannot be defined anew.
  named.set("Identity", "identity");
  const chosen = (key: string, fallback: string): CryptMethod | undefined =>
    named.get(textOf(resolve(encrypt.entries.get(key))) || fallback);
  const streams = chosen("StmF", "Identity");
  const strings = chosen("StrF", "Identity");
  const embeddedFiles = chosen("EFF", textOf(resolve(encrypt.entries.get("StmF"))) || "Identity");
  return streams === undefined || strings === undefined || embeddedFiles === undefined
    ? undefined
    : { strings, streams, embeddedFiles, named };
}

const METHODS: ReadonlyMap<string, CryptMethod> = new Map([
  ["V2", "rc4"],
  ["AESV2", "aes-128"],
  ["AESV3", "aes-256"],
]);

const textOf = (object: PdfObject): string => (isName(object) ? object.name : "");
