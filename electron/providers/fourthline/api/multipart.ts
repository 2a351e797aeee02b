export interface FormPart {
  readonly name: string;
  readonly type: string;
  /** Absent: a plain field. */
  readonly fileName?: string;
  readonly bytes: Uint8Array;
}

export interface Form {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/**
 * `multipart/form-data` (RFC 7578).
 *
 * @param boundary letters and digits that occur in no part; random, so that no document can hold it on purpose
 */
export function formOf(parts: readonly FormPart[], boundary: string): Form {
  const chunks = parts.flatMap(({ name, type, fileName, bytes }) => [
    ascii(
      `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(name)}"` +
        (fileName === undefined ? "" : `; filename="${quoted(fileName)}"`) +
        `\r\ncontent-type: ${type}\r\n\r\n`,
    ),
    bytes,
    ascii("\r\n"),
  ]);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: new Uint8Array(Buffer.concat([...chunks, ascii(`--${boundary}--\r\n`)])),
  };
}

/** HTML Living Standard 4.10.21.8: what would end the quoted text or the line is percent-encoded; the rest is UTF-8. */
const quoted = (text: string): string => text.replaceAll("\r", "%0D").replaceAll("\n", "%0A").replaceAll('"', "%22");

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The parts of a `multipart/…` answer (RFC 2046 5.1.1); empty when it is none. */
export function partsOf(contentType: string, body: Uint8Array): readonly Omit<FormPart, "name">[] {
  const boundary = /^multipart\/[^;]+;.*?boundary="?([^";,\s]{1,70})"?/iu.exec(contentType)?.[1];
  if (boundary === undefined) {
    return [];
  }
  const whole = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const parts: Omit<FormPart, "name">[] = [];
  let at = whole.indexOf(`--${boundary}`);
  while (at >= 0) {
    const begin = at + boundary.length + 2;
    const next = whole.indexOf(`\r\n--${boundary}`, begin);
    const head = whole.indexOf("\r\n\r\n", begin);
    if (next < 0 || head < 0 || head > next) {
      break;
    }
    const type = /^content-type:\s*([^\r\n;]+)/imu.exec(whole.toString("latin1", begin, head))?.[1] ?? "text/plain";
    parts.push({ type: type.trim().toLowerCase(), bytes: new Uint8Array(whole.subarray(head + 4, next)) });
    at = next + 2;
  }
  return parts;
}
