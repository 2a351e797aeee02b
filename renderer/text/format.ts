import { LANGUAGE } from "./text.ts";

/** The reader's own form of the window's language ("en-GB" rather than "en"), for dates and numbers. */
function readerLocale(): string {
  return globalThis.navigator.languages.find((locale) => locale.split("-")[0] === LANGUAGE) ?? LANGUAGE;
}

/** Eight groups of eight characters: short enough to compare by eye, whole enough to compare by tool. */
export function digestGroups(sha256: string): readonly string[] {
  return sha256.match(/.{1,8}/gu) ?? [];
}

/** Date, time and zone in the reader's own form; the text itself when it is no time. */
export function dateTime(iso: string, language: string = readerLocale()): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "long" }).format(time);
}

/** The day alone; the text itself when it is no time. */
export function day(iso: string, language: string = readerLocale()): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(time);
}

/** "Anna, Bert and Chris". */
export function nameList(names: readonly string[], language: string = readerLocale()): string {
  return new Intl.ListFormat(language, { type: "conjunction" }).format(names);
}

export function percent(fraction: number, language: string = readerLocale()): string {
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(fraction);
}

/** Whole points, or tenths where they matter. */
export function points(value: number, language: string = readerLocale()): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1, useGrouping: false }).format(value);
}

/** Day and minute, short enough for a list; the text itself when it is no time. */
export function shortDateTime(iso: string, language: string = readerLocale()): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(time);
}

/** Bytes in the unit that fits. */
export function fileSize(bytes: number, language: string = readerLocale()): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  const unit = units[power] ?? "byte";
  const form = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language, form).format(bytes / 1000 ** power);
}
