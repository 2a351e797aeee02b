import { createHmac } from "node:crypto";
import {
  isArray,
  isDict,
  isName,
  isStream,
  isString,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  type PdfStream,
  type PdfString,
} from "../objects.ts";
import { AES_BLOCK, aesCbcDecrypt, aesCbcEncrypt } from "./aes-cbc.ts";
import type { CryptMethod, StandardEncryption } from "./encryption-dictionary.ts";
import { md5 } from "./md5.ts";
import { rc4 } from "./rc4.ts";

/** "sAlT" */
const SALT = Uint8Array.of(0x73, 0x41, 0x6c, 0x54);
const EMPTY = new Uint8Array(0);

type Resolve = (object: PdfObject | undefined) => PdfObject;
type Transform = (bytes: Uint8Array) => Uint8Array;

/** Encrypts and decrypts the strings and streams of one file, object by object (ISO 32000-2 7.6.3). */
export class ObjectCipher {
  private readonly parameters: StandardEncryption;
  private readonly fileKey: Uint8Array;
  private readonly resolve: Resolve;

  constructor(parameters: StandardEncryption, fileKey: Uint8Array, resolve: Resolve) {
    this.parameters = parameters;
    this.fileKey = fileKey;
    this.resolve = resolve;
  }

  /** An indirect object as the file has it, with its strings decrypted. Its stream learns whose key it is under. */
  decryptObject(object: PdfObject, owner: PdfRef): PdfObject {
    if (isStream(object) && this.isXref(object.dict)) {
      return withOwner(object, owner);
    }
    const { strings } = this.parameters;
    const decrypted =
      strings === "identity" ? object : mapStrings(object, (string) => this.decryptString(string, owner, strings));
    return isStream(decrypted) ? withOwner(decrypted, owner) : decrypted;
  }

  /** The stream's bytes without encryption, still encoded by its other filters. */
  decryptStream(dict: PdfDict, raw: Uint8Array, owner: PdfRef): Uint8Array {
    return this.decrypting(this.streamMethod(dict), owner)(raw);
  }

  /** An object as it must be written under this number: strings encrypted, and a stream's own bytes. */
  encryptObject(object: PdfObject, owner: PdfRef): PdfObject {
    if (isStream(object) && this.isXref(object.dict)) {
      return object;
    }
    const { strings } = this.parameters;
    const encrypt = this.encrypting(strings, owner);
    const encrypted =
      strings === "identity"
        ? object
        : // Hexadecimal: ciphertext as a literal is legal, and trouble for people and for simple tools.
          mapStrings(object, (string) => ({ ...string, bytes: encrypt(string.bytes), form: "hex" }));
    return isStream(encrypted) && encrypted.data.kind === "bytes"
      ? this.encryptOwnBytes(encrypted, encrypted.data.bytes, owner)
      : encrypted;
  }

  private encryptOwnBytes(stream: PdfStream, plain: Uint8Array, owner: PdfRef): PdfStream {
    const bytes = this.encrypting(this.streamMethod(stream.dict), owner)(plain);
    const entries = new Map([...stream.dict.entries, ["Length", bytes.length] as const]);
    return { ...stream, dict: { ...stream.dict, entries }, data: { kind: "bytes", bytes } };
  }

  /** A string that no AES can have made stays as it is: some programs add plain ones, and readers show them. */
  private decryptString(string: PdfString, owner: PdfRef, method: CryptMethod): PdfString {
    const { bytes } = string;
    if (method !== "rc4" && (bytes.length < 2 * AES_BLOCK || bytes.length % AES_BLOCK !== 0)) {
      return string;
    }
    return { ...string, bytes: this.decrypting(method, owner)(bytes) };
  }

