import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decodeStream } from "../../../electron/pdf/filters/decode-stream.ts";
import { dict, name, type PdfObject } from "../../../electron/pdf/objects.ts";

const options = { lenient: false, resolve: (object: PdfObject | undefined): PdfObject => object ?? null };
const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");

const decode = (
  filter: string | readonly string[],
  data: Uint8Array,
  parameters?: Readonly<Record<string, PdfObject>>,
) =>
  Buffer.from(
    decodeStream(
      dict({
        Filter: typeof filter === "string" ? name(filter) : filter.map(name),
        ...(parameters === undefined ? {} : { DecodeParms: dict(parameters) }),
      }),
      data,
      options,
    ),
  );

describe("the filters", () => {
  test("LZW decodes the example of ISO 32000-2 7.4.4.2", () => {
    const encoded = Uint8Array.of(0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01);
    expect([...decode("LZWDecode", encoded)]).toEqual([45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
  });

  test("LZW decodes across every change of width, with early change and without", () => {
    const text = Array.from({ length: 40_000 }, (_, index) => `${(index * 7919) % 10_007}`).join(",");
    for (const earlyChange of [0, 1] as const) {
      const decoded = decode("LZWDecode", encodeLzw(latin1(text), earlyChange), { EarlyChange: earlyChange });
      expect(decoded.toString("latin1") === text).toBe(true);
    }
  });

  test("ASCIIHex ignores white space and pads an odd digit with zero", () => {
    expect(decode("ASCIIHexDecode", latin1("48 65\n6C6c6F7>ff")).toString("latin1")).toBe("Hellop");
  });

  test("ASCII85 decodes what Python's base64.a85encode made", () => {
    expect(decode("ASCII85Decode", latin1('87cURD]i,"Ebo80~>')).toString()).toBe("Hello World!");
    expect(decode("ASCII85Decode", latin1("z87cU\nRDZ~>")).toString("latin1")).toBe("\0\0\0\0Hello");
  });

  test("run lengths decode as ISO 32000-2 7.4.5 says", () => {
    expect(decode("RunLengthDecode", Uint8Array.of(2, 1, 2, 3, 254, 9, 128, 5)).toJSON().data).toEqual([
      1, 2, 3, 9, 9, 9,
    ]);
  });

  test("Flate ignores what stands behind its data, and chains with others", () => {
    const data = Buffer.concat([deflateSync("structural"), latin1("\r\n")]);
    expect(decode("FlateDecode", data).toString()).toBe("structural");
    expect(decode(["ASCIIHexDecode", "FlateDecode"], latin1(`${data.toString("hex")}>`)).toString()).toBe("structural");
  });

  test("PNG predictors are undone as RFC 2083 section 6 defines them", () => {
    // Rows: None, Sub, Up, Average, Paeth over two bytes a pixel would all give these three-byte rows.
    const rows = [0, 10, 20, 30, 1, 10, 10, 10, 2, 1, 1, 1, 3, 6, 5, 5, 4, 1, 1, 1];
    expect([...decode("FlateDecode", deflateSync(Uint8Array.from(rows)), { Predictor: 15, Columns: 3 })]).toEqual([
      10, 20, 30, 10, 20, 30, 11, 21, 31, 11, 21, 31, 12, 22, 32,
    ]);
  });

  test("TIFF prediction is undone for 8 bits", () => {
    const data = deflateSync(Uint8Array.of(1, 2, 3, 1, 1, 1, 5, 5, 5, 1, 1, 1));
    expect([...decode("FlateDecode", data, { Predictor: 2, Colors: 3, Columns: 2 })]).toEqual([
      1, 2, 3, 2, 3, 4, 5, 5, 5, 6, 6, 6,
    ]);
  });

  test.each([
    ["FlateDecode", "no zlib data", "filter-broken"],
    ["ASCIIHexDecode", "xy>", "filter-broken"],
    ["ASCII85Decode", 's8W-"~>', "filter-broken"],
    ["RunLengthDecode", "\u0005ab", "filter-broken"],
    ["DCTDecode", "", "filter-unsupported"],
  ])("%s refuses %j", (filter, data, code) => {
    expect(() => decode(filter, latin1(data))).toThrow(expect.objectContaining({ name: "PdfProblem", code }));
  });
});

/** A plain encoder after the description in the TIFF 6.0 specification, section 13. */
function encodeLzw(bytes: Uint8Array, earlyChange: 0 | 1): Uint8Array {
  const output: number[] = [];
  let buffer = 0;
  let held = 0;
  let width = 9;
  const put = (code: number): void => {
    buffer = (buffer << width) | code;
    held += width;
    while (held >= 8) {
      held -= 8;
      output.push((buffer >> held) & 0xff);
      buffer &= (1 << held) - 1;
    }
  };
  let table = new Map<string, number>();
  let next = 258;
  const codeOf = (text: string): number => (text.length === 1 ? text.charCodeAt(0) : (table.get(text) ?? -1));
  put(256);
  let current = "";
  for (const byte of bytes) {
    const longer = current + String.fromCharCode(byte);
    if (longer.length === 1 || table.has(longer)) {
      current = longer;
      continue;
    }
    put(codeOf(current));
    table.set(longer, next);
    next += 1;
    if (next + earlyChange > 1 << width) {
      width += 1;
    }
    if (next >= 4094) {
      put(256);
      table = new Map();
      next = 258;
      width = 9;
    }
    current = String.fromCharCode(byte);
  }
  put(codeOf(current));
  next += 1;
  if (next + earlyChange > 1 << width) {
    width += 1;
  }
  put(257);
  width = 8;
  put(0);
  return Uint8Array.from(output);
}
