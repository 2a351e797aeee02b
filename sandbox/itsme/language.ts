export const itsmeLanguages = ["EN", "FR", "NL", "DE"] as const;

export type ItsmeLanguage = (typeof itsmeLanguages)[number];

/** One text in all four languages. */
export type LocalText = Readonly<Record<ItsmeLanguage, string>>;

/** The documents write languages in both cases, so both are understood. */
export function readLanguage(value: unknown): ItsmeLanguage | null {
  if (typeof value !== "string") return null;
  return itsmeLanguages.find((language) => language === value.toUpperCase()) ?? null;
}

/** The best language for a browser: the address, then the browser's own list, then English. */
export function pageLanguage(parameter: string | null, acceptLanguage: string): ItsmeLanguage {
  const wanted = readLanguage(parameter);
  if (wanted !== null) return wanted;
  for (const entry of acceptLanguage.split(",").slice(0, 20)) {
    const language = readLanguage(entry.trim().slice(0, 2));
    if (language !== null) return language;
  }
  return "EN";
}
