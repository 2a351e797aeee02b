/**
 * Decodes Base64 (RFC 4648 4), white space apart. Undefined for everything that is not exactly what an encoder writes.
 *
 * SECURITY: decoders in common use skip what they do not know and ignore the bits behind the last byte, so that many texts
 * are read as the same bytes. Of evidence there is one spelling.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const compact = text.replaceAll(/[ \t\r\n]/gu, "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/u.test(compact)) {
    return undefined;
  }
  const bytes = Buffer.from(compact, "base64");
  return bytes.toString("base64") === compact ? new Uint8Array(bytes) : undefined;
}

/** As `decodeBase64`, for UTF-8 text; undefined when it is none. */
export function decodeBase64Text(text: string): string | undefined {
  const bytes = decodeBase64(text);
  return bytes === undefined ? undefined : decodeUtf8(bytes);
}

/** Undefined when the bytes are no UTF-8. A byte order mark stays in the text. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
