/**
 * What IDnow asks of the people who are to sign (`putOrder`: Address, Email, Mobile). One set of rules for main's schema and for the
 * form, which says what is wrong beside each field.
 */
export const SIGNER_FIELDS = ["givenName", "surname", "email", "mobile"] as const;
export type SignerField = (typeof SIGNER_FIELDS)[number];

/** What is wrong with one field: a key of the words beside it. */
export type FieldProblem = "missing" | "too-long" | "not-text" | "not-an-address" | "no-country" | "not-a-number";

export const MAXIMUM_SIGNERS = 8;
export const MAXIMUM_CHECKBOXES = 10;
export const MAXIMUM_CHECKBOX_LENGTH = 300;
/** Of the identifier under which Fourthline knows a person. */
export const MAXIMUM_REFERENCE_LENGTH = 100;

/** Characters; IDnow's own limits. */
const MAXIMUM_LENGTH = 50;

/** HTML Living Standard 4.10.5.1.5 ("valid e-mail address"), here with a dot in the domain: nobody is reached on a bare host. */
const EMAIL =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+$/u;

/** ITU-T E.164: a country code that begins with 1 to 9, and at most 15 digits in all. */
const MOBILE = /^\+[1-9][0-9]{6,14}$/u;

/** Null: the value, trimmed already, is good. */
export function fieldProblem(field: SignerField, value: string): FieldProblem | null {
  const general = lineProblem(value, MAXIMUM_LENGTH);
  if (general !== null) return general;
  switch (field) {
    case "givenName":
    case "surname":
      return null;
    case "email":
      return EMAIL.test(value) ? null : "not-an-address";
    case "mobile":
      if (MOBILE.test(value)) return null;
      return /^[0-9]+$/u.test(value) ? "no-country" : "not-a-number";
  }
}

/** One line of text without control characters. */
export function lineProblem(value: string, maximum: number): FieldProblem | null {
  if (value === "") return "missing";
  if (value.length > maximum) return "too-long";
  return /^\P{Cc}*$/u.test(value) ? null : "not-text";
}

/** The value as it is sent: a phone number without what people put between its digits. */
export function plainValue(field: SignerField, typed: string): string {
  const value = typed.trim();
  if (field !== "mobile") return value;
  // "+49 (0) 170 …": the zero is for callers from inside the country.
  return value.replaceAll(/\(0\)|[\s()./\-\u2010-\u2013\u00AD]/gu, "").replace(/^00/u, "+");
}

/**
 * The places in the list whose number somebody before has too. Signing is certain to fail then: the code must reach the signer
 * alone.
 */
export function repeatedMobiles(mobiles: readonly string[]): readonly number[] {
  return mobiles.flatMap((mobile, index) => (mobile !== "" && mobiles.indexOf(mobile) < index ? [index] : []));
}

/** Enough to know one's own telephone by, not enough to learn a number ("+49 *** 4567"). */
export function maskedNumber(number: string): string {
  return `${number.slice(0, 3)} *** ${number.slice(-4)}`;
}
