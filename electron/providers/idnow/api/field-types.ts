import { z } from "zod";

/**
 * The types of the manual (section 2.3) as schemas. Each message says the limit in words: it is shown to the person with
 * the field's name.
 */

export const text = (maximum: number) => z.string().max(maximum, `at most ${maximum} characters`);

export const someText = (maximum: number) =>
  text(maximum).refine((value) => value.trim() !== "", { error: "must not be empty", abort: true });

/** PN: MSISDN with "+", ITU-T E.164 allows 15 digits. */
export const phone = (maximum: number) =>
  text(maximum).regex(/^\+[1-9][0-9]{6,14}$/u, "an international number without blanks, as +491701234567");

/** DS: YYYY-MM-DD, a day that there is. */
export const day = z.string().refine(isDay, "a day as YYYY-MM-DD");

/** CC: ISO 3166 code in capital letters; some fields take three letters, two fit everywhere. */
export const country = (letters: 2 | 3) =>
  z
    .string()
    .regex(letters === 2 ? /^[A-Z]{2}$/u : /^[A-Z]{2,3}$/u, "the country's code of ISO 3166, as DE in capital letters");

export const email = (maximum: number) =>
  z
    .string()
    .trim()
    .max(maximum, `at most ${maximum} characters`)
    .regex(/^[^\s@]+@[^\s@]+$/u, "an e-mail address");

export const httpsUrl = (maximum: number) =>
  text(maximum).refine(
    // Placeholders in brackets ("[OrderID]") are no letters of a URL, but IDnow's own examples have them.
    (value) => URL.parse(value.replaceAll(/[[\]]/gu, ""))?.protocol === "https:",
    "an https address",
  );

/** Standard Base64 with padding (RFC 4648 section 4). */
export const base64 = (maximumBytes: number) =>
  z.string().superRefine((value, context) => {
    if (!isBase64(value)) {
      context.addIssue({ code: "custom", message: "Base64" });
    } else if (decodedLength(value) > maximumBytes) {
      context.addIssue({ code: "custom", message: `at most ${Math.floor(maximumBytes / 1_048_576)} MB` });
    }
  });

/** A text for an SMS; IDnow puts the code in its place. */
export const smsText = z.string().includes("[TAN]", { error: "must contain [TAN]" });

export const whole = z.number().int("a whole number");
export const points = z.number().min(0, "not below 0").max(14_400, "at most 14400 points");
export const pageNumber = whole.min(1, "from 1").max(1_000_000, "a page number");

export function isBase64(value: string): boolean {
  return value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/u.test(value);
}

function decodedLength(value: string): number {
  const padding = value.endsWith("==") ? 2 : value.endsWith("=") ? 1 : 0;
  return (value.length / 4) * 3 - padding;
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(value)) {
    return false;
  }
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
