import { expect, test } from "vitest";
import { KnownBytes } from "../../../electron/pki/known-bytes.ts";

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));

function counting(most: number) {
  const made: string[] = [];
  const known = new KnownBytes(most, (given) => {
    const text = Buffer.from(given).toString("latin1");
    made.push(text.length > 10 ? "long" : text);
    if (text === "broken") {
      throw new Error("broken");
    }
    return { text };
  });
  return { made, known };
}

test("the same bytes give the same object, made once, wherever they lie", () => {
  const { made, known } = counting(10);
  const first = known.of(bytes("abc"));
  expect(known.of(bytes("xabcx").subarray(1, 4))).toBe(first);
  expect(made).toEqual(["abc"]);
});

test("other bytes never give another's object, also when they read alike as text", () => {
  const { known } = counting(10);
  // Bytes that are broken UTF-8 in several ways, and that differ in the last bit.
  const texts = ["\u00ff", "\u00fe", "\u00c3\u00bf", "", "\0", "\0\0", "a\0", "a"];
  expect(texts.map((text) => known.of(bytes(text)).text)).toEqual(texts);
  expect(texts.map((text) => known.of(bytes(text)).text)).toEqual(texts);
});

test("what was made does not change with the bytes that were given", () => {
  const known = new KnownBytes(10, (given) => ({ given }));
  const mine = bytes("abc");
  const kept = known.of(mine);
  mine[0] = 0x78;
  expect(Buffer.from(kept.given).toString()).toBe("abc");
  expect(Buffer.from(known.of(mine).given).toString()).toBe("xbc");
});

test("what was not used for longest is forgotten first", () => {
  const { made, known } = counting(2);
  for (const text of ["a", "b", "a", "c", "a", "b"]) {
    known.of(bytes(text));
  }
  expect(made).toEqual(["a", "b", "c", "b"]);
});

test("neither very long bytes nor failures are kept", () => {
  const { made, known } = counting(10);
  for (let time = 0; time < 2; time += 1) {
    known.of(new Uint8Array(9000));
    expect(() => known.of(bytes("broken"))).toThrow("broken");
  }
  expect(made).toEqual(["long", "broken", "long", "broken"]);
});
