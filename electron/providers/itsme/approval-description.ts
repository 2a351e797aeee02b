import type { LocalText } from "./itsme-api.ts";
import { composed } from "./order-check.ts";

const LANGUAGES = ["EN", "FR", "NL", "DE"] as const;

/** The same text in all four languages: itsme wants all of them or none. */
export function inAllLanguages(text: string): readonly LocalText[] {
  return LANGUAGES.map((lang) => ({ lang, value: composed(text) }));
}

/**
 * What the app shows when the person gave no text of their own: how many documents. File names stay here, because a
 * name can be as confidential as the document.
 */
export function countDescription(count: number): readonly LocalText[] {
  const one = count === 1;
  return [
    { lang: "EN", value: one ? "Sign 1 document" : `Sign ${count} documents` },
    { lang: "FR", value: one ? "Signer 1 document" : `Signer ${count} documents` },
    { lang: "NL", value: one ? "1 document ondertekenen" : `${count} documenten ondertekenen` },
    { lang: "DE", value: one ? "1 Dokument unterschreiben" : `${count} Dokumente unterschreiben` },
  ];
}
