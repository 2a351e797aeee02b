import { pageLanguages } from "../web/page-language.ts";
import type { PageLanguage } from "../web/page-language.ts";

/** What a customer asks for as an ISO 639-1 code, in either case; English for all others. */
export function languageOf(code: string | null): PageLanguage {
  const wanted = (code ?? "").slice(0, 2).toUpperCase();
  return pageLanguages.find((language) => language === wanted) ?? "EN";
}
