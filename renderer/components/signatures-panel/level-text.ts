import type { SignatureReport } from "../../../shared/verification.ts";
import { text } from "../../text/text.ts";

/** The verifier's code for each rule of EN 319 142-1 that keeps a signature from being a baseline one. */
export const MISSED_RULE = "level.not-baseline";

/** "PAdES B-T", or why it is none. */
export function levelText({ type, level, reasons }: SignatureReport): string {
  if (type === "document-timestamp") return text("signature.format-timestamp");
  if (level !== null) return `PAdES ${level}`;
  const missed = reasons.filter(({ code }) => code === MISSED_RULE).map(({ message }) => message);
  return missed.length === 0 ? text("signature.format-none") : missed.join(" ");
}
