import { expect, test } from "vitest";
import { pagesIn, parsePageRanges } from "../../../shared/page-ranges.ts";

const pages = (text: string, count: number): readonly number[] => pagesIn(parsePageRanges(text)!, count);

test.each([
  ["all", [1, 2, 3, 4, 5]],
  ["1-3,5", [1, 2, 3, 5]],
  ["5, 2", [2, 5]],
  ["2-", [2, 3, 4, 5]],
  ["1-2,2-4", [1, 2, 3, 4]],
  ["4-99", [4, 5]],
  ["6", []],
])("%s names its pages of five, each once", (text, expected) => {
  expect(pages(text, 5)).toEqual(expected);
});

test.each(["", "0", "3-1", "-2", "a", "1..3", "1,,2", "1-2-3", "99999999"])("%j is no choice of pages", (text) => {
  expect(parsePageRanges(text)).toBeNull();
});
