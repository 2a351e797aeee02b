export const itsmeLanguages = ["EN", "FR", "NL", "DE"] as const;

export type ItsmeLanguage = (typeof itsmeLanguages)[number];

/** One text in all four languages. */
export type LocalText = Readonly<Record<ItsmeLanguage, string>>;

/** The documents write languages in both cases, so both are understood. */
export function readLanguage(value: unknown): ItsmeLanguage | null {
  if (typeof value !== "string") return null;
  return itsmeLanguages.find((language) => language === value.toUpperCase()) ?? null;
}
