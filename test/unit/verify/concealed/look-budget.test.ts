import { expect, test } from "vitest";
import { LookBudget, LookBudgetSpent } from "../../../../electron/verify/concealed/look-budget.ts";
import { searchConcealed } from "../../../../electron/verify/concealed/search-concealed.ts";
import { newDocument, stream } from "../../../attacks/raw-document.ts";
import { opened } from "./search.ts";

/** A clock that a look at it moves on. */
const clockOf = (step: number): (() => number) => {
  let now = 0;
  return () => (now += step);
};

test("work may be done until the time is used up", async () => {
  const budget = new LookBudget(100, clockOf(30));
  await budget.within(1, async () => {
    budget.spend(255);
    expect(() => budget.spend(256)).not.toThrow();
    expect(() => {
      for (let look = 0; look < 10; look += 1) {
        budget.spend(256);
      }
    }).toThrow(LookBudgetSpent);
  });
});

test("what one document leaves is for the next one", async () => {
  let now = 0;
  const budget = new LookBudget(100, () => now);
  await budget.within(0.5, async () => {
    now += 10;
  });
  await budget.within(1, async () => {
    now += 85;
    expect(() => budget.spend(256)).not.toThrow();
    now += 10;
    expect(() => budget.spend(256)).toThrow(LookBudgetSpent);
  });
});

test("the pages that the time did not suffice for are named, and those before them are judged", async () => {
  const pages = Array.from({ length: 40 }, (_, index) => 10 + index);
  const document = newDocument({
    1: "<< /Type /Catalog /Pages 2 0 R >>",
    2: `<< /Type /Pages /Kids [${pages.map((num) => `${num} 0 R`).join(" ")}] /Count 40 /MediaBox [0 0 300 200] >>`,
    4: stream(`BT /F1 18 Tf 50 150 Td (Pay) Tj ET ${"0 0 1 1 re n ".repeat(100)} 45 140 200 30 re f`),
    5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...Object.fromEntries(
      pages.map((num) => [
        num,
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
      ]),
    ),
  });
  const budget = new LookBudget(10, clockOf(1));
  const found = await budget.within(1, () => searchConcealed(opened(document), budget));
  expect(found.coveredPages.length).toBeGreaterThan(2);
  expect(found.unsearchedPages.length).toBeGreaterThan(2);
  expect([...found.coveredPages, ...found.unsearchedPages]).toEqual(pages.map((num) => num - 9));
});
