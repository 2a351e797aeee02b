import { expect, test } from "vitest";
import { ProgressLine, progressText } from "../../../cli/progress-line.ts";

test("says how many of how many, how fast, and how long it still takes", () => {
  expect(progressText(1_200, 20_000, 4_000)).toBe("1,200 of 20,000 files, 300/s, 1:03 left");
  expect(progressText(3, 5, 6_000)).toBe("3 of 5 files, 0.5/s, 0:04 left");
});

test("says only what is known while the folders are still being walked through", () => {
  expect(progressText(0, null, 0)).toBe("0 files");
  expect(progressText(50, null, 1_000)).toBe("50 files, 50/s");
});

function lineOn(isTTY: boolean) {
  let now = 0;
  const written: string[] = [];
  const line = new ProgressLine({ isTTY, write: (text) => written.push(text) }, () => now);
  return { line, written, wait: (milliseconds: number) => (now += milliseconds) };
}

test("writes nothing where nobody watches", () => {
  const { line, written, wait } = lineOn(false);
  wait(10_000);
  line.draw(5);
  line.clear();
  expect(written).toEqual([]);
});

test("is drawn a few times a second and wiped before a result is printed", () => {
  const { line, written, wait } = lineOn(true);
  line.draw(1);
  expect(written).toEqual([]);
  wait(1_000);
  line.draw(10);
  line.draw(11);
  expect(written).toEqual(["\r\u001B[K10 files, 10/s"]);
  line.clear();
  line.clear();
  expect(written).toHaveLength(2);
  expect(written[1]).toBe("\r\u001B[K");
});
