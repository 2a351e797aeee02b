import { expect, test } from "vitest";
import { allowedMilliseconds, WorkLimitReached, workLimit } from "../../../electron/verify/work-limit.ts";

test("work below the limit goes on, work above it ends", () => {
  let worked = 0;
  const tick = workLimit(1000, () => worked);
  const lookAtTheClock = (): void => {
    for (let count = 0; count < 64; count += 1) {
      tick();
    }
  };
  worked = 7_900;
  expect(lookAtTheClock).not.toThrow();
  worked = 8_200;
  expect(lookAtTheClock).toThrow(WorkLimitReached);
});

test("a large file may cost more, but not without end", () => {
  expect(allowedMilliseconds(0)).toBeLessThan(10_000);
  expect(allowedMilliseconds(500_000_000)).toBe(58_000);
  expect(allowedMilliseconds(2 ** 50)).toBe(600_000);
});
