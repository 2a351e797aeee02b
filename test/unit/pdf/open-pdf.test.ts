import { describe, expect, test } from "vitest";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { isStream, name, ref } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../../electron/pdf/pdf-file.ts";
import { buildPdf, simplePdf, streamBody } from "./build-pdf.ts";

const open = (bytes: Uint8Array | string): PdfFile =>
  openPdf(memorySource(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes));
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
const problem = (code: string): unknown => expect.objectContaining({ name: "PdfProblem", code });
const row = (offset: number, gen = 0, kind = "n"): string =>
  `${String(offset).padStart(10, "0")} ${String(gen).padStart(5, "0")} ${kind} \n`;

/** An update by hand: objects, then a table with their rows and any further ones. */
function update(before: string, objects: Readonly<Record<number, string>>, further = "", trailer = ""): string {
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(before)?.[1] ?? "";
  let whole = before;
  let table = "";
  for (const [num, body] of Object.entries(objects)) {
    table += `${num} 1\n${row(whole.length)}`;
    whole += `${num} 0 obj\n${body}\nendobj\n`;
  }
  return `${whole}xref\n${table}${further}trailer\n<</Size 20/Root 1 0 R/Prev ${previous}${trailer}>>\nstartxref\n${whole.length}\n%%EOF\n`;
}

