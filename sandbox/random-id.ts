/** `length` random bytes. */
export type RandomSource = (length: number) => Uint8Array;

const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

/** An identifier in the form itsme uses: `length` characters of `[a-z0-9]`. */
export function randomId(random: RandomSource, length: number): string {
  let id = "";
  while (id.length < length) {
    for (const byte of random(length)) {
      // 252 = 7 × 36: larger bytes would favour the first letters.
      if (byte < 252 && id.length < length) id += alphabet.charAt(byte % 36);
    }
  }
  return id;
}

/** A random UUID (RFC 9562 5.4), as Fourthline's ids are. */
export function randomGuid(random: RandomSource): string {
  const bytes = Buffer.from(random(16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
