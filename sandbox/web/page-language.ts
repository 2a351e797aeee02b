import { html } from "./html.ts";
import type { Html } from "./html.ts";

/** The languages of the pages that the sandbox shows. */
export const pageLanguages = ["EN", "FR", "NL", "DE", "SV"] as const;

export type PageLanguage = (typeof pageLanguages)[number];

/** The best of a page's languages for a browser: the address, then the browser's own list, then English. */
export function pageLanguage<Language extends PageLanguage>(
  parameter: string | null,
  acceptLanguage: unknown,
  languages: readonly (Language | "EN")[],
): Language | "EN" {
  const known = (text: string): Language | "EN" | null =>
    languages.find((language) => language === text.toUpperCase()) ?? null;
  const wanted = parameter === null ? null : known(parameter);
  if (wanted !== null) return wanted;
  const accepted = typeof acceptLanguage === "string" ? acceptLanguage : "";
  for (const entry of accepted.split(",").slice(0, 20)) {
    const language = known(entry.trim().slice(0, 2));
    if (language !== null) return language;
  }
  return "EN";
}

/** Links to the same page in its other languages. */
export function languageLinks(
  parameters: URLSearchParams,
  current: PageLanguage,
  label: string,
  languages: readonly PageLanguage[],
): Html {
  const links = languages.map((language) => {
    const address = new URLSearchParams(parameters);
    address.set("language", language);
    const mark = language === current ? html` aria-current="true"` : html``;
    return html`<a href="?${address.toString()}" hreflang="${language.toLowerCase()}" ${mark}>${language}</a>`;
  });
  return html`<nav class="languages" aria-label="${label}">${links}</nav>`;
}
