import { describe, expect, test } from "vitest";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { isDict, ref } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../../electron/pdf/pdf-file.ts";
import { buildPdf } from "./build-pdf.ts";

const CATALOG = "<</Type/Catalog/Pages 2 0 R>>";
const open = (objects: Readonly<Record<number, string>>): PdfFile =>
  openPdf(memorySource(buildPdf({ objects: { 1: CATALOG, ...objects } })));
const page = (entries: string) =>
  open({ 2: "<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: `<</Type/Page/Parent 2 0 R${entries}>>` }).page(0);

describe("a page", () => {
  test("inherits boxes, rotation and resources from the nodes above it, the nearest first", () => {
    const pdf = open({
      2: "<</Type/Pages/Kids[4 0 R 5 0 R]/Count 3/MediaBox[0 0 100 200]/Rotate 90/Resources<</A 1>>>>",
      4: "<</Type/Page/Parent 2 0 R>>",
      5: "<</Type/Pages/Parent 2 0 R/Kids[6 0 R 7 0 R]/Count 2/CropBox[10 10 50 60]/Resources 9 0 R>>",
      6: "<</Type/Page/Parent 5 0 R/Rotate 0>>",
      7: "<</Type/Page/Parent 5 0 R/MediaBox[0 0 40 40]/UserUnit 2.5>>",
      9: "<</B 2>>",
    });
    const pages = [...pdf.pages()];
    expect(pages.map(({ rotate }) => rotate)).toEqual([90, 0, 90]);
    expect(pages.map(({ cropBox }) => cropBox)).toEqual([
      [0, 0, 100, 200],
      [10, 10, 50, 60],
      [10, 10, 40, 40],
    ]);
    expect(pages.map(({ resources }) => [...(resources?.entries.keys() ?? [])])).toEqual([["A"], ["B"], ["B"]]);
    expect(pages.map(({ userUnit }) => userUnit)).toEqual([1, 1, 2.5]);
    expect(pages.map(({ ref: { num } }) => pdf.pageIndexOf(ref(num)))).toEqual([0, 1, 2]);
    expect([0, 1, 2].map((index) => pdf.page(index))).toEqual(pages);
    expect(pdf.pageIndexOf(ref(5))).toBeUndefined();
  });

  test("has boxes whose corners are in order, the crop box cut to the media box", () => {
    expect(page("/MediaBox[612 792 0 0]/CropBox[-50 -50 300 300]")).toMatchObject({
      mediaBox: [0, 0, 612, 792],
      cropBox: [0, 0, 300, 300],
    });
    expect(page("/MediaBox[-100 -200 -50.5 -20]")).toMatchObject({ cropBox: [-100, -200, -50.5, -20] });
    expect(page("/MediaBox[0 0 100 100]/CropBox[200 200 300 300]").cropBox).toEqual([0, 0, 100, 100]);
  });

  test.each([
    ["0", 0],
    ["90", 90],
    ["-90", 270],
    ["450", 90],
    ["-540", 180],
    ["45", 0],
    ["90.0", 90],
  ])("that says /Rotate %s is turned by %i degrees", (value, degrees) => {
    expect(page(`/Rotate ${value}`).rotate).toBe(degrees);
  });
});

describe("a page tree", () => {
  test("whose counts are wrong is walked instead", () => {
    for (const count of [0, 1, 2, 7, -3]) {
      const pdf = open({
        2: `<</Type/Pages/Kids[4 0 R 5 0 R]/Count ${count}>>`,
        4: "<</Type/Page/Parent 2 0 R>>",
        5: "<</Type/Pages/Parent 2 0 R/Kids[6 0 R 7 0 R]/Count 9>>",
        6: "<</Type/Page/Parent 5 0 R>>",
        7: "<</Type/Page/Parent 5 0 R>>",
      });
      expect(pdf.pageCount()).toBe(3);
      expect(pdf.page(2).ref.num).toBe(7);
      expect(pdf.pageIndexOf(ref(7))).toBe(2);
      expect(() => pdf.page(3)).toThrow(expect.objectContaining({ code: "no-such-page" }));
    }
  });

  test("that runs in a circle is refused", () => {
    const pdf = open({
      2: "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
      3: "<</Type/Page/Parent 2 0 R>>",
      4: "<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>",
    });
    const refused = expect.objectContaining({ name: "PdfProblem" });
    expect(() => [...pdf.pages()]).toThrow(refused);
    expect(() => pdf.page(1)).toThrow(refused);
  });

  test("without pages counts none", () => {
    const pdf = open({ 2: "<</Type/Pages/Kids[]/Count 0>>" });
    expect(pdf.pageCount()).toBe(0);
    expect([...pdf.pages()]).toEqual([]);
    expect(isDict(pdf.catalog)).toBe(true);
  });
});
