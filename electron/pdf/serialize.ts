import { fromLatin1, isRegular } from "./characters.ts";
import { isArray, type PdfDict, type PdfName, type PdfObject, type PdfString } from "./objects.ts";

/**
 * An object as the bytes that stand for it in a file (ISO 32000-2 7.3). Reals keep the text they were read with. A
 * stream is written whole, and must carry its bytes: one that lies in another file is for the caller to copy.
 */
export function serializeObject(object: PdfObject): Uint8Array {
  const parts: Part[] = [];
  write(object, parts);
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? fromLatin1(part) : part)));
}

type Part = string | Uint8Array;

function write(object: PdfObject, parts: Part[]): void {
  if (object === null || typeof object === "boolean") {
    parts.push(String(object));
  } else if (typeof object === "number") {
    parts.push(numberText(object));
  } else if (isArray(object)) {
    writeArray(object, parts);
  } else {
    switch (object.kind) {
      case "real":
        parts.push(object.text);
        break;
      case "name":
        parts.push(nameText(object));
        break;
      case "string":
        parts.push(stringText(object));
        break;
      case "ref":
        parts.push(`${object.num} ${object.gen} R`);
        break;
      case "dict":
        writeDict(object, parts);
        break;
      case "stream":
        if (object.data.kind !== "bytes") {
          throw new TypeError("The stream's bytes are still in the file.");
        }
        writeDict(object.dict, parts);
        parts.push("\nstream\n", object.data.bytes, "\nendstream");
        break;
    }
  }
}

function writeArray(items: readonly PdfObject[], parts: Part[]): void {
  parts.push("[");
  for (const [index, item] of items.entries()) {
    if (index > 0) {
      parts.push(" ");
    }
    write(item, parts);
  }
  parts.push("]");
}

function writeDict(dict: PdfDict, parts: Part[]): void {
  parts.push("<<");
  for (const [key, value] of dict.entries) {
    parts.push(nameText({ kind: "name", name: key }), " ");
    write(value, parts);
  }
  parts.push(">>");
}

/** A plain number: an integer, or a value of our own making with up to five decimals and never an exponent. */
function numberText(value: number): string {
  // Larger values would be written with an exponent; ISO 32000-2 annex C has no room for them either.
  if (!(Math.abs(value) < 1e16)) {
    throw new TypeError("PDF has no such number.");
  }
  if (Number.isSafeInteger(value)) {
    return String(value + 0);
  }
  const text = value.toFixed(5).replace(/\.?0+$/, "");
  return text === "-0" ? "0" : text;
}

/** ISO 32000-2 7.3.5: everything but regular characters from `!` to `~` is escaped, and the number sign itself. */
function nameText({ name }: PdfName): string {
  let text = "/";
  for (const character of name) {
    const code = character.charCodeAt(0);
    if (code > 0xff) {
      throw new TypeError("A name holds one byte a character.");
    }
    text +=
      code > 0x20 && code < 0x7f && code !== 0x23 && isRegular(code)
        ? character
        : `#${code.toString(16).padStart(2, "0").toUpperCase()}`;
  }
  return text;
}

function stringText({ bytes, form }: PdfString): string {
  if (form === "hex") {
    return `<${Buffer.from(bytes).toString("hex").toUpperCase()}>`;
  }
  let text = "(";
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    // CR would be read back as LF; the other two would end or nest the string.
    text += byte === 0x0d ? "\\r" : byte === 0x28 || byte === 0x29 || byte === 0x5c ? `\\${character}` : character;
  }
  return `${text})`;
}
