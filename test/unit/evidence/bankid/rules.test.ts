import { expect, test } from "vitest";

import { reportOf } from "../../../../electron/evidence/bankid/bankid-report.ts";
import { BANKID_RULES, type BankIdRule, RuleBroken, RuleSheet } from "../../../../electron/evidence/bankid/rules.ts";

const NOTHING = { data: undefined, signer: undefined, certificates: undefined, producedAt: undefined };
const ALL = Object.keys(BANKID_RULES) as BankIdRule[];

function sheetOf(outcomes: Partial<Record<BankIdRule, "passed" | "failed" | "not-checked" | "not-asked">>): RuleSheet {
  const sheet = new RuleSheet();
  for (const rule of ALL) {
    sheet.set(rule, outcomes[rule] ?? "passed");
  }
  return sheet;
}
const verdict = (sheet: RuleSheet): string => reportOf(sheet, NOTHING).verdict;

test("a failure stays one, whatever is said later", () => {
  const sheet = new RuleSheet();
  sheet.set("xml", "failed");
  sheet.set("xml", "passed");
  expect(sheet.judge("xml", true)).toBe(true);
  expect(sheet.outcomes.find(({ rule }) => rule === "xml")?.outcome).toBe("failed");
});

test("nothing that was not asked of anything passes", () => {
  expect(verdict(new RuleSheet())).toBe("failed");
});

test.each(ALL)("it takes every rule to pass: %s", (rule) => {
  expect(verdict(sheetOf({}))).toBe("passed");
  const isComparison = ["not-in-the-future", "visible-text", "visible-format", "hidden-data", "person"].includes(rule);
  expect(verdict(sheetOf({ [rule]: "not-asked" })) === "passed").toBe(isComparison);
  expect(verdict(sheetOf({ [rule]: "not-checked" }))).not.toBe("passed");
  expect(verdict(sheetOf({ [rule]: "failed" }))).toBe(rule === "root" ? "undecided" : "failed");
});

test("without a root it is undecided only when nothing else is wrong", () => {
  expect(verdict(sheetOf({ root: "failed", chain: "not-checked" }))).toBe("undecided");
  expect(verdict(sheetOf({ root: "failed", chain: "not-checked", policy: "failed" }))).toBe("failed");
  expect(verdict(sheetOf({ root: "failed", chain: "not-checked", policy: "not-checked" }))).toBe("failed");
});

test("rules that were attempted hold when nothing was thrown, and one fails when it was", () => {
  const sheet = new RuleSheet();
  expect(sheet.attempt(["shape", "ids"], () => 1)).toBe(1);
  const broken = sheet.attempt(["references", "algorithms"], () => {
    throw new RuleBroken("algorithms");
  });
  expect(broken).toBeUndefined();
  const found = new Map(sheet.outcomes.map(({ rule, outcome }) => [rule, outcome]));
  expect(["shape", "ids", "references", "algorithms"].map((rule) => found.get(rule as BankIdRule))).toEqual([
    "passed",
    "passed",
    "not-checked",
    "failed",
  ]);
  expect(() => sheet.attempt(["xml"], () => JSON.parse("{") as unknown)).toThrow(SyntaxError);
});
