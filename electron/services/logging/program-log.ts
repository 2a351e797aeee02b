import { basename } from "node:path";
import type { LogFiles } from "./log-files.ts";
import type { Redactor } from "./redact.ts";

export const LOG_LEVELS = ["info", "warning", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
/** What is written down at the least; "off": nothing. */
export type LogThreshold = LogLevel | "off";
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;

/** What the program writes down for support. SECURITY: everything passes the redactor before it reaches the disk. */
export interface ProgramLog {
  /** @param event a stable code ("signing.step"), never a sentence */
  write(level: LogLevel, event: string, facts?: LogFacts): void;
  /** A bug that was caught: its kind, its words as far as they are harmless, and where it came from. */
  unexpected(error: unknown, where?: string): void;
  /** Everything that is kept, as JSON lines. */
  text(): string;
}

const MAXIMUM_FACT_LENGTH = 500;
/** Longer words are nobody's message, and would keep the redactor busy. */
const MAXIMUM_REDACTED_LENGTH = 10_000;
const MAXIMUM_FRAMES = 8;

/** `SEALDESK_LOG`, as somebody set it for this program; everything where it is not set or is none of the words. */
export function logThreshold(word: string | undefined): LogThreshold {
  return [...LOG_LEVELS, "off" as const].find((threshold) => threshold === word?.toLowerCase()) ?? "info";
}

export function createProgramLog(
  files: LogFiles,
  redactor: Redactor,
  now: () => number,
  threshold: LogThreshold = "info",
): ProgramLog {
  const isWanted = (level: LogLevel): boolean =>
    threshold !== "off" && LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(threshold);
  const clean = (text: string): string =>
    text.length > MAXIMUM_REDACTED_LENGTH ? "[too long]" : redactor.redact(text).slice(0, MAXIMUM_FACT_LENGTH);
  const write: ProgramLog["write"] = (level, event, facts = {}) => {
    if (!isWanted(level)) {
      return;
    }
    const told = Object.entries(facts).map(([name, value]) => [name, typeof value === "string" ? clean(value) : value]);
    files.append(
      JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...(Object.fromEntries(told) as LogFacts) }),
    );
  };
  return {
    write,
    unexpected(error, where = "program") {
      const known = error instanceof Error;
      write("error", "unexpected", {
        where,
        kind: known ? error.name : typeof error,
        words: known ? error.message : "",
        frames: known ? framesOf(error) : "",
      });
    },
    text: () => files.text(),
  };
}

/** Function, file name and line of the first frames; no folders. */
function framesOf({ stack = "" }: Error): string {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /u.test(line))
    .slice(0, MAXIMUM_FRAMES)
    .map((line) => {
      const place = /(?:\(|at )([^()]*?):(\d+):\d+\)?$/u.exec(line);
      const name = /at (?:async )?([\w.#<>]+) \(/u.exec(line)?.[1] ?? "";
      return place === null
        ? ""
        : `${name} ${basename(place[1]?.replaceAll("\\", "/") ?? "")}:${place[2] ?? ""}`.trim();
    })
    .filter((frame) => frame !== "")
    .join(", ");
}
