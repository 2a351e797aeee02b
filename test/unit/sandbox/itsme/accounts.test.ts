import { expect, test } from "vitest";
import { accountByPhone, practiceAccounts, readablePhone } from "../../../../sandbox/itsme/accounts.ts";

test.each(["+32 470 00 00 02", "0470/00.00.02", "0032470000002", "32470000002", " (0470) 00-00-02 "])(
  "The number typed as %s is understood",
  (typed) => {
    expect(accountByPhone(typed)?.surname).toBe("Müller-Straße");
  },
);

test.each(["", "+32 470 00 00 99", "abc", "+33470000002", "470000002"])("Nobody has the number %s", (typed) => {
  expect(accountByPhone(typed)).toBeNull();
});

test("Numbers, names and national numbers are all different", () => {
  const all = practiceAccounts.length;
  expect(all).toBeGreaterThan(20);
  expect(new Set(practiceAccounts.map((account) => account.phone)).size).toBe(all);
  expect(new Set(practiceAccounts.map((account) => account.nationalNumber)).size).toBe(all);
  expect(new Set(practiceAccounts.map((account) => `${account.givenName} ${account.surname}`)).size).toBe(all);
});

test("A number is shown in groups", () => {
  expect(readablePhone("+32470000017")).toBe("+32 470 00 00 17");
});
