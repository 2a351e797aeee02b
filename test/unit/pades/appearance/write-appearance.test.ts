import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { layOutMark } from "../../../../electron/pades/appearance/lay-out-mark.ts";
import { MarkFont } from "../../../../electron/pades/appearance/mark-font.ts";
import type { MarkImage } from "../../../../electron/pades/appearance/mark-image.ts";
import { viewerGeometry, writeAppearance } from "../../../../electron/pades/appearance/write-appearance.ts";
import { isDict, isName, isStream, ref } from "../../../../electron/pdf/objects.ts";
import type { PdfDict, PdfObject, PdfRef } from "../../../../electron/pdf/objects.ts";
import { markLines } from "../../../../shared/mark-lines.ts";
import { markFont } from "../../../interop/pades/sign-as.ts";

class Objects {
  readonly written = new Map<number, PdfObject>();
  #next = 1;

  allocate(): PdfRef {
    this.#next += 1;
    return ref(this.#next);
  }

  set(reference: PdfRef, object: PdfObject): void {
    this.written.set(reference.num, object);
  }

  dictionaries(): readonly PdfDict[] {
    return [...this.written.values()].map((object) => (isStream(object) ? object.dict : object)).filter(isDict);
  }
}

const font = await markFont();
const lines = markLines({
  signerName: "Zoë",
  claimedTime: new Date("2026-11-22T09:15:00Z"),
  utcOffsetMinutes: 0,
  reason: null,
  location: null,
  organisation: null,
  serial: null,
  provider: null,
  practice: false,
});
const glass: MarkImage = {
  width: 1,
  height: 2,
  colours: "gray",
  data: { kind: "samples", bytes: Uint8Array.of(0, 100) },
  alpha: Uint8Array.of(0, 255),
};

function write(options: { readonly pdfA1: boolean; readonly image: MarkImage | null }): Objects {
  const objects = new Objects();
  const size = { width: 150, height: 60 };
  const subset = new MarkFont(font);
  const drawing = layOutMark({ lines, layout: "picture-left", picture: options.image, qr: null }, size, subset);
  const mark = { drawing, font: subset, image: options.image };
  writeAppearance(objects, { ...size, rotate: 0, mark, transparency: !options.pdfA1, cidSet: options.pdfA1 });
  return objects;
}

/** Where a form's /Matrix takes the corners of its box (ISO 32000-2 12.5.5, algorithm "appearance streams"). */
function transformedBox(rotate: 0 | 90 | 180 | 270): readonly number[] {
  const { width, height, matrix } = viewerGeometry({ width: 150, height: 60, rotate });
  const [a, b, c, d, e, f] = matrix;
  const corners = [
    [0, 0],
    [width, 0],
    [0, height],
    [width, height],
  ].map(([x = 0, y = 0]) => [a * x + c * y + e, b * x + d * y + f] as const);
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

describe("the appearance", () => {
  test.each([0, 90, 180, 270] as const)("fills the widget's rectangle on a page turned by %i", (rotate) => {
    expect(transformedBox(rotate)).toEqual([0, 0, 150, 60]);
  });

  test("uses no device colour, which PDF/A allows only with a fitting output intent", () => {
    const text = JSON.stringify([...write({ pdfA1: false, image: null }).written.values()].map(entriesOf));
    expect(text).toContain("CalGray");
    expect(text).not.toMatch(/Device(?:Gray|RGB|CMYK)/u);
  });

  test("gives a transparent picture a soft mask", () => {
    const masks = write({ pdfA1: false, image: glass })
      .dictionaries()
      .filter((dictionary) => dictionary.entries.has("SMask"));
    expect(masks).toHaveLength(1);
  });

  test("keeps transparency out of PDF/A-1 and lists the font's glyphs there", () => {
    const dictionaries = write({ pdfA1: true, image: glass }).dictionaries();
    expect(dictionaries.filter((dictionary) => dictionary.entries.has("SMask"))).toEqual([]);
    expect(dictionaries.filter((dictionary) => dictionary.entries.has("CIDSet"))).toHaveLength(1);
  });

  test("mixes a picture behind the text with white where nothing may be transparent", () => {
    const objects = new Objects();
    const size = { width: 150, height: 60 };
    const subset = new MarkFont(font);
    const drawing = layOutMark({ lines, layout: "picture-behind", picture: glass, qr: null }, size, subset);
    writeAppearance(objects, {
      ...size,
      rotate: 0,
      mark: { drawing, font: subset, image: glass },
      transparency: false,
      cidSet: true,
    });
    const text = JSON.stringify([...objects.written.values()].map(entriesOf));
    expect(text).not.toMatch(/SMask|ExtGState/u);
    const image = [...objects.written.values()].find(
      (object) => isStream(object) && isName(object.dict.entries.get("Subtype"), "Image"),
    );
    // The first pixel is invisible, so white; the second is 100, of which a fifth is seen: 255 - (255 - 100) / 5.
    const bytes = isStream(image) && image.data.kind === "bytes" ? [...inflateSync(image.data.bytes)] : [];
    expect(bytes).toEqual([255, 224]);
  });

  test("embeds a font file much smaller than the font", () => {
    const file = [...write({ pdfA1: false, image: null }).written.values()].find(
      (object) => isStream(object) && object.dict.entries.has("Length1"),
    );
    const length = isStream(file) && file.data.kind === "bytes" ? file.data.bytes.length : Infinity;
    expect(length).toBeLessThan(font.length / 20);
  });

  test("without a mark is an empty drawing", () => {
    const objects = new Objects();
    const form = writeAppearance(objects, {
      width: 10,
      height: 10,
      rotate: 0,
      mark: null,
      transparency: true,
      cidSet: false,
    });
    expect(objects.written.size).toBe(1);
    const stream = objects.written.get(form.num);
    expect(isStream(stream) && isName(stream.dict.entries.get("Subtype"), "Form")).toBe(true);
  });
});

function entriesOf(object: PdfObject): unknown {
  if (isStream(object)) {
    return entriesOf(object.dict);
  }
  if (isDict(object)) {
    return Object.fromEntries([...object.entries].map(([key, value]) => [key, entriesOf(value)]));
  }
  return Array.isArray(object) ? object.map((item: PdfObject) => entriesOf(item)) : object;
}
