import { expect, test } from "vitest";
import { makeCodec } from "../../../tools/electron-stand-in/wire/codec.ts";

const codec = makeCodec({
  encode: (bytes) => Buffer.from(bytes).toString("base64"),
  decode: (text) => new Uint8Array(Buffer.from(text, "base64")),
});

/** What the engine's own structured clone makes of a value is what the codec has to make of it. */
const samples: readonly (readonly [string, unknown])[] = [
  ["undefined", undefined],
  ["special numbers", [NaN, Infinity, -Infinity, -0, 0, 1e300]],
  ["a bigint", -(2n ** 70n)],
  ["a date", new Date(1_234_567_890)],
  ["an invalid date", new Date(NaN)],
  ["a regular expression", /x+/giu],
  ["a map in a set in a map", new Map([[new Date(0), new Set([new Map([["a", null]])])]])],
  ["objects that look like tags", { $type: "date", $$type: { $type: 1 } }],
  ["an own __proto__ key", JSON.parse('{"__proto__": {"polluted": true}}')],
  ["undefined members", { a: undefined, b: [undefined] }],
  ["typed arrays", [new Uint8Array([1, 2]), new Int16Array([-1, 300]), new Float32Array([0.5])]],
  ["a view into the middle of a buffer", new Uint8Array(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2)],
  ["an array buffer", new Uint8Array([7, 8]).buffer],
  [
    "an instance of a class",
    new (class Point {
      readonly x = 1;
    })(),
  ],
];

test.each(samples)("%s is carried as by structured clone", (_name, value) => {
  expect(codec.decode(codec.encode(value))).toEqual(structuredClone(value));
});

test("prototypes cannot be polluted by what arrives", () => {
  codec.decode('{"__proto__":{"polluted":true}}');
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

test("errors keep their kind and message; unknown kinds become plain errors", () => {
  const range = codec.decode(codec.encode(new RangeError("too far")));
  expect(range).toBeInstanceOf(RangeError);
  expect(range).toMatchObject({ message: "too far" });
  const own = Object.assign(new Error("mine"), { name: "MyError" });
  expect(codec.decode(codec.encode(own))).toMatchObject({ name: "Error", message: "mine" });
});

test("Node's Buffer arrives as the Uint8Array that it is", () => {
  const back = codec.decode(codec.encode(Buffer.from("abc")));
  expect(Object.getPrototypeOf(back)).toBe(Uint8Array.prototype);
  expect(back).toEqual(new Uint8Array([97, 98, 99]));
});

test.each([
  ["a function", () => 1],
  ["a symbol", Symbol("x")],
  ["a promise", Promise.resolve()],
  ["a weak map", new WeakMap()],
])("%s is refused in structured clone's words", (_name, value) => {
  expect(() => codec.encode({ nested: [value] })).toThrow("could not be cloned");
});

test("a cycle is refused by name, and the codec still works afterwards", () => {
  const cycle: Record<string, unknown> = {};
  cycle["self"] = cycle;
  expect(() => codec.encode(cycle)).toThrow("cyclic");
  const shared = { n: 1 };
  expect(codec.decode(codec.encode([shared, shared]))).toEqual([{ n: 1 }, { n: 1 }]);
});

test("large buffers go beside the text", () => {
  const large = new Uint8Array(100_000).fill(9);
  const attachments: Uint8Array[] = [];
  const text = codec.encode({ large, small: new Uint8Array([1]) }, attachments);
  expect(text.length).toBeLessThan(200);
  expect(attachments).toEqual([large]);
  const buffers = attachments.map((bytes) => bytes.slice().buffer);
  expect(codec.decode(text, buffers)).toEqual({ large, small: new Uint8Array([1]) });
});
