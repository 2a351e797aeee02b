import { describe, expect, test } from "vitest";

import { isLocked, stricter } from "../../../electron/verify/permissions.ts";

describe("field locks (ISO 32000-2 table 236)", () => {
  test("with Include hold the named fields and what is below them", () => {
    const locks = [{ action: "Include", fields: ["form.total"] }] as const;
    expect(isLocked(locks, "form.total")).toBe(true);
    expect(isLocked(locks, "form.total.cents")).toBe(true);
    expect(isLocked(locks, "form.totals")).toBe(false);
  });

  test("with Exclude hold all others, with All everything", () => {
    expect(isLocked([{ action: "Exclude", fields: ["free"] }], "free")).toBe(false);
    expect(isLocked([{ action: "Exclude", fields: ["free"] }], "other")).toBe(true);
    expect(isLocked([{ action: "All", fields: [] }], "any")).toBe(true);
    expect(isLocked([], "any")).toBe(false);
  });
});

test("of two certifications the stricter one counts", () => {
  expect(stricter(2, 1)).toBe(1);
  expect(stricter(undefined, 3)).toBe(3);
  expect(stricter(undefined, undefined)).toBeUndefined();
});
