import { text } from "./text.ts";

const DAY = 24 * 3600 * 1000;
/** Renewing takes people about a month. */
const WARNING_DAYS = 30;

/** What to say about the end of a certificate's validity (ISO 8601); null as long as it is far away. */
export function expiryWarning(validUntil: string, now: number): string | null {
  const left = Date.parse(validUntil) - now;
  if (Number.isNaN(left)) return null;
  if (left < 0) return text("certificate.has-expired");
  const days = Math.floor(left / DAY);
  if (days === 0) return text("certificate.expires-today");
  return days <= WARNING_DAYS ? text("certificate.expires-soon", { count: days }) : null;
}
