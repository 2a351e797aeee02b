const MAXIMUM_TEXT = 200;
const MAXIMUM_READ = 4096;

const MAIL = /[^\s@"'<>,;:]+@[^\s@"'<>,;:]+/gu;
const PHONE = /\+?\d[\d /-]{6,}\d/gu;

/**
 * What a service said of an error, as one short line that may be shown. SECURITY: the service may quote what it complains of, and a
 * failure is shown, kept and perhaps sent to a support.
 *
 * @param sent texts of the request that must not come back
 */
export function errorLine(raw: string, sent: readonly string[]): string {
  const isPage = /^\s*</u.test(raw);
  const line = (isPage ? "" : raw).replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
  const known = [...sent].filter((text) => text.trim().length > 1).toSorted((one, other) => other.length - one.length);
  const withoutSent = known.reduce((text, value) => text.replaceAll(value.trim(), "…"), line);
  return withoutSent.replaceAll(MAIL, "…").replaceAll(PHONE, "…").slice(0, MAXIMUM_TEXT);
}

/** The beginning of a body, as text. */
export const bodyText = (body: Uint8Array): string => new TextDecoder("utf-8").decode(body.slice(0, MAXIMUM_READ));

/** The texts in a value of JSON, however deep. */
export function leaves(value: unknown): readonly string[] {
  if (typeof value === "string") {
    return [value];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [];
}
