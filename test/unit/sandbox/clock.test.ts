import { expect, test } from "vitest";
import { sandboxClock } from "../../../sandbox/clock.ts";

test("The clock runs with its base and stays ahead by what it was advanced", () => {
  let base = 1000;
  const clock = sandboxClock(() => base);
  clock.advance(500);
  base = 2000;
  expect(clock.now()).toBe(2500);
});

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("The clock refuses to move by %d", (milliseconds) => {
  expect(() => sandboxClock(() => 0).advance(milliseconds)).toThrow(RangeError);
});
