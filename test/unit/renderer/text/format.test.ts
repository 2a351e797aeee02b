import { expect, test } from "vitest";
import { dateTime, digestGroups, fileSize, nameList, points, shortDateTime } from "../../../../renderer/text/format.ts";
import { duration } from "../../../../shared/duration.ts";

test("a digest is shown whole, in eight groups of eight", () => {
  const digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  expect(digestGroups(digest)).toHaveLength(8);
  expect(digestGroups(digest).join("")).toBe(digest);
});

test("durations read like a clock, and time that is over is none", () => {
  expect(duration(65_000)).toBe("1:05");
  expect(duration(3_725_000)).toBe("1:02:05");
  expect(duration(-4_000)).toBe("0:00");
});

test("a time that is no time is shown as it is, never as 'Invalid Date'", () => {
  expect(dateTime("soon")).toBe("soon");
  expect(dateTime("2026-11-20T08:15:04Z", "en-GB")).toContain("2026");
});

test("names are joined as a sentence joins them", () => {
  expect(nameList(["Anna", "Bert", "Chris"], "en-GB")).toBe("Anna, Bert and Chris");
});

test("points have at most one decimal and no thousands separator", () => {
  expect(points(1234.56, "en-GB")).toBe("1234.6");
  expect(points(72, "en-GB")).toBe("72");
});

test("a list's time has day and minute, and a time that is no time is shown as it is", () => {
  expect(shortDateTime("soon")).toBe("soon");
  expect(shortDateTime("2026-11-20T08:15:04Z", "en-GB")).toMatch(/^20 Nov 2026, \d\d:15$/u);
});

test("sizes are in the unit that fits", () => {
  expect(fileSize(0, "en-GB")).toBe("0 byte");
  expect(fileSize(999, "en-GB")).toBe("999 byte");
  expect(fileSize(218_400, "en-GB")).toBe("218.4 kB");
  expect(fileSize(1_804_000, "en-GB")).toBe("1.8 MB");
  expect(fileSize(5e15, "en-GB")).toContain("GB");
});
