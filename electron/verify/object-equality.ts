import {
  isArray,
  isDict,
  isName,
  isRef,
  isStream,
  isString,
  numberOf,
  type PdfDict,
  type PdfObject,
  type PdfStream,
} from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { sameBytes } from "../pki/der-values.ts";

/** An object as one state of the file has it. */
interface Side {
  readonly file: PdfFile;
  readonly object: PdfObject | undefined;
}

/** Equal as written: references are compared by number, streams by dictionary and raw bytes. */
export function sameObject(a: Side, b: Side): boolean {
  const left = a.object ?? null;
  const right = b.object ?? null;
  if (left === right) {
    return true;
  }
  if (isRef(left) || isRef(right)) {
    return isRef(left) && isRef(right) && left.num === right.num && left.gen === right.gen;
  }
  if (isArray(left) || isArray(right)) {
    return (
      isArray(left) &&
      isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => sameObject({ file: a.file, object: item }, { file: b.file, object: right[index] }))
    );
  }
  if (isDict(left) && isDict(right)) {
    return sameDict({ file: a.file, dict: left }, { file: b.file, dict: right });
  }
  if (isStream(left) && isStream(right)) {
    return sameStream(a.file, left, b.file, right);
  }
  if (isName(left) && isName(right)) {
    return left.name === right.name;
  }
  if (isString(left) && isString(right)) {
    return sameBytes(left.bytes, right.bytes);
  }
  const number = numberOf(left);
  return number !== undefined && number === numberOf(right);
}

function sameDict(
  a: { readonly file: PdfFile; readonly dict: PdfDict },
  b: { readonly file: PdfFile; readonly dict: PdfDict },
  ignored: ReadonlySet<string> = new Set(),
): boolean {
  return differingKeys(a, b).every((key) => ignored.has(key));
}

/**
 * Keys whose values differ; a missing key and null are the same (ISO 32000-2 7.3.7). SECURITY: a key that only one side
 * has twice differs, too: another program may take the other value.
 */
export function differingKeys(
  a: { readonly file: PdfFile; readonly dict: PdfDict },
  b: { readonly file: PdfFile; readonly dict: PdfDict },
): readonly string[] {
  const keys = new Set([...a.dict.entries.keys(), ...b.dict.entries.keys()]);
  return [...keys].filter(
    (key) =>
      a.dict.duplicates.includes(key) !== b.dict.duplicates.includes(key) ||
      !sameObject({ file: a.file, object: a.dict.entries.get(key) }, { file: b.file, object: b.dict.entries.get(key) }),
  );
}

function sameStream(leftFile: PdfFile, left: PdfStream, rightFile: PdfFile, right: PdfStream): boolean {
  const { data } = left;
  const other = right.data;
  const sameDictionary = sameDict({ file: leftFile, dict: left.dict }, { file: rightFile, dict: right.dict });
  if (!sameDictionary) {
    return false;
  }
  if (data.kind === "file" && other.kind === "file") {
    if (data.offset === other.offset && data.length === other.length) {
      return true;
    }
    if (data.length !== other.length) {
      return false;
    }
  }
  return sameBytes(leftFile.rawStream(left), rightFile.rawStream(right));
}
