import { describe, expect, test } from "vitest";
import { decodeMarkImage } from "../../../../electron/pades/appearance/decode-mark-image.ts";
import { decodeJpegSamples } from "../../../../electron/pades/appearance/jpeg-samples.ts";
import { encodePng } from "../../../../electron/pades/appearance/encode-png.ts";
import { importPicture } from "../../../../electron/pades/appearance/import-picture.ts";
import { shrink, upright } from "../../../../electron/pades/appearance/transform-image.ts";
import type { SampledImage } from "../../../../electron/pades/appearance/mark-image.ts";
import { BASELINE_JPEG, CMYK_JPEG, GRAY_JPEG, PROGRESSIVE_JPEG, TURNED_JPEG } from "./jpeg-fixtures.ts";

async function samples(bytes: Uint8Array): Promise<SampledImage> {
  const decoded = bytes[0] === 0xff ? await decodeJpegSamples(bytes) : decodeMarkImage(bytes);
  if (!decoded.ok) throw new Error(decoded.failure);
  return decoded.value as SampledImage;
}

function colourAt(image: SampledImage, x: number, y: number): "red" | "blue" | "other" {
  const at = (y * image.width + x) * 3;
  const [red = 0, green = 0, blue = 0] = image.data.bytes.subarray(at, at + 3);
  if (red > 200 && green < 70 && blue < 70) return "red";
  return blue > 120 && red < 90 && green < 90 ? "blue" : "other";
}

async function imported(bytes: Uint8Array) {
  const picture = await importPicture(bytes);
  if (!picture.ok) throw new Error(picture.failure);
  return picture.value;
}

describe("a JPEG that is chosen for a mark", () => {
  test.each([
    ["baseline", BASELINE_JPEG],
    ["progressive", PROGRESSIVE_JPEG],
  ])("stays as it is when it is %s", async (_kind, bytes) => {
    const picture = await imported(bytes);
    expect([picture.type, picture.width, picture.height]).toEqual(["jpeg", 32, 16]);
    const image = await samples(picture.bytes);
    expect([colourAt(image, 4, 8), colourAt(image, 28, 8)]).toEqual(["red", "blue"]);
  });

  test("may be gray", async () => {
    expect(await samples((await imported(GRAY_JPEG)).bytes)).toMatchObject({ colours: "gray", width: 32 });
  });

  test("in inverted CMYK becomes RGB with the same colours", async () => {
    const picture = await imported(CMYK_JPEG);
    expect(picture.type).toBe("png");
    const image = await samples(picture.bytes);
    expect([colourAt(image, 4, 8), colourAt(image, 28, 8)]).toEqual(["red", "blue"]);
  });

  test("is turned upright as its camera says, and loses where it was taken", async () => {
    // Orientation 6: what is stored has to be turned clockwise by 90 degrees to be seen right.
    expect(TURNED_JPEG.includes("Exif")).toBe(true);
    const picture = await imported(TURNED_JPEG);
    expect([picture.width, picture.height]).toEqual([16, 32]);
    const image = await samples(picture.bytes);
    expect([colourAt(image, 8, 4), colourAt(image, 8, 28)]).toEqual(["red", "blue"]);
    expect(Buffer.from(picture.bytes).includes("Exif")).toBe(false);
  });

  test("loses comments and camera data also when its pixels stay", async () => {
    const remark = Buffer.from("a secret place");
    const segment = Buffer.from([0xff, 0xfe, 0, remark.length + 2, ...remark]);
    const withRemark = Buffer.concat([BASELINE_JPEG.subarray(0, 2), segment, BASELINE_JPEG.subarray(2)]);
    const picture = await imported(withRemark);
    expect(Buffer.from(picture.bytes).includes("secret")).toBe(false);
    expect((await samples(picture.bytes)).width).toBe(32);
  });

  test("is refused when it is cut short, far too large or of a kind that PDF cannot show", async () => {
    const frame = BASELINE_JPEG.indexOf(Buffer.from([0xff, 0xc0]));
    const large = Buffer.from(BASELINE_JPEG);
    large.writeUInt16BE(60_000, frame + 5);
    large.writeUInt16BE(60_000, frame + 7);
    const arithmetic = Buffer.from(BASELINE_JPEG);
    arithmetic[frame + 1] = 0xc9;
    expect(await importPicture(large)).toMatchObject({ failure: "too-large" });
    expect(await importPicture(arithmetic)).toMatchObject({ failure: "unsupported" });
    expect(await importPicture(BASELINE_JPEG.subarray(0, 120))).toMatchObject({ failure: "damaged" });
    expect(await importPicture(Buffer.from("%PDF-1.7"))).toMatchObject({ failure: "not-an-image" });
    expect(await importPicture(Buffer.alloc(17 * 1024 * 1024, 0xff))).toMatchObject({ failure: "too-large" });
  });

  test("never throws, wherever a byte of it is wrong", async () => {
    for (let at = 2; at < BASELINE_JPEG.length; at += 3) {
      const broken = Buffer.from(BASELINE_JPEG);
      broken[at] = broken[at]! ^ 0xff;
      const outcome = await importPicture(broken);
      expect(typeof outcome.ok).toBe("boolean");
    }
  });
});

/** Two by three pixels numbered from the upper left, row by row: 1 2 / 3 4 / 5 6. */
const numbered: SampledImage = {
  width: 2,
  height: 3,
  colours: "gray",
  data: { kind: "samples", bytes: Uint8Array.of(1, 2, 3, 4, 5, 6) },
  alpha: Uint8Array.of(1, 2, 3, 4, 5, 6),
};

// Exif 2.32 4.6.4, "Orientation": which edges of what is seen the 0th row and the 0th column are.
test.each([
  [1, [1, 2, 3, 4, 5, 6]],
  [2, [2, 1, 4, 3, 6, 5]],
  [3, [6, 5, 4, 3, 2, 1]],
  [4, [5, 6, 3, 4, 1, 2]],
  [5, [1, 3, 5, 2, 4, 6]],
  [6, [5, 3, 1, 6, 4, 2]],
  [7, [6, 4, 2, 5, 3, 1]],
  [8, [2, 4, 6, 1, 3, 5]],
])("orientation %i is undone", (orientation, expected) => {
  const seen = upright(numbered, orientation);
  expect([...seen.data.bytes]).toEqual(expected);
  expect([...(seen.alpha ?? [])]).toEqual(expected);
  expect(seen.width).toBe(orientation >= 5 ? 3 : 2);
});

test("a large picture is averaged down, and what is invisible lends no colour", () => {
  const image: SampledImage = {
    width: 4,
    height: 2,
    colours: "gray",
    data: { kind: "samples", bytes: Uint8Array.of(10, 30, 0, 200, 20, 40, 0, 200) },
    alpha: Uint8Array.of(255, 255, 0, 255, 255, 255, 0, 255),
  };
  const small = shrink(image, 2);
  expect([small.width, small.height]).toEqual([2, 1]);
  expect([...small.data.bytes]).toEqual([25, 200]);
  expect([...(small.alpha ?? [])]).toEqual([255, 128]);
});

test("a PNG is read back as it was written", async () => {
  const written = await samples(encodePng(numbered));
  expect([...written.data.bytes]).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...(written.alpha ?? [])]).toEqual([1, 2, 3, 4, 5, 6]);
});
