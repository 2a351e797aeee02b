import { encode } from "uqr";
import type { MarkQr } from "../../../shared/mark-design.ts";

/** What a QR code at level M can hold in bytes (ISO/IEC 18004 table 7, version 40). */
const CAPACITY_BYTES = 2331;

/** The text of the QR code. `digest`: SHA-256 of the original document, lower-case hexadecimal. */
export function qrText(qr: MarkQr, digest: string): string {
  switch (qr.kind) {
    case "digest":
      return `sha256:${digest}`;
    case "url":
      return qr.url.replaceAll("{digest}", () => digest);
    case "text":
      return qr.text;
  }
}

/**
 * Rows of the symbol at error correction level M (15 % of it may be unreadable), without its quiet zone; null when the
 * text is empty or longer than any QR code.
 */
export function qrSymbol(text: string): readonly (readonly boolean[])[] | null {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes === 0 || bytes > CAPACITY_BYTES) {
    return null;
  }
  return encode(text, { ecc: "M", boostEcc: false, border: 0 }).data;
}
