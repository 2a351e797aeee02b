const BLOCK = /-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\s]*)-----END \1-----/gu;

/** The DER of every block (RFC 7468), in order; only blocks with this label when one is given. */
export function decodePem(text: string, label?: string): readonly Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (const [, found, body] of text.matchAll(BLOCK)) {
    if (body !== undefined && (label === undefined || found === label)) {
      blocks.push(new Uint8Array(Buffer.from(body.replaceAll(/\s/gu, ""), "base64")));
    }
  }
  return blocks;
}

/** One block, lines of 64 characters, ended by a line feed. */
export function encodePem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/gu) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
