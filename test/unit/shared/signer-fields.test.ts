import { describe, expect, it, test } from "vitest";
import { idnowDetailsSchema, idnowSignerSchema } from "../../../shared/order-details.ts";
import { fieldProblem, plainValue, repeatedMobiles } from "../../../shared/signer-fields.ts";
import type { SignerField } from "../../../shared/signer-fields.ts";

const signer = { givenName: "Erika", surname: "Mustermann", email: "erika@example.com", mobile: "+491701234567" };

describe("what is wrong with a field", () => {
  it.each<readonly [SignerField, string, string | null]>([
    ["givenName", "Erika", null],
    ["givenName", "Ángel-José", null],
    ["givenName", "", "missing"],
    // IDnow's Address.Firstname: 50 characters.
    ["givenName", "a".repeat(50), null],
    ["givenName", "a".repeat(51), "too-long"],
    ["surname", "Muster\nmann", "not-text"],
    ["email", "erika.m+seal@mail.example.com", null],
    ["email", "erika", "not-an-address"],
    ["email", "erika@example", "not-an-address"],
    ["email", "erika@example.com.", "not-an-address"],
    ["email", "erika @example.com", "not-an-address"],
    ["email", "a@b@example.com", "not-an-address"],
    ["email", `${"a".repeat(45)}@ex.de`, "too-long"],
    ["mobile", "+491701234567", null],
    ["mobile", "01701234567", "no-country"],
    ["mobile", "+4917012345a7", "not-a-number"],
    // ITU-T E.164: 15 digits at the most, and no country code begins with 0.
    ["mobile", "+123456789012345", null],
    ["mobile", "+1234567890123456", "not-a-number"],
    ["mobile", "+0701234567", "not-a-number"],
    ["mobile", "", "missing"],
  ])("%s %j: %j", (field, value, problem) => {
    expect(fieldProblem(field, value)).toBe(problem);
    // Main's schema objects exactly when the form does.
    expect(idnowSignerSchema.safeParse({ ...signer, [field]: value }).success).toBe(problem === null);
  });
});

test.each([
  ["+49 170 1234567", "+491701234567"],
  ["0049 (170) 12 34-567", "+491701234567"],
  ["+49 (0)170/1234567", "+491701234567"],
  ["+32 470.12.34.56", "+32470123456"],
  ["+49\u00A0170\u20131234567", "+491701234567"],
  ["0170 1234567", "01701234567"],
  ["call me", "callme"],
])("the number typed as %j is sent as %j", (typed, sent) => {
  expect(plainValue("mobile", typed)).toBe(sent);
});

test("blanks around a name or an address are not sent", () => {
  expect(plainValue("surname", "  van den Berg ")).toBe("van den Berg");
  expect(plainValue("email", "erika@example.com ")).toBe("erika@example.com");
  expect(idnowSignerSchema.parse({ ...signer, email: "erika@example.com " }).email).toBe("erika@example.com");
});

test("a number that two signers share is told for the later one", () => {
  expect(repeatedMobiles(["+491", "+492", "+491", "", ""])).toEqual([2]);
});

test("an order has one to eight signers, and boxes with words", () => {
  const order = {
    provider: "idnow",
    signers: [signer],
    signatureType: "QES",
    codeEntry: "page",
    showIdentification: false,
    keepIdentification: false,
    checkboxes: ["I have read the conditions"],
    robot: null,
  };
  const accepts = (change: object): boolean => idnowDetailsSchema.safeParse({ ...order, ...change }).success;
  expect(accepts({})).toBe(true);
  expect(accepts({ signers: [] })).toBe(false);
  expect(accepts({ signers: Array.from({ length: 8 }, () => signer) })).toBe(true);
  expect(accepts({ signers: Array.from({ length: 9 }, () => signer) })).toBe(false);
  // IDnow's AdditionalCheckboxes: 300 characters each.
  expect(accepts({ checkboxes: ["a".repeat(300)] })).toBe(true);
  expect(accepts({ checkboxes: ["a".repeat(301)] })).toBe(false);
  expect(accepts({ checkboxes: [" "] })).toBe(false);
});
