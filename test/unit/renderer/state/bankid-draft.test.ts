import { describe, expect, test } from "vitest";
import { bankidDetails, EMPTY_BANKID, numberProblem } from "../../../../renderer/state/bankid-draft.ts";
import { bankidDetailsSchema } from "../../../../shared/order-details.ts";

const USUAL = { language: "sv", format: "plain", sealedBy: null } as const;

describe("an order to BankID", () => {
  test("is as the administrator has it, for whoever signs, as long as nothing is chosen", () => {
    const details = bankidDetails(EMPTY_BANKID, { ...USUAL, format: "simpleMarkdownV1" });
    expect(details).toEqual({
      provider: "bankid",
      personalNumber: null,
      language: "sv",
      format: "simpleMarkdownV1",
      start: "qr",
    });
    expect(bankidDetailsSchema.safeParse(details).success).toBe(true);
  });

  test("takes a number as people write it", () => {
    const draft = { ...EMPTY_BANKID, personalNumber: " 19811218-9876 ", language: "en" } as const;
    expect(bankidDetails(draft, USUAL)).toMatchObject({ personalNumber: "198112189876", language: "en" });
  });

  test.each([
    ["19811218-9875", "check-digit"],
    ["811218-9876", "not-twelve-digits"],
    ["19811318-9876", "no-date"],
  ])("is none with the number %s", (personalNumber, problem) => {
    const draft = { ...EMPTY_BANKID, personalNumber };
    expect(numberProblem(draft)).toBe(problem);
    expect(bankidDetails(draft, USUAL)).toBeNull();
  });

  test("blanks are no number", () => {
    expect(bankidDetails({ ...EMPTY_BANKID, personalNumber: "   " }, USUAL)).toMatchObject({ personalNumber: null });
  });
});
