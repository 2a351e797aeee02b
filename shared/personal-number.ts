/** What is wrong with it: a key of the words beside the field. */
export type PersonalNumberProblem = "not-twelve-digits" | "no-date" | "check-digit";

/** The number as it is sent: people write "19811218-9876". */
export const plainPersonalNumber = (typed: string): string => typed.replaceAll(/[\s\-\u2010-\u2013\u00AD]/gu, "");

/**
 * A Swedish personal identity number (Skatteverket SKV 704) or coordination number (SKV 707, the day plus 60) in the twelve
 * digits that BankID wants. Null: it may be one.
 */
export function personalNumberProblem(value: string): PersonalNumberProblem | null {
  if (!/^[0-9]{12}$/u.test(value)) {
    return "not-twelve-digits";
  }
  if (!isDate(Number(value.slice(0, 4)), Number(value.slice(4, 6)), Number(value.slice(6, 8)) % 60)) {
    return "no-date";
  }
  return hasCheckDigit(value.slice(2)) ? null : "check-digit";
}

function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1800 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The last of the ten digits, by Luhn's rule (ISO/IEC 7812-1 annex B). */
function hasCheckDigit(ten: string): boolean {
  const sum = Array.from(ten, Number).reduce((total, digit, index) => {
    const weighed = index % 2 === 0 ? digit * 2 : digit;
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return sum % 10 === 0;
}
