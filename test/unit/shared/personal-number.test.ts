import { describe, expect, test } from "vitest";
import { personalNumberProblem, plainPersonalNumber } from "../../../shared/personal-number.ts";

describe("a personal number", () => {
  test.each([
    // BankID's own example signature, and numbers that the Swedish tax agency gives out for tests.
    "191212127771",
    "191212121212",
    "198112189876",
    "201701102384",
    // A coordination number: the day plus 60.
    "197010632391",
  ])("%s is one", (number) => {
    expect(personalNumberProblem(number)).toBeNull();
  });

  test.each([
    ["", "not-twelve-digits"],
    ["8112189876", "not-twelve-digits"],
    ["1981121898761", "not-twelve-digits"],
    ["19811218987x", "not-twelve-digits"],
    // Digits of other scripts.
    ["١٩٨١١٢١٨٩٨٧٦", "not-twelve-digits"],
    ["198113189876", "no-date"],
    ["198102309876", "no-date"],
    ["198112009876", "no-date"],
    ["000112189876", "no-date"],
    ["198112189875", "check-digit"],
    ["198112189867", "check-digit"],
  ])("%s is none (%s)", (number, problem) => {
    expect(personalNumberProblem(number)).toBe(problem);
  });

  test("may be typed as people write it", () => {
    expect(plainPersonalNumber(" 19811218-9876 ")).toBe("198112189876");
    expect(plainPersonalNumber("1981 12 18\u20119876")).toBe("198112189876");
  });
});
