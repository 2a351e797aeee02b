import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Cursor } from "../../../electron/pdf/cursor.ts";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { ObjectParser } from "../../../electron/pdf/object-parser.ts";
import type { PdfObject } from "../../../electron/pdf/objects.ts";
import { serializeObject } from "../../../electron/pdf/serialize.ts";

const parse = (text: string | Uint8Array, lenient = false): PdfObject =>
  new ObjectParser(
    new Cursor(memorySource(typeof text === "string" ? Buffer.from(text, "latin1") : text)),
    lenient,
  ).parse();
const string = (text: string): unknown => {
  const object = parse(text);
  return object !== null && typeof object === "object" && "bytes" in object
    ? Buffer.from(object.bytes).toString("latin1")
    : object;
};

describe("the object parser", () => {
  test("reads numbers as ISO 32000-2 7.3.3 shows them", () => {
    expect(parse("[123 43445 +17 -98 0]")).toEqual([123, 43445, 17, -98, 0]);
    expect(parse("[34.5 -3.62 +123.6 4. -.002 0.0]")).toMatchObject(
      [34.5, -3.62, 123.6, 4, -0.002, 0].map((value) => ({ kind: "real", value })),
    );
  });

  test("reads integers exactly up to 2^53", () => {
    expect(parse("[9007199254740949 9007199254740991]")).toEqual([9007199254740949, 9007199254740991]);
    expect(parse("9007199254740993")).toMatchObject({ kind: "real", text: "9007199254740993" });
  });

  test("keeps a real as it was written", () => {
    expect(parse("0.10")).toEqual({ kind: "real", value: 0.1, text: "0.10" });
    expect(parse("007.50")).toEqual({ kind: "real", value: 7.5, text: "007.50" });
    expect(Buffer.from(serializeObject(parse("[0.10 -.5 99999999999999999999]"))).toString()).toBe(
      "[0.10 -.5 99999999999999999999]",
    );
  });

  test.each(["1e5", "--5", "1.2.3", "6#12", "5-3", "+", "."])("refuses %s, which is no number", (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ name: "PdfProblem", code: "object-broken" }));
  });

  test("reads strings as ISO 32000-2 7.3.4 shows them", () => {
    expect(
      string("(Strings can contain balanced parentheses ()\nand special characters ( * ! & } ^ %and so on) .)"),
    ).toBe("Strings can contain balanced parentheses ()\nand special characters ( * ! & } ^ %and so on) .");
    expect(string("(These \\\ntwo strings \\\r\nare the same.)")).toBe("These two strings are the same.");
    expect(string("(a\r\nb\rc\nd)")).toBe("a\nb\nc\nd");
    expect(string("(\\0053 \\053 \\53 \\n\\r\\t\\b\\f\\(\\)\\\\\\q)")).toBe("\u00053 + + \n\r\t\b\f()\\q");
    expect(string("<901FA>")).toBe("\x90\x1f\xa0");
    expect(string("<4E 6f\n76>")).toBe("Nov");
  });

  test("reads names as ISO 32000-2 table 4 shows them", () => {
    const names = [
      "/A;Name_With-Various***Characters?",
      "/1.2",
      "/$$",
      "/@pattern",
      "/.notdef",
      "/Lime#20Green",
      "/A#42",
    ];
    const decoded = ["A;Name_With-Various***Characters?", "1.2", "$$", "@pattern", ".notdef", "Lime Green", "AB"];
    expect(names.map((text) => parse(text))).toEqual(decoded.map((name) => ({ kind: "name", name })));
    expect(parse("/")).toEqual({ kind: "name", name: "" });
  });

  test("tells references from numbers", () => {
    expect(parse("[1 2 3 0 R 4]")).toEqual([1, 2, { kind: "ref", num: 3, gen: 0 }, 4]);
    expect(parse("[3 0 R/Name]")).toHaveLength(2);
    expect(parse("[3 %comment\n0 R]")).toEqual([{ kind: "ref", num: 3, gen: 0 }]);
  });

  test("reports keys that are written twice and keeps the last", () => {
    expect(parse("<</A 1/B 2/A 3/#41 4>>")).toEqual({
      kind: "dict",
      entries: new Map([
        ["A", 4],
        ["B", 2],
      ]),
      duplicates: ["A", "A"],
    });
  });

  test.each(["[", "<<", "(", "<", "<</A", "[1 2", "<<1 2>>", "endobj", "<4X>", "{", ")", ">", "]", ""])(
    "refuses the fragment %s",
    (text) => {
      expect(() => parse(text)).toThrow(expect.objectContaining({ name: "PdfProblem" }));
    },
  );

  test("stops at 500 levels of nesting", () => {
    const limit = expect.objectContaining({ name: "PdfProblem", code: "limit" });
    expect(() => parse("[".repeat(500) + "]".repeat(500))).toThrow(limit);
    expect(() => parse(`${"<</A".repeat(500)} 1${">>".repeat(500)}`)).toThrow(limit);
    expect(parse("[".repeat(100) + "]".repeat(100))).toHaveLength(1);
  });

  test("reads a large array without delay", () => {
    const count = 200_000;
    expect(parse(`[${"1 0 R ".repeat(count)}]`)).toHaveLength(count);
  });
});

const objects = fc.letrec<{ object: PdfObject }>((tie) => {
  const bytes = fc.uint8Array({ maxLength: 40 });
  const nameText = fc.string({
    unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
    maxLength: 12,
  });
  return {
    object: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      fc.constantFrom(null, true, false),
      fc.integer(),
      fc.maxSafeInteger(),
      fc.tuple(fc.constantFrom("", "-", "+"), fc.nat(99_999), fc.nat(99_999)).map(([sign, whole, part]): PdfObject => {
        const text = `${sign}${whole}.${part}`;
        return { kind: "real", value: Number(text), text };
      }),
      nameText.map((name): PdfObject => ({ kind: "name", name })),
      fc
        .tuple(bytes, fc.constantFrom("literal" as const, "hex" as const))
        .map(([value, form]): PdfObject => ({ kind: "string", bytes: value, form })),
      fc.tuple(fc.nat(8_388_607), fc.nat(65_535)).map(([num, gen]): PdfObject => ({ kind: "ref", num, gen })),
      fc.array(tie("object"), { maxLength: 6 }),
      fc
        .array(fc.tuple(nameText, tie("object")), { maxLength: 6 })
        .map((entries): PdfObject => ({ kind: "dict", entries: new Map(entries), duplicates: [] })),
    ),
  };
}).object;

describe("serializing and parsing", () => {
  test("gives back every object as it was", () => {
    fc.assert(
      fc.property(objects, (object) => {
        expect(parse(serializeObject(object))).toEqual(object);
      }),
      { numRuns: 500 },
    );
  });

  test("never writes an exponent", () => {
    expect(Buffer.from(serializeObject([1e-7, 0.1 + 0.2, -0.000001, 123456.789, -0])).toString()).toBe(
      "[0 0.3 0 123456.789 0]",
    );
    expect(() => serializeObject(Number.NaN)).toThrow(TypeError);
    expect(() => serializeObject(1e30)).toThrow(TypeError);
  });
});
