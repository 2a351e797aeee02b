import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { walkJson } from "../../../electron/storage/json-walk.ts";

const jsonFault = (text: string): number | null => walkJson(text)?.at ?? null;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("the place at which JSON ends", () => {
  test.each([
    ["", 0],
    ["{", 1],
    ['{"a": 1', 7],
    ['{"a": 1,}', 8],
    ["{a: 1}", 1],
    ['{"a" 1}', 5],
    ['{"a": 1 "b": 2}', 8],
    ["{'a': 1}", 1],
    ["[1, 2,]", 6],
    ["[1}", 2],
    ['{"a": 01}', 7],
    ['{"a": tru}', 6],
    ['{"a": "x\ny"}', 6],
    ['{"a": 1} b', 9],
    ["\u00a0{}", 0],
  ])("%j: character %i", (text, place) => {
    expect(jsonFault(text)).toBe(place);
  });

  test("is nowhere exactly where JSON.parse takes the text", () => {
    const signs = fc.constantFrom(
      ...'{}[],:"\\/ \n\ttrue null 0 1 -2.5e+3 \\u00e9 abnrt'.split(/(?<=.)/u),
      '"a"',
      "true",
    );
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", "x", ",", '"', "}", "]", ":", "0", "-", "\\", "\u0000"))
      .map(([text, at, sign]) => {
        const place = at % (text.length + 1);
        return `${text.slice(0, place)}${sign}${text.slice(place + 1)}`;
      });
    const texts = fc.oneof(
      fc.json(),
      damaged,
      fc.array(signs, { maxLength: 12 }).map((list) => list.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(jsonFault(text) === null).toBe(isJson(text));
      }),
      { numRuns: 3_000 },
    );
  });

  test("is found in a text of any depth", () => {
    const deep = "[".repeat(50_000);
    expect(jsonFault(`${deep}${"]".repeat(50_000)}`)).toBeNull();
    expect(jsonFault(deep)).toBe(50_000);
  });
});
