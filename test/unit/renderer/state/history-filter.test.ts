import { describe, expect, test } from "vitest";
import { isFiltered, NO_FILTER, queryOf } from "../../../../renderer/state/history-filter.ts";
import { historyQuerySchema } from "../../../../shared/ipc.ts";

describe("the history's filter", () => {
  test("asks for everything as long as nothing is chosen", () => {
    expect(queryOf(NO_FILTER, 50)).toEqual({
      text: "",
      outcome: null,
      environment: null,
      from: null,
      to: null,
      offset: 50,
      limit: 50,
    });
    expect(isFiltered(NO_FILTER)).toBe(false);
    expect(isFiltered({ ...NO_FILTER, text: "  " })).toBe(false);
    expect(isFiltered({ ...NO_FILTER, to: "2026-11-28" })).toBe(true);
  });

  test("takes whole days of the reader, the last one included", () => {
    const query = queryOf({ ...NO_FILTER, from: "2026-11-28", to: "2026-11-28" }, 0);
    expect(query.from).toBe(new Date(2026, 10, 28).toISOString());
    expect(query.to).toBe(new Date(2026, 10, 29).toISOString());
    // The last day of a month, and of a leap year's February.
    expect(queryOf({ ...NO_FILTER, to: "2028-02-29" }, 0).to).toBe(new Date(2028, 2, 1).toISOString());
  });

  test("leaves out a day that is typed half", () => {
    expect(queryOf({ ...NO_FILTER, from: "2026-11" }, 0).from).toBeNull();
    expect(queryOf({ ...NO_FILTER, from: "never" }, 0).from).toBeNull();
  });

  // A date field lets years grow to six digits.
  test.each(["2026-11-28", "9999-12-30", "9999-12-31", "10000-01-01", "202611-11-28", "275760-09-12"])(
    "asks main only what it takes when the day is %s",
    (day) => {
      const query = queryOf({ ...NO_FILTER, from: day, to: day }, 0);
      expect(historyQuerySchema.safeParse(query).success).toBe(true);
    },
  );

  test("takes days up to the year 9999", () => {
    expect(queryOf({ ...NO_FILTER, from: "9999-12-30" }, 0).from).toBe(new Date(9999, 11, 30).toISOString());
    expect(queryOf({ ...NO_FILTER, from: "10000-01-02" }, 0).from).toBeNull();
  });

  test("hands outcome and environment on, and words without spaces around them", () => {
    const query = queryOf({ ...NO_FILTER, text: " lease ", outcome: "not-signed", environment: "production" }, 0);
    expect(query).toMatchObject({ text: "lease", outcome: "not-signed", environment: "production" });
  });
});
