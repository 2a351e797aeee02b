import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decodeMarkImage } from "../../../../electron/pades/appearance/decode-mark-image.ts";

function chunk(type: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, "latin1"), data, Buffer.alloc(4)]);
}

interface PngParts {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colourType: number;
  readonly interlace?: number;
  /** Filter byte and bytes of each row, as stored. */
  readonly rows: readonly (readonly number[])[];
  readonly before?: readonly Buffer[];
}

function png(parts: PngParts): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(parts.width, 0);
  header.writeUInt32BE(parts.height, 4);
  header.set([parts.depth, parts.colourType, 0, 0, parts.interlace ?? 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    ...(parts.before ?? []),
    chunk("IDAT", deflateSync(Uint8Array.from(parts.rows.flat()))),
    chunk("IEND", new Uint8Array()),
  ]);
}

const samplesOf = (bytes: Uint8Array) => {
  const image = decodeMarkImage(bytes);
  return image.ok
    ? { ...image.value, samples: [...image.value.data.bytes], alpha: image.value.alpha && [...image.value.alpha] }
    : image;
};

describe("a PNG for the mark", () => {
  test("is read through every row filter", () => {
    // Worked by hand from ISO/IEC 15948 clause 9: every row decodes to 10 20 30.
    const rows = [
      [0, 10, 20, 30],
      [1, 10, 10, 10],
      [2, 0, 0, 0],
      // Average of left and up: 0+10>>1=5, 10+20>>1=15, 20+30>>1=25.
      [3, 5, 5, 5],
      // Paeth: up, then left 10 / up 20 / corner 10 predicts 20, then left 20 / up 30 / corner 20 predicts 30.
      [4, 0, 0, 0],
    ];
    const image = samplesOf(png({ width: 3, height: 5, depth: 8, colourType: 0, rows }));
    expect(image).toMatchObject({ colours: "gray", alpha: null });
    expect("samples" in image && image.samples).toEqual(Array.from({ length: 5 }, () => [10, 20, 30]).flat());
  });

  test("keeps its transparency", () => {
    const rows = [[0, 255, 0, 0, 128, 0, 255, 0, 255]];
    expect(samplesOf(png({ width: 2, height: 1, depth: 8, colourType: 6, rows }))).toMatchObject({
      colours: "rgb",
      samples: [255, 0, 0, 0, 255, 0],
      alpha: [128, 255],
    });
  });

  test("needs no mask when nothing in it is transparent", () => {
    const rows = [[0, 7, 255]];
    expect(samplesOf(png({ width: 1, height: 1, depth: 8, colourType: 4, rows }))).toMatchObject({ alpha: null });
  });

  test("may have a palette with transparent entries and less than a byte a pixel", () => {
    const before = [chunk("PLTE", Uint8Array.of(1, 2, 3, 4, 5, 6)), chunk("tRNS", Uint8Array.of(0))];
    const rows = [[0, 0b1010_0000]];
    expect(samplesOf(png({ width: 3, height: 1, depth: 1, colourType: 3, rows, before }))).toMatchObject({
      samples: [4, 5, 6, 1, 2, 3, 4, 5, 6],
      alpha: [255, 0, 255],
    });
  });

  test("may have 16 bits a sample", () => {
    const rows = [[0, 0x12, 0x34]];
    expect(samplesOf(png({ width: 1, height: 1, depth: 16, colourType: 0, rows }))).toMatchObject({ samples: [0x12] });
  });

  test("may be interlaced", () => {
    // Adam7 of two by two pixels, from ISO/IEC 15948 8.2: pass 1 has (0,0), pass 6 (1,0), pass 7 the second row.
    const rows = [
      [0, 10],
      [0, 20],
      [0, 30, 40],
    ];
    const parts = { width: 2, height: 2, depth: 8, colourType: 0, interlace: 1, rows };
    expect(samplesOf(png(parts))).toMatchObject({ samples: [10, 20, 30, 40] });
  });

  test("is refused when it is too large, cut short or a deflate bomb", () => {
    const base = { width: 1, height: 1, depth: 8, colourType: 0, rows: [[0, 1]] };
    expect(decodeMarkImage(png({ ...base, width: 60_000, height: 60_000 }))).toMatchObject({ failure: "too-large" });
    expect(decodeMarkImage(png({ ...base, height: 2 }))).toMatchObject({ failure: "damaged" });
    expect(decodeMarkImage(png({ ...base, rows: [Array.from({ length: 100_000 }, () => 0)] }))).toMatchObject({
      failure: "damaged",
    });
    expect(decodeMarkImage(png(base).subarray(0, 40))).toMatchObject({ failure: "damaged" });
  });
});

describe("a JPEG for the mark", () => {
  const jpeg = (components: number, precision = 8, marker = 0xc0): Uint8Array =>
    Uint8Array.of(
      0xff,
      0xd8,
      0xff,
      0xe0,
      0,
      4,
      0,
      0,
      0xff,
      marker,
      0,
      17,
      precision,
      0,
      40,
      0,
      60,
      components,
      0,
      0,
      0,
    );

  test("goes into the document as it is, with the size of its frame header", () => {
    const bytes = jpeg(3);
    expect(decodeMarkImage(bytes)).toEqual({
      ok: true,
      value: { width: 60, height: 40, colours: "rgb", data: { kind: "jpeg", bytes }, alpha: null },
    });
  });

  test("may be progressive and may be gray", () => {
    expect(decodeMarkImage(jpeg(1, 8, 0xc2))).toMatchObject({ value: { colours: "gray" } });
  });

  test("is refused in CMYK, with 12 bits, or without a frame", () => {
    expect(decodeMarkImage(jpeg(4))).toMatchObject({ failure: "unsupported" });
    expect(decodeMarkImage(jpeg(3, 12))).toMatchObject({ failure: "unsupported" });
    expect(decodeMarkImage(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9))).toMatchObject({ failure: "damaged" });
  });
});

test("anything else is no image", () => {
  expect(decodeMarkImage(Buffer.from("GIF89a"))).toMatchObject({ failure: "not-an-image" });
  expect(decodeMarkImage(new Uint8Array())).toMatchObject({ failure: "not-an-image" });
});
