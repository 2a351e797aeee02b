import type { RawSegment } from "../pdf/incremental-update.ts";
import { dict, isArray, isDict, literal, name } from "../pdf/objects.ts";
import type { PdfDict, PdfObject } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { readPermission } from "./field-lock.ts";
import { pdfDate, textString } from "./pdf-values.ts";

export interface SignatureDictionaryParts {
  readonly capacityBytes: number;
  readonly claimedTime: Date;
  readonly utcOffsetMinutes: number;
  readonly signerName: string | null;
  readonly reason: string | null;
  readonly location: string | null;
  readonly contactInfo: string | null;
  /** DocMDP of a certification, FieldMDP of a lock. */
  readonly references: readonly PdfDict[];
}

/** Wide enough for "[0 a b c]" with any offsets that are whole numbers here: 16 digits each. */
export const BYTE_RANGE_WIDTH = 54;

export type { RawSegment };

/**
 * The body of the signature dictionary (ISO 32000-2 table 255, ETSI EN 319 142-1 6.3), with two marks: "byteRange",
 * to be filled with `byteRangeText`, and "contents", the digits between the angle brackets. Those two are never encrypted
 * (ISO 32000-2 7.6.2); the other entries are, in an encrypted document.
 */
export function signatureDictionary(parts: SignatureDictionaryParts): readonly RawSegment[] {
  const entries: readonly (readonly [string, PdfObject | null])[] = [
    ["M", literal(new TextEncoder().encode(pdfDate(parts.claimedTime, parts.utcOffsetMinutes)))],
    ["Name", text(parts.signerName)],
    ["Reason", text(parts.reason)],
    ["Location", text(parts.location)],
    ["ContactInfo", text(parts.contactInfo)],
    ["Reference", parts.references.length === 0 ? null : parts.references],
  ];
  return [
    "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached\n/ByteRange ",
    { mark: "byteRange", bytes: new Uint8Array(BYTE_RANGE_WIDTH).fill(0x20) },
    "\n/Contents <",
    { mark: "contents", bytes: new Uint8Array(parts.capacityBytes * 2).fill(0x30) },
    ">",
    ...entries.flatMap(([key, value]) => (value === null ? [] : [`\n/${key} `, { object: value }])),
    "\n>>",
  ];
}

const text = (value: string | null): PdfObject | null => (value === null || value === "" ? null : textString(value));

/** Exactly as long as the mark; the rest is white space behind the array. */
export function byteRangeText(byteRange: readonly [number, number, number, number]): Uint8Array {
  const written = `[${byteRange.join(" ")}]`;
  if (written.length > BYTE_RANGE_WIDTH) {
    throw new RangeError("a byte range of numbers that are no offsets");
  }
  return new TextEncoder().encode(written.padEnd(BYTE_RANGE_WIDTH, " "));
}

/**
 * The FieldMDP reference that a field's /Lock asks for (ISO 32000-2 12.7.5.5 and 12.8.2.4), or null without a lock. It
 * repeats the lock's action and fields; /Data is required for FieldMDP and names the catalog (table 256).
 */
export function fieldLockReference(file: PdfFile, field: PdfDict): PdfDict | null {
  const lock = file.get(field, "Lock");
  if (!isDict(lock)) {
    return null;
  }
  const fields = file.get(lock, "Fields");
  const permission = readPermission(file, lock);
  return lockReference(file, {
    Action: file.get(lock, "Action") ?? name("All"),
    ...(isArray(fields) ? { Fields: fields.map((entry) => file.resolve(entry)) } : {}),
    // Not in table 259, but Acrobat writes it there and reads it from there.
    ...(permission === null ? {} : { P: permission }),
  });
}

/** A FieldMDP reference with these /Action and /Fields (ISO 32000-2 tables 256 and 259). */
export const lockReference = (file: PdfFile, lock: Readonly<Record<string, PdfObject>>): PdfDict =>
  dict({
    Type: name("SigRef"),
    TransformMethod: name("FieldMDP"),
    TransformParams: dict({ Type: name("TransformParams"), V: name("1.2"), ...lock }),
    DigestMethod: name("SHA256"),
    Data: file.catalogRef,
  });
