import { isStream, isString, type PdfObject } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { textOf } from "../../pdf-text.ts";
import { isSameText } from "./shown-text.ts";

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
const UTF8 = new TextDecoder("utf-8");

/** Whether a rich text (ISO 32000-2 annex K, an XHTML fragment) has this plain text. */
export function isRichTextOf(file: PdfFile, rich: PdfObject, text: string): boolean {
  const markup = isString(rich) ? textOf(rich) : isStream(rich) ? UTF8.decode(file.streamBytes(rich)) : undefined;
  if (markup === undefined || /<!(?!--)|<\?(?!xml\b)|display\s*:|visibility\s*:|<!--/iu.test(markup)) {
    return false;
  }
  const plain = markup
    .replaceAll(/<[^<>]*>/gu, "")
    .replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,5}));/giu, (whole: string, ...found: unknown[]) => {
      const [hexadecimal, decimal, name] = found as (string | undefined)[];
      const code = Number.parseInt(hexadecimal ?? decimal ?? "", hexadecimal === undefined ? 10 : 16);
      return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : (ENTITIES[name ?? ""] ?? whole);
    });
  return isSameText(plain, text);
}
