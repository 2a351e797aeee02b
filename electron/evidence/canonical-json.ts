/** What JSON can hold (RFC 8259). */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/**
 * The one spelling of a JSON value (RFC 8785, JSON Canonicalization Scheme). Throws `TypeError` for what has none: numbers
 * that are not finite, and strings with lone surrogates.
 */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value === "boolean") {
    return String(value);
  }
  if (typeof value === "number") {
    return canonicalNumber(value);
  }
  if (typeof value === "string") {
    return canonicalString(value);
  }
  if (isList(value)) {
    return `[${value.map(canonicalJson).join(",")}]`;
  }
  // RFC 8785 3.2.3: by UTF-16 code units, which is how JavaScript compares.
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${canonicalString(name)}:${canonicalJson(member)}`).join(",")}}`;
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** RFC 8785 3.2.2.3: as ECMAScript writes numbers. */
function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) {
    throw new TypeError("JSON has finite numbers only");
  }
  return JSON.stringify(value);
}

/** RFC 8785 3.2.2.2: as ECMAScript escapes strings. */
function canonicalString(value: string): string {
  if (!value.isWellFormed()) {
    throw new TypeError("a lone surrogate is no character");
  }
  return JSON.stringify(value);
}
