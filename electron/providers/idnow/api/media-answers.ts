import type { HttpAnswer } from "../../../net/http-client.ts";
import { asObject, field, listField, readObject, textField } from "../../loose-json.ts";
import type { JsonRecord } from "../../loose-json.ts";
import { isBase64 } from "./field-types.ts";

export interface NamedFile {
  /** As IDnow calls it; null when it does not. */
  readonly name: string | null;
  readonly bytes: Uint8Array;
}

export interface ReturnedHash {
  readonly name: string;
  /** Base64, as it came. */
  readonly value: string;
}

/** Null: the answer is damaged (not JSON, no list, or Base64 that is cut off). */
export function readSignedPdfs(answer: HttpAnswer): readonly Uint8Array[] | null {
  const entries = objectsOf(answer, "PDFs");
  const bytes = entries?.map((entry) => decoded(textField(entry, "Base64Data"))) ?? null;
  return whole(bytes)?.every(isPdf) === true ? whole(bytes) : null;
}

/** `{ "Hashes": [ { "<Name>": "<value>" } ] }`; one object with several names is taken as well. */
export function readHashes(answer: HttpAnswer): readonly ReturnedHash[] | null {
  const entries = objectsOf(answer, "Hashes");
  const values = entries?.flatMap((entry) => Object.entries(entry)) ?? null;
  if (values === null || values.some(([, value]) => typeof value !== "string")) {
    return null;
  }
  return values.map(([name, value]) => ({ name, value: String(value) }));
}

export function readImages(answer: HttpAnswer): readonly NamedFile[] | null {
  // "Images" is missing when none were recorded.
  return (
    readFiles(answer, "Images", "Image") ?? (readObject(answer.body) !== null && !has(answer, "Images") ? [] : null)
  );
}

export function readVoiceFiles(answer: HttpAnswer): readonly NamedFile[] | null {
  return readFiles(answer, "Voicefiles", "Base64Data");
}

const readFiles = (answer: HttpAnswer, list: string, data: string): readonly NamedFile[] | null =>
  readFilesOf(readObject(answer.body), list, data);

export function readFilesOf(body: JsonRecord | null, list: string, data: string): readonly NamedFile[] | null {
  const entries = objectsIn(body, list);
  const files = entries?.map((entry) => {
    const bytes = decoded(textField(entry, data));
    return bytes === null ? null : { name: textField(entry, "Filename"), bytes };
  });
  return files === undefined ? null : whole<NamedFile>(files);
}

/** A body that is a PDF itself. */
export function readPdf(answer: HttpAnswer): Uint8Array | null {
  return isPdf(answer.body) ? answer.body : null;
}

export interface Video {
  readonly type: "video/mp4" | "video/webm";
  readonly bytes: Uint8Array;
}

export function readVideo(answer: HttpAnswer): Video | null {
  const type = (answer.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  return type === "video/mp4" || type === "video/webm" ? { type, bytes: answer.body } : null;
}

const has = (answer: HttpAnswer, name: string): boolean => field(readObject(answer.body), name) !== undefined;

const objectsOf = (answer: HttpAnswer, name: string): readonly JsonRecord[] | null =>
  objectsIn(readObject(answer.body), name);

function objectsIn(body: JsonRecord | null, name: string): readonly JsonRecord[] | null {
  if (!Array.isArray(field(body, name))) {
    return null;
  }
  return whole(listField(body, name).map(asObject));
}

/** SECURITY: `Buffer.from` reads what it can and is silent about the rest; a cut answer must not pass as a whole one. */
function decoded(text: string | null): Uint8Array | null {
  const plain = text?.replaceAll(/\s/gu, "") ?? "";
  return plain !== "" && isBase64(plain) ? new Uint8Array(Buffer.from(plain, "base64")) : null;
}

/** ISO 32000-2 7.5.2, and the marker of the end (7.5.5): readers allow some bytes around both. */
export function isPdf(bytes: Uint8Array): boolean {
  const at = (start: number, end: number): string => Buffer.from(bytes.subarray(start, end)).toString("latin1");
  return at(0, 1024).includes("%PDF-") && at(Math.max(0, bytes.length - 1024), bytes.length).includes("%%EOF");
}

function whole<T>(list: readonly (T | null)[] | null): readonly T[] | null {
  if (list === null) {
    return null;
  }
  const present = list.filter((entry): entry is T => entry !== null);
  return present.length === list.length ? present : null;
}
