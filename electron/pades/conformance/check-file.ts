import { formFields } from "../../pdf/form-fields.ts";
import type { FormField } from "../../pdf/form-fields.ts";
import { isArray, isDict, isRef, isString, refKey } from "../../pdf/objects.ts";
import type { PdfDict } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { lastReference } from "../form-update.ts";
import type { ConformanceViolation } from "./violation.ts";
import { violation } from "./violation.ts";

export type ByteRange = readonly [number, number, number, number];

export interface NewestSignature {
  readonly fields: readonly FormField[];
  readonly dictionary: PdfDict;
  readonly byteRange: ByteRange;
  /** The decoded /Contents, with its padding. */
  readonly contents: Uint8Array;
}

/** The one signature whose byte range reaches the end of the file; a violation when there is none or more than one. */
export function findNewestSignature(file: PdfFile): NewestSignature | ConformanceViolation {
  const reaching = new Map<string, { readonly fields: FormField[]; readonly dictionary: PdfDict; range: ByteRange }>();
  for (const field of formFields(file)) {
    const dictionary = file.resolve(field.value);
    const range = isDict(dictionary) ? readByteRange(file, dictionary) : null;
    if (!isDict(dictionary) || range === null || range[2] + range[3] !== file.source.size) {
      continue;
    }
    const reference = lastReference(file, field.value);
    const key = reference === null ? `direct in ${field.name}` : refKey(reference);
    const known = reaching.get(key);
    if (known === undefined) {
      reaching.set(key, { fields: [field], dictionary, range });
    } else {
      known.fields.push(field);
    }
  }
  const [first, ...others] = reaching.values();
  if (first === undefined || others.length > 0) {
    return violation("signature-found", "Not exactly one signature covers the file up to its end.");
  }
  const { fields, dictionary, range: byteRange } = first;
  const contents = file.get(dictionary, "Contents");
  return isString(contents)
    ? { fields, dictionary, byteRange, contents: contents.bytes }
    : violation("contents-string", "/Contents is no string.");
}

function readByteRange(file: PdfFile, dictionary: PdfDict): ByteRange | null {
  const value = file.get(dictionary, "ByteRange");
  if (!isArray(value) || value.length !== 4) {
    return null;
  }
  const [a, b, c, d] = value;
  const sound = [a, b, c, d].every((entry) => typeof entry === "number" && Number.isSafeInteger(entry) && entry >= 0);
  return sound ? [Number(a), Number(b), Number(c), Number(d)] : null;
}

/** What the file around the signature must look like (items 12 and 23 of the checklist, ISO 32000-2 12.7.3, 12.8.1). */
export function checkFile(file: PdfFile, found: NewestSignature): readonly ConformanceViolation[] {
  return [...checkGap(file, found), ...checkField(file, found), ...checkRevision(file, found)];
}

/** The gap is exactly the hexadecimal string of /Contents with its brackets, and starts at the beginning of the file. */
function checkGap(file: PdfFile, { byteRange, contents }: NewestSignature): readonly ConformanceViolation[] {
  const [start, length, second] = byteRange;
  const violations: ConformanceViolation[] = [];
  if (start !== 0 || second <= length) {
    violations.push(violation("byte-range", "The byte range does not start at 0, or its parts overlap."));
  }
  const gap = new TextDecoder("latin1").decode(file.source.read(length, Math.max(0, second - length)));
  if (!/^<(?:[0-9A-Fa-f]{2})*>$/u.test(gap)) {
    violations.push(violation("contents-string", "The gap of the byte range is not one hexadecimal string."));
  } else if (!Buffer.from(gap.slice(1, -1), "hex").equals(contents)) {
    violations.push(violation("byte-range", "The gap of the byte range is another string than /Contents."));
  }
  return violations;
}

function checkField(file: PdfFile, { fields }: NewestSignature): readonly ConformanceViolation[] {
  const violations: ConformanceViolation[] = [];
  const [field] = fields;
  // Byte-range tricks: one value shared by several fields (pdf-signing.md C.1).
  if (fields.length !== 1 || field?.type !== "Sig" || !isRef(field.value)) {
    violations.push(violation("field", "The signature is not the indirect value of exactly one signature field."));
  }
  const form = file.get(file.catalog, "AcroForm");
  const flags = isDict(form) ? file.get(form, "SigFlags") : null;
  if (typeof flags !== "number" || (flags & 3) !== 3) {
    violations.push(violation("signature-flags", "/SigFlags of the form does not say 3."));
  }
  return violations;
}

/** Item 23: the signature stands in the newest revision, which defines nothing else that signs. */
function checkRevision(file: PdfFile, { fields, byteRange }: NewestSignature): readonly ConformanceViolation[] {
  const [field] = fields;
  const newest = file.revisions.at(-1);
  const reference = field === undefined ? null : lastReference(file, field.value);
  const entry = reference === null ? undefined : newest?.entries.get(reference.num);
  // The gap must lie behind the start of the signature's own object, in the newest revision.
  const inNewest = entry?.kind === "offset" && entry.offset < byteRange[1];
  return inNewest && newest?.end === file.source.size
    ? []
    : [violation("incremental-update", "The signature does not stand in an update of its own at the end of the file.")];
}
