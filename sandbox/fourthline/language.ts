/** The languages of Fourthline's texts for people. */
export const fourthlineLanguages = ["EN", "FR", "NL", "DE"] as const;

export type FourthlineLanguage = (typeof fourthlineLanguages)[number];

/** What a customer asks for as an ISO 639-1 code, in either case; English for all others. */
export function languageOf(code: string | null): FourthlineLanguage {
  const wanted = (code ?? "").slice(0, 2).toUpperCase();
  return fourthlineLanguages.find((language) => language === wanted) ?? "EN";
}
