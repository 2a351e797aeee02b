import { expect, test } from "vitest";

import { canonicalJson, type JsonValue } from "../../../electron/evidence/canonical-json.ts";

test("the example of RFC 8785 3.2.2 comes out as in 3.2.3", () => {
  const input = String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`;
  expect(canonicalJson(JSON.parse(input) as JsonValue)).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

test("names are sorted as in the example of RFC 8785 3.2.3", () => {
  const input = String.raw`{
    "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
    "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
  }`;
  const values = Object.values(JSON.parse(canonicalJson(JSON.parse(input) as JsonValue)) as Record<string, string>);
  // "1" is first in every object of JavaScript; in the text it comes second.
  expect(values.toSorted()).toHaveLength(7);
  const inText = [...canonicalJson(JSON.parse(input) as JsonValue).matchAll(/:"([^"]*)"/gu)].map(([, value]) => value);
  expect(inText).toEqual([
    "Carriage Return",
    "One",
    "Control",
    "Latin Small Letter O With Diaeresis",
    "Euro Sign",
    "Emoji: Grinning Face",
    "Hebrew Letter Dalet With Dagesh",
  ]);
});

// RFC 8785, appendix B: IEEE 754 bits and their spelling.
test.each([
  ["0000000000000000", "0"],
  ["8000000000000000", "0"],
  ["0000000000000001", "5e-324"],
  ["7fefffffffffffff", "1.7976931348623157e+308"],
  ["4340000000000000", "9007199254740992"],
  ["44b52d02c7e14af6", "1e+23"],
  ["444b1ae4d6e2ef50", "1e+21"],
  ["3eb0c6f7a0b5ed8d", "0.000001"],
  ["41b3de4355555557", "333333333.33333343"],
])("the number %s is %s", (bits, text) => {
  expect(canonicalJson(Buffer.from(bits, "hex").readDoubleBE())).toBe(text);
});

test("what has no spelling in JSON is refused", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, "\uD800", { "\uDC00": 1 }]) {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  }
});
