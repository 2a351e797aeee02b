import { isName, isString, type PdfObject } from "../pdf/objects.ts";

const UTF16 = new TextDecoder("utf-16be");
const UTF8 = new TextDecoder("utf-8");
const LATIN1 = new TextDecoder("latin1");

/** A text string (ISO 32000-2 7.9.2.2); PDFDocEncoding is read as Latin-1, which differs only in rare signs. */
export function textOf(object: PdfObject | undefined): string | undefined {
  if (!isString(object)) {
    return undefined;
  }
  const { bytes } = object;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return UTF16.decode(bytes.subarray(2));
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return UTF8.decode(bytes.subarray(3));
  }
  return LATIN1.decode(bytes);
}

export const nameOf = (object: PdfObject | undefined): string | undefined => (isName(object) ? object.name : undefined);

const DATE =
  /^D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:(Z)(?:00'?(?:00'?)?)?|([+-])(\d{2})'?(?:(\d{2})'?)?)?$/u;

/** A PDF date (ISO 32000-2 7.9.4) as ISO 8601 with its zone; undefined when malformed. Without zone it is taken as UTC. */
export function isoDateOf(text: string | undefined): string | undefined {
  const match = text === undefined ? null : DATE.exec(text.trim());
  if (match === null) {
    return undefined;
  }
  const [, year, month = "01", day = "01", hour = "00", minute = "00", second = "00", , sign, zoneHour, zoneMinute] =
    match;
  const zone = sign === undefined ? "Z" : `${sign}${zoneHour ?? "00"}:${zoneMinute ?? "00"}`;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`;
  return Number.isNaN(new Date(iso).getTime()) ? undefined : iso;
}