  /** ISO 32000-2 7.6.2, 7.6.6 and table 14: its own crypt filter, that of its kind, or the one for all streams. */
  private streamMethod(dict: PdfDict): CryptMethod {
    const { parameters, resolve } = this;
    const type = resolve(dict.entries.get("Type"));
    if (isName(type, "XRef")) {
      return "identity";
    }
    if (parameters.revision < 4) {
      return parameters.streams;
    }
    const filter = resolve(dict.entries.get("Filter"));
    if (isName(isArray(filter) ? resolve(filter[0]) : filter, "Crypt")) {
      const decode = resolve(dict.entries.get("DecodeParms"));
      const own = isArray(decode) ? resolve(decode[0]) : decode;
      const chosen = isDict(own) ? resolve(own.entries.get("Name")) : null;
      return (isName(chosen) ? parameters.named.get(chosen.name) : undefined) ?? "identity";
    }
    if (isName(type, "Metadata") && !parameters.encryptMetadata) {
      return "identity";
    }
    return isName(type, "EmbeddedFile") ? parameters.embeddedFiles : parameters.streams;
  }

  private decrypting(method: CryptMethod, owner: PdfRef): Transform {
    switch (method) {
      case "identity":
        return (bytes) => bytes;
      case "rc4":
        return (bytes) => rc4(this.objectKey(owner, false), bytes);
      case "aes-128":
        return (bytes) => aesCbcDecrypt(this.objectKey(owner, true), bytes);
      case "aes-256":
        // Algorithm 1.A: every object is under the key of the file.
        return (bytes) => aesCbcDecrypt(this.fileKey, bytes);
    }
  }

  private encrypting(method: CryptMethod, owner: PdfRef): Transform {
    switch (method) {
      case "identity":
        return (bytes) => bytes;
      case "rc4":
        return (bytes) => rc4(this.objectKey(owner, false), bytes);
      case "aes-128":
        return (bytes) => aesCbcEncrypt(this.objectKey(owner, true), this.initialisationVector(owner, bytes), bytes);
      case "aes-256":
        return (bytes) => aesCbcEncrypt(this.fileKey, this.initialisationVector(owner, bytes), bytes);
    }
  }

  /**
   * ISO 32000-2 7.6.3.1 wants it random. SECURITY: a pseudo-random function of what is encrypted, under the key, is as good
   * (the synthetic vector of RFC 5297 section 1.1): nobody without the key can foresee it, and it repeats only where the
   * same text is written again at the same place. And the same update of the same file is the same bytes, which lets a
   * signature that was approved be put into a document that had to be prepared again.
   */
  private initialisationVector({ num, gen }: PdfRef, plain: Uint8Array): Uint8Array {
    const mac = createHmac("sha256", this.fileKey).update(`IV ${num} ${gen} `).update(plain);
    return mac.digest().subarray(0, AES_BLOCK);
  }

  /** ISO 32000-2 7.6.3.1, algorithm 1. */
  private objectKey({ num, gen }: PdfRef, aes: boolean): Uint8Array {
    const place = Uint8Array.of(num & 255, (num >> 8) & 255, (num >> 16) & 255, gen & 255, (gen >> 8) & 255);
    const hash = md5(this.fileKey, place, aes ? SALT : EMPTY);
    return hash.subarray(0, Math.min(this.fileKey.length + 5, 16));
  }

  private isXref(dict: PdfDict): boolean {
    return isName(this.resolve(dict.entries.get("Type")), "XRef");
  }
}

function withOwner(stream: PdfStream, owner: PdfRef): PdfStream {
  return stream.data.kind === "file" ? { ...stream, data: { ...stream.data, owner } } : stream;
}

/**
 * A copy with every string changed, but for the one that must stay readable without a key: the hexadecimal /Contents of
 * a signature dictionary (ISO 32000-2 7.6.2). Such a dictionary is one that has a /ByteRange, for /Type is optional.
 */
export function mapStrings(object: PdfObject, change: (string: PdfString) => PdfString): PdfObject {
  if (isString(object)) {
    return change(object);
  }
  if (isArray(object)) {
    return object.map((item) => mapStrings(item, change));
  }
  if (isDict(object)) {
    return mapDict(object, change);
  }
  return isStream(object) ? { ...object, dict: mapDict(object.dict, change) } : object;
}

function mapDict(dict: PdfDict, change: (string: PdfString) => PdfString): PdfDict {
  const signature = dict.entries.has("ByteRange");
  const entries = new Map<string, PdfObject>();
  for (const [key, value] of dict.entries) {
    const exempt = signature && key === "Contents" && isString(value) && value.form === "hex";
    entries.set(key, exempt ? value : mapStrings(value, change));
  }
  return { ...dict, entries };
}
