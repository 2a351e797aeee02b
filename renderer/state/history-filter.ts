import type { HistoryOutcome } from "../../shared/history.ts";
import type { HistoryQuery } from "../../shared/ipc.ts";
import type { EnvironmentKind } from "../../shared/profiles.ts";

/** What the person chose to see. Days as the date fields give them: "2026-11-28", or "" for none. */
export interface HistoryFilter {
  readonly text: string;
  readonly outcome: HistoryOutcome | "all";
  readonly environment: EnvironmentKind | "all";
  readonly from: string;
  /** The last day that is meant. */
  readonly to: string;
}

export const NO_FILTER: HistoryFilter = { text: "", outcome: "all", environment: "all", from: "", to: "" };

export const HISTORY_PAGE = 50;

/** Milliseconds: while somebody types, main is not asked for each letter. */
export const TYPING_PAUSE = 150;

export function isFiltered(filter: HistoryFilter): boolean {
  return JSON.stringify({ ...filter, text: filter.text.trim() }) !== JSON.stringify(NO_FILTER);
}

/** Days are the reader's own: they begin at his midnight. */
export function queryOf(filter: HistoryFilter, offset: number): HistoryQuery {
  return {
    text: filter.text.trim(),
    outcome: filter.outcome === "all" ? null : filter.outcome,
    environment: filter.environment === "all" ? null : filter.environment,
    from: midnight(filter.from, 0),
    to: midnight(filter.to, 1),
    offset,
    limit: HISTORY_PAGE,
  };
}

/** Null for a day that is typed half, and for years of more than four digits, which main does not take. */
function midnight(day: string, daysLater: number): string | null {
  const [year, month, date] = day.split("-").map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  const time = new Date(year, month - 1, date + daysLater);
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() > 9999 ? null : time.toISOString();
}
