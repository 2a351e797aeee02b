import { UsageError } from "./exit-status.ts";

/** The time of `--at`; now when it is not given. */
export function timeOf(at: string | null | undefined): Date {
  const time = at === null || at === undefined ? new Date() : new Date(at);
  if (Number.isNaN(time.getTime())) {
    throw new UsageError(`--at ${at}: not an ISO 8601 time, for example 2026-08-20T12:00:00Z`);
  }
  return time;
}
