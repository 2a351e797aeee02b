import { BANKID_FORMATS, BANKID_LANGUAGES } from "../../../shared/bankid-text.ts";
import type { ManifestDocument } from "./manifest.ts";
import { safeMarkdownName, safeName } from "./safe-name.ts";

export type BankIdLanguage = (typeof BANKID_LANGUAGES)[number];
/** As in `userVisibleDataFormat`; "plain": none is sent. */
export type BankIdTextFormat = (typeof BANKID_FORMATS)[number];

interface Words {
  readonly intro: (count: number) => string;
  readonly pages: (count: number) => string;
  readonly bytes: (count: number) => string;
  readonly end: string;
}

const WORDS: Readonly<Record<BankIdLanguage, Words>> = {
  en: {
    intro: (count) => (count === 1 ? "I sign this document:" : `I sign these ${count} documents:`),
    pages: (count) => (count === 1 ? "1 page" : `${count} pages`),
    bytes: (count) => (count === 1 ? "1 byte" : `${count} bytes`),
    end: "SHA-256 is a fingerprint of the file. Sealdesk shows it next to the document.",
  },
  sv: {
    intro: (count) => (count === 1 ? "Jag undertecknar detta dokument:" : `Jag undertecknar dessa ${count} dokument:`),
    pages: (count) => (count === 1 ? "1 sida" : `${count} sidor`),
    bytes: (count) => `${count} byte`,
    end: "SHA-256 är filens fingeravtryck. Sealdesk visar det bredvid dokumentet.",
  },
};

/**
 * The text that the person reads in BankID's app and signs: each document with its pages and its SHA-256 in groups of four.
 * BankID signs this text and not the file, so it has to say which file it is.
 */
export function visibleText(
  documents: readonly ManifestDocument[],
  language: BankIdLanguage,
  format: BankIdTextFormat,
): string {
  const words = WORDS[language];
  const isMarked = format === "simpleMarkdownV1";
  const blocks = documents.map((document, index) => {
    const name = isMarked ? `*“${safeMarkdownName(document.name)}”*` : `“${safeName(document.name)}”`;
    const pages = document.pages === null ? [] : [words.pages(document.pages)];
    return [
      `${documents.length === 1 ? "" : `${index + 1}. `}${name}`,
      [...pages, words.bytes(document.size)].join(", "),
      "SHA-256:",
      ...groups(document.sha256),
    ].join("\n");
  });
  const intro = words.intro(documents.length);
  return [isMarked ? `# ${intro}` : intro, ...blocks, words.end].join("\n\n");
}

/** Four lines of four groups of four characters: short enough for a telephone, to be compared line by line. */
function groups(sha256: string): readonly string[] {
  return (sha256.match(/.{1,16}/gu) ?? []).map((line) => (line.match(/.{1,4}/gu) ?? []).join(" "));
}

const isFormat = (format: string): format is BankIdTextFormat => BANKID_FORMATS.some((one) => one === format);

/**
 * Whether a signed text is the one that names exactly these documents, in one of the languages. SECURITY: what the person read
 * decides what was meant, and the list that nobody sees which bytes; they must not speak of different files.
 *
 * @param format As it was signed; null: plain text.
 */
export function isTextAbout(text: string, format: string | null, documents: readonly ManifestDocument[]): boolean {
  const known = format ?? "plain";
  return isFormat(known) && BANKID_LANGUAGES.some((language) => visibleText(documents, language, known) === text);
}
