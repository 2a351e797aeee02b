import type { Reason } from "../../shared/verification.ts";

/** SECURITY: names from a file must not move the cursor or colour a terminal. */
export const clean = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, "\uFFFD");

export function reasonText({ code, message, offset }: Reason): string {
  const place = offset === undefined ? "" : ` at byte ${offset}`;
  return `${clean(message)} [${code}${place}]`;
}

export const reasonJson = ({ code, message, offset }: Reason): object =>
  offset === undefined ? { code, message } : { code, message, offset };
