/** One way in which a secret could stand somewhere. */
export interface Spelling {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Fewer bytes would be found by chance. */
const MINIMUM_BYTES = 6;

/** Every way in which programs usually write down a text or bytes; each only once. */
export function spellingsOf(secret: string | Uint8Array): readonly Spelling[] {
  const bytes = Buffer.from(secret as Uint8Array);
  const all = [...byteSpellings(bytes), ...(typeof secret === "string" ? textSpellings(secret) : [])];
  const seen = new Set<string>();
  return all.flatMap(([name, spelling]) => {
    const found = Buffer.from(spelling as Uint8Array);
    const key = found.toString("latin1");
    if (found.length < MINIMUM_BYTES || seen.has(key)) return [];
    seen.add(key);
    return [{ name, bytes: found }];
  });
}

type Named = readonly [name: string, spelling: string | Uint8Array];

function textSpellings(text: string): readonly Named[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replaceAll(/[^\x20-\x7e]/gu, (sign) =>
    Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
  const percent = encodeURIComponent(text);
  const utf16 = Buffer.from(text, "utf16le");
  return [
    ["UTF-16LE", utf16],
    ["UTF-16BE", Buffer.from(utf16).swap16()],
    ["Latin-1", Buffer.from(text, "latin1")],
    ["UTF-16LE as hex", utf16.toString("hex")],
    ...sextets(utf16).map(([name, spelling]): Named => [`UTF-16LE as ${name}`, spelling]),
    ["JSON", json],
    ...sextets(Buffer.from(json)).map(([name, spelling]): Named => [`JSON as ${name}`, spelling]),
    ["JSON in ASCII", ascii],
    ["JSON in JSON", JSON.stringify(json).slice(1, -1)],
    ["percent-encoded", percent],
    ["percent-encoded, lower case", percent.replaceAll(/%[0-9A-F]{2}/gu, (code) => code.toLowerCase())],
    ["percent-encoded twice", encodeURIComponent(percent)],
    ["as a form field", new URLSearchParams({ x: text }).toString().slice(2)],
    ["XML", text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")],
  ];
}

function byteSpellings(bytes: Buffer): readonly Named[] {
  const hex = bytes.toString("hex");
  return [
    ["as it is", bytes],
    ["hex", hex],
    ["hex, upper case", hex.toUpperCase()],
    ["hex with colons", hex.replaceAll(/..(?=.)/gu, "$&:")],
    ["every byte percent-encoded", hex.toUpperCase().replaceAll(/../gu, "%$&")],
    ["numbers", [...bytes].join(",")],
    ...sextets(bytes),
  ];
}

/** Base64 depends on what stands before: three alignments, without the characters that neighbours have a part in. */
function sextets(bytes: Buffer): readonly Named[] {
  return [0, 1, 2].flatMap((before): readonly Named[] => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const inner = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return [
      [`Base64 (${before})`, inner],
      [`Base64url (${before})`, inner.replaceAll("+", "-").replaceAll("/", "_")],
    ];
  });
}
