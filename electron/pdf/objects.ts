/**
 * PDF objects (ISO 32000-2 7.3) as plain, immutable data. Integers are numbers; a real keeps the text it was written
 * with, so that an object which must be written again (a page that gains an annotation) says `0.10` where it said so
 * before: verifiers compare such values literally.
 */
export type PdfObject =
  | null
  | boolean
  | number
  | PdfReal
  | PdfName
  | PdfString
  | PdfArray
  | PdfDict
  | PdfStream
  | PdfRef;

export interface PdfReal {
  readonly kind: "real";
  readonly value: number;
  readonly text: string;
}

/** Decoded (`#20` resolved), without the slash. Bytes above 0x7E are kept as Latin-1 characters. */
export interface PdfName {
  readonly kind: "name";
  readonly name: string;
}

export interface PdfString {
  readonly kind: "string";
  readonly bytes: Uint8Array;
  readonly form: "literal" | "hex";
}

export type PdfArray = readonly PdfObject[];

export interface PdfDict {
  readonly kind: "dict";
  readonly entries: ReadonlyMap<string, PdfObject>;
  /** Keys that were written more than once; the last one is in `entries`. Attackers like these. */
  readonly duplicates: readonly string[];
}

export interface PdfStream {
  readonly kind: "stream";
  readonly dict: PdfDict;
  /**
   * Where the raw (still encoded) bytes lie in the file, or the bytes themselves for a stream we are writing. `owner`, in
   * an encrypted file only: the object under whose key those bytes are.
   */
  readonly data:
    | { readonly kind: "file"; readonly offset: number; readonly length: number; readonly owner?: PdfRef }
    | { readonly kind: "bytes"; readonly bytes: Uint8Array };
}

export interface PdfRef {
  readonly kind: "ref";
  readonly num: number;
  readonly gen: number;
}

export const name = (text: string): PdfName => ({ kind: "name", name: text });
export const ref = (num: number, gen = 0): PdfRef => ({ kind: "ref", num, gen });
export const literal = (bytes: Uint8Array): PdfString => ({ kind: "string", bytes, form: "literal" });
export const hex = (bytes: Uint8Array): PdfString => ({ kind: "string", bytes, form: "hex" });

export function dict(entries: Readonly<Record<string, PdfObject>> | ReadonlyMap<string, PdfObject>): PdfDict {
  return {
    kind: "dict",
    entries: entries instanceof Map ? entries : new Map(Object.entries(entries)),
    duplicates: [],
  };
}

export function stream(entries: Readonly<Record<string, PdfObject>>, bytes: Uint8Array): PdfStream {
  return { kind: "stream", dict: dict({ ...entries, Length: bytes.length }), data: { kind: "bytes", bytes } };
}

const isTagged = (
  object: PdfObject | undefined,
): object is PdfReal | PdfName | PdfString | PdfDict | PdfStream | PdfRef =>
  typeof object === "object" && object !== null && !Array.isArray(object);

export const isRef = (object: PdfObject | undefined): object is PdfRef => isTagged(object) && object.kind === "ref";
export const isDict = (object: PdfObject | undefined): object is PdfDict => isTagged(object) && object.kind === "dict";
export const isStream = (object: PdfObject | undefined): object is PdfStream =>
  isTagged(object) && object.kind === "stream";
export const isString = (object: PdfObject | undefined): object is PdfString =>
  isTagged(object) && object.kind === "string";
export const isArray = (object: PdfObject | undefined): object is PdfArray => Array.isArray(object);
export const isName = (object: PdfObject | undefined, text?: string): object is PdfName =>
  isTagged(object) && object.kind === "name" && (text === undefined || object.name === text);

/** The value of an integer or a real; undefined for anything else. */
export function numberOf(object: PdfObject | undefined): number | undefined {
  if (typeof object === "number") {
    return object;
  }
  return isTagged(object) && object.kind === "real" ? object.value : undefined;
}

export const refKey = (reference: PdfRef): string => `${reference.num} ${reference.gen}`;