describe("opening a file", () => {
  test.each(["table", "stream"] as const)("finds its revisions, each as it was (%s)", (style) => {
    const first = text(simplePdf(1, { style, objects: { 8: "(one)" } }));
    const second = update(first, { 8: "(two)" });
    const third = update(second, { 12: "(three)" }, `8 1\n${row(0, 1, "f")}`);
    const pdf = open(third);
    expect(pdf.revisions.map(({ end }) => end)).toEqual([first, second, third].map(({ length }) => length));
    expect(pdf.revisions.map((revision) => revision.entries.size)).toEqual([style === "table" ? 9 : 10, 1, 2]);
    const seen = [0, 1, 2].map((index) => pdf.atRevision(index).fetch(ref(8)));
    expect(seen.map((object) => (object === null ? null : text((object as { bytes: Uint8Array }).bytes)))).toEqual([
      "one",
      "two",
      null,
    ]);
    expect(pdf.atRevision(1).fetch(ref(12))).toBeNull();
    expect(pdf.atRevision(0).source.size).toBe(first.length);
    expect(() => pdf.atRevision(3)).toThrow(RangeError);
  });

  test("takes the higher version of header and catalog", () => {
    const catalog = (version: string): PdfFile =>
      open(simplePdf(1, { objects: { 1: `<</Type/Catalog/Pages 2 0 R/Version/${version}>>` } }));
    expect(catalog("2.0").version).toBe("2.0");
    expect(catalog("1.4").version).toBe("1.7");
    expect(catalog("x").version).toBe("1.7");
  });

  test("reads entries of other widths than 20 bytes when they are unambiguous", () => {
    const proper = text(simplePdf(2));
    for (const ending of ["\n", "\r", "  \n", " \r\n"]) {
      const [head = "", table = "", tail = ""] = proper.split(/(?<=xref\n0 5\n)|(?=trailer)/);
      const pdf = open(head + table.replaceAll(" \n", ending) + tail);
      expect(pdf.pageCount()).toBe(2);
      expect(pdf.page(1).ref).toEqual(ref(4));
    }
    const spaced = proper.replace("xref\n0 5\n", "xref  \r0  5 \r");
    expect(open(spaced).pageCount()).toBe(2);
  });

  test("reads files with CR LF everywhere", () => {
    expect(open(simplePdf(3, { eol: "\r\n" })).pageCount()).toBe(3);
    expect(open(simplePdf(3, { eol: "\r\n", style: "stream" })).pageCount()).toBe(3);
  });

  test("refuses a table that is shorter than it says, or lists an object twice", () => {
    const proper = text(simplePdf(1));
    expect(() => open(proper.replace("xref\n0 4", "xref\n0 5"))).toThrow(problem("xref-broken"));
    expect(() => open(update(proper, {}, `3 1\n${row(9)}3 1\n${row(9)}`))).toThrow(problem("xref-broken"));
  });

  test("refuses a startxref that is off by a few bytes, and one that points nowhere", () => {
    const proper = text(simplePdf(1));
    const at = Number(/startxref\n(\d+)/.exec(proper)?.[1]);
    for (const wrong of [at + 1, at - 3, 0, 999_999_999, Number.MAX_SAFE_INTEGER]) {
      expect(() => open(proper.replace(`startxref\n${at}`, `startxref\n${wrong}`))).toThrow(
        expect.objectContaining({ name: "PdfProblem" }),
      );
    }
  });

  test("refuses sections that form a circle", () => {
    const second = update(text(simplePdf(1)), { 9: "1" });
    const loop = second.replace(/\/Prev \d+/, `/Prev ${second.lastIndexOf("xref\n9 1")}`);
    expect(() => open(loop)).toThrow(problem("xref-loop"));
  });

  test("refuses an update that stands before what it updates", () => {
    const first = text(simplePdf(1, { trailer: "/Prev 1000000000" }));
    const main = first.length;
    const reversed =
      `${first.replace("1000000000", String(main).padStart(10, "0"))}xref\n9 1\n${row(9)}trailer\n<</Size 10/Root 1 0 R>>\n` +
      `startxref\n${main}\n%%EOF\nstartxref\n${first.lastIndexOf("xref\n0 ")}\n%%EOF\n`;
    expect(() => open(reversed)).toThrow(problem("xref-broken"));
  });

  test("gives null for what is free, missing, or of another generation", () => {
    const pdf = open(update(text(simplePdf(1, { objects: { 8: "(x)" } })), { 9: "9" }, `8 1\n${row(0, 1, "f")}`));
    expect([ref(8), ref(8, 1), ref(500), ref(9, 1), ref(4)].map((reference) => pdf.fetch(reference))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(pdf.fetch(ref(9))).toBe(9);
    expect(pdf.entry(8)).toEqual({ kind: "free", nextFree: 0, gen: 1 });
  });

  test("refuses an object whose header says another number", () => {
    const first = text(simplePdf(1));
    const pdf = open(update(first, {}, `9 1\n${row(first.indexOf("3 0 obj"))}`));
    expect(() => pdf.fetch(ref(9))).toThrow(problem("object-mismatch"));
  });

  test("reads objects from object streams, also extended ones", () => {
    const bytes = buildPdf({
      style: "stream",
      objects: {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: "<</Type/Page/Parent 2 0 R>>",
        4: streamBody("20 0 21 5 /Name<</A 20 0 R>>", "/Type/ObjStm/N 2/First 10"),
        5: streamBody("22 0 (later)", "/Type/ObjStm/N 1/First 5/Extends 4 0 R"),
      },
    });
    // An update that lists the three, written as a stream by hand: type 2, container, index.
    const before = text(bytes);
    const rows = Buffer.from([2, 4, 0, 2, 4, 1, 2, 5, 0]).toString("latin1");
    const previous = /startxref\n(\d+)/.exec(before)?.[1] ?? "";
    const whole = `${before}30 0 obj\n<</Type/XRef/Size 31/Root 1 0 R/Prev ${previous}/W[1 1 1]/Index[20 3]/Length 9>>\nstream\n${rows}\nendstream\nendobj\nstartxref\n${before.length}\n%%EOF\n`;
    const pdf = open(whole);
    expect(pdf.fetch(ref(20))).toEqual(name("Name"));
    const dictionary = pdf.fetch(ref(21));
    expect(dictionary).toMatchObject({ kind: "dict", entries: new Map([["A", ref(20)]]) });
    expect(pdf.fetch(ref(22))).toMatchObject({ form: "literal" });
    expect(pdf.fetch(ref(20, 1))).toBeNull();
    expect(() => open(whole.replace("20 0 21 5", "20 0 23 5")).fetch(ref(21))).toThrow(problem("object-mismatch"));
  });

  test("looks in a hybrid file first in the table, then in its stream, then in older sections", () => {
    const first = text(simplePdf(1, { objects: { 8: "(old 8)", 9: "(old 9)" } }));
    const hidden = first.length;
    const object8 = `8 0 obj\n(new 8)\nendobj\n`;
    const rows = Buffer.from([1, hidden >> 8, hidden & 255, 0]).toString("latin1");
    const stream = `10 0 obj\n<</Type/XRef/Size 11/W[1 2 1]/Index[8 1]/Length 4>>\nstream\n${rows}\nendstream\nendobj\n`;
    const whole = update(`${first}${object8}${stream}`, {}, `8 1\n${row(0, 0, "f")}`, "");
    const previous = /startxref\n(\d+)/.exec(first)?.[1] ?? "";
    const hybrid = whole.replace("/Prev ", `/XRefStm ${hidden + object8.length}/Prev ${previous}`);
    const pdf = open(hybrid);
    expect(pdf.revisions.at(-1)?.style).toBe("hybrid");
    expect([8, 9].map((num) => text((pdf.fetch(ref(num)) as { bytes: Uint8Array }).bytes))).toEqual(["new 8", "old 9"]);
  });

  test("says that a file is encrypted and reads no streams from it", () => {
    const pdf = open(simplePdf(1, { trailer: "/Encrypt 9 0 R", objects: { 9: "<<>>", 10: streamBody("secret") } }));
    expect(pdf.encrypted).toBe(true);
    const object = pdf.fetch(ref(10));
    expect(() => isStream(object) && pdf.streamBytes(object)).toThrow(problem("encryption-unsupported"));
  });

  test("knows offsets beyond 4 GiB and numbers beyond any array", () => {
    const first = text(simplePdf(1));
    const pdf = open(update(first, {}, `7 1\n9876543210 00000 n \n2147483648 1\n${row(first.indexOf("3 0 obj"))}`));
    expect(pdf.entry(7)).toEqual({ kind: "offset", offset: 9_876_543_210, gen: 0 });
    expect(() => pdf.fetch(ref(7))).toThrow(problem("xref-broken"));
    expect(pdf.size).toBe(2_147_483_649);
  });
});
