import { describe, expect, test } from "vitest";
import { best, mayRunAgain, ratio } from "../../../bench/statistics.ts";

test("the best of some figures is the smallest, and there is none of nothing", () => {
  expect(best([0.3, 0.1, 0.2])).toBe(0.1);
  expect(best([])).toBeUndefined();
});

test("a ratio says how many times the base a figure is", () => {
  expect(ratio(3, 2)).toBe(1.5);
});

test("there is no ratio to what is not known or to nothing", () => {
  expect(ratio(undefined, 2)).toBeUndefined();
  expect(ratio(3, undefined)).toBeUndefined();
  expect(ratio(3, 0)).toBeUndefined();
});

describe("running again", () => {
  const limit = { runs: 3, seconds: 1 };

  test("every tool is run once, however long it takes", () => {
    expect(mayRunAgain([], { runs: 3, seconds: 0 })).toBe(true);
  });

  test("a quick tool is run until the runs are done", () => {
    expect(mayRunAgain([0.1, 0.1], limit)).toBe(true);
    expect(mayRunAgain([0.1, 0.1, 0.1], limit)).toBe(false);
  });

  test("a slow tool is not run again when its time is used up", () => {
    expect(mayRunAgain([0.6], limit)).toBe(true);
    expect(mayRunAgain([0.6, 0.6], limit)).toBe(false);
    expect(mayRunAgain([20], limit)).toBe(false);
  });
});
