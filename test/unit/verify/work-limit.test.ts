import { expect, test } from "vitest";
import { allowedMilliseconds, WorkLimitReached, workLimit } from "../../../electron/verify/work-limit.ts";

/** Enough for one look at the clocks. */
function tickOften(tick: () => void): void {
  for (let count = 0; count < 64; count += 1) {
    tick();
  }
}

test("work below the limit goes on, work above it ends", () => {
  let worked = 0;
  const tick = workLimit(1000, { cpu: () => worked, wall: () => worked });
  worked = 7_900;
  expect(() => tickOften(tick)).not.toThrow();
  worked = 8_200;
  expect(() => tickOften(tick)).toThrow(WorkLimitReached);
});

test("time that a thread waited for its turn is no work", () => {
  let [worked, passed] = [0, 0];
  const tick = workLimit(1000, { cpu: () => worked, wall: () => passed });
  passed = 60_000;
  worked = 7_900;
  expect(() => tickOften(tick)).not.toThrow();
  worked = 8_200;
  expect(() => tickOften(tick)).toThrow(WorkLimitReached);
});

test("the real clocks end what does not end by itself", () => {
  // One byte that hangs: 8 s of work are too long for a test, so the thread's own clock is read as a hundred times faster.
  const faster = (clock: () => number) => () => 100 * clock();
  const tick = workLimit(1, {
    cpu: faster(() => process.threadCpuUsage().user / 1000),
    wall: faster(() => performance.now()),
  });
  expect(() => {
    for (const end = performance.now() + 10_000; performance.now() < end;) {
      tick();
    }
  }).toThrow(WorkLimitReached);
});

test("a large file may cost more, but not without end", () => {
  expect(allowedMilliseconds(0)).toBeLessThan(10_000);
  expect(allowedMilliseconds(500_000_000)).toBe(58_000);
  expect(allowedMilliseconds(2 ** 50)).toBe(600_000);
});
