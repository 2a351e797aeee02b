/** Character classes of ISO 32000-2 7.2.3. -1 (end of the file) belongs to none of them. */
export const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x0c || byte === 0x00;

export const isDelimiter = (byte: number): boolean =>
  byte === 0x28 || // (
  byte === 0x29 || // )
  byte === 0x3c || // <
  byte === 0x3e || // >
  byte === 0x5b || // [
  byte === 0x5d || // ]
  byte === 0x7b || // {
  byte === 0x7d || // }
  byte === 0x2f || // /
  byte === 0x25; // %

export const isRegular = (byte: number): boolean => byte >= 0 && !isSpace(byte) && !isDelimiter(byte);

export const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** 0 to 15, or -1 for a byte that is no hexadecimal digit. */
export function hexValue(byte: number): number {
  if (isDigit(byte)) {
    return byte - 0x30;
  }
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** One character a byte. */
export const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");

/** One byte a character; the text holds no character above U+00FF. */
export const fromLatin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");
