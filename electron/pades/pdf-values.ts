import { hex, literal } from "../pdf/objects.ts";
import type { PdfObject, PdfString } from "../pdf/objects.ts";

/** A number as PDF writes it: an integer, or a real with at most four decimals and no exponent (ISO 32000-2 7.3.3). */
export function real(value: number): PdfObject {
  const text = decimal(value);
  return text.includes(".") ? { kind: "real", value: Number(text), text } : Number(text);
}

export function decimal(value: number): string {
  const text = value.toFixed(4).replace(/\.?0+$/u, "");
  return text === "-0" ? "0" : text;
}

/** A text string (ISO 32000-2 7.9.2.2): ASCII where it does, else UTF-16BE with its mark, which every reader knows. */
export function textString(text: string): PdfString {
  if (/^[\u0020-\u007E]*$/u.test(text)) {
    return literal(new TextEncoder().encode(text));
  }
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff);
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(2 + index * 2, text.charCodeAt(index));
  }
  return hex(bytes);
}

/** "D:20261122101500+01'00'" (ISO 32000-1 7.9.4 with the closing apostrophe, which ISO 32000-2 readers accept too). */
export function pdfDate(time: Date, utcOffsetMinutes: number): string {
  const local = new Date(time.getTime() + utcOffsetMinutes * 60_000).toISOString();
  const digits = local.slice(0, 19).replace(/[-:T]/gu, "");
  const distance = Math.abs(utcOffsetMinutes);
  const sign = utcOffsetMinutes < 0 ? "-" : "+";
  return `D:${digits}${sign}${twoDigits(Math.trunc(distance / 60))}'${twoDigits(distance % 60)}'`;
}

const twoDigits = (value: number): string => String(value).padStart(2, "0");
