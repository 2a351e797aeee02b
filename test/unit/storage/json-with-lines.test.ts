import fc from "fast-check";
import { expect, test } from "vitest";
import { parseWithLines } from "../../../electron/storage/json-with-lines.ts";

test("what JSON.parse reads is read the same", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(0, 2), (text, indent) => {
      const value: unknown = JSON.parse(text);
      expect(parseWithLines(JSON.stringify(value, null, indent))).toMatchObject({ ok: true, value: { value } });
    }),
  );
});

test("what JSON.parse refuses is refused", () => {
  const damaged = fc
    .tuple(fc.json({ maxDepth: 4 }), fc.nat(), fc.constantFrom("", ",", '"', "}", "]", "x", "\\", "\n", "-", "00"))
    .map(([text, at, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + 1));
  fc.assert(
    fc.property(damaged, (text) => {
      const own = parseWithLines(text);
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      // A name that stands twice is refused here alone.
      const isTwice = !own.ok && own.failure.what.includes("a second time");
      expect(own.ok || isTwice).toBe(isJson || isTwice);
    }),
  );
});

test.each([
  ['{\n  "a": 1\n  "b": 2\n}', 3, 3, '"," or "}" was expected'],
  ['{\n  "a": 1,\n}', 3, 1, "a name in double quotes was expected"],
  ["[1,\n 2", 2, 3, '"," or "]" was expected, and the file ends'],
  ["{'a': 1}", 1, 2, "a name in double quotes was expected"],
  ["", 1, 1, "a value was expected, and the file ends"],
  ["{}\n{}", 2, 1, "the end of the file was expected"],
  ['{"a": 1,\n"a": 2}', 2, 1, '"a" stands here a second time'],
])("%j is told with its line and column", (text, line, column, what) => {
  expect(parseWithLines(text)).toEqual({ ok: false, failure: { line, column, what } });
});

test("a file of brackets ends in an error, not in an overflow", () => {
  expect(parseWithLines("[".repeat(100_000))).toMatchObject({ ok: false, failure: { what: "too many levels" } });
});
