import { expect, test } from "vitest";
import { Cursor } from "../../../electron/pdf/cursor.ts";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { ObjectParser } from "../../../electron/pdf/object-parser.ts";
import { isString } from "../../../electron/pdf/objects.ts";

const pattern = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, index) => 0x41 + (index % 26)));

function parse(text: string): Buffer | undefined {
  const object = new ObjectParser(new Cursor(memorySource(Buffer.from(text, "latin1")))).parse();
  return isString(object) ? Buffer.from(object.bytes) : undefined;
}

test.each([65_535, 65_536, 65_537, 131_072, 300_001])("a string of %i bytes is read to the last one", (length) => {
  const bytes = pattern(length);
  expect(parse(`(${bytes.toString("latin1")})`)?.equals(bytes)).toBe(true);
  expect(parse(`<${bytes.toString("hex")}>`)?.equals(bytes)).toBe(true);
});

test("escapes at the border of a piece are read as one", () => {
  expect(
    parse(`(${"x".repeat(65_535)}\\101\\n)`)
      ?.toString("latin1")
      .slice(-3),
  ).toBe("xA\n");
});

test("a string without end is given up before it fills the memory", () => {
  expect(() => parse(`(${"x".repeat(17 * 1024 * 1024)}`)).toThrow("A string or name is too long.");
});
