import { readFile, rename } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { isArray } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import { buildPdf, simplePdf, streamBody } from "../pdf/build-pdf.ts";
import { appendByHand } from "../pdf/hand-revisions.ts";
import type { HandStyle } from "../pdf/hand-revisions.ts";
import { makeLocalSigner } from "./local-signer.ts";
import { sign, workspace } from "./prepare.ts";

const mark = { kind: "rectangle", page: 1, rectangle: { x: 10, y: 10, width: 80, height: 30 } } as const;
const open = (bytes: Uint8Array) => openPdf(memorySource(bytes));

/** Signs with a mark, then without; answers the result. Both signatures must be intact, and the original a prefix. */
async function signTwice(document: Uint8Array): Promise<Uint8Array> {
  const signer = await makeLocalSigner();
  const where = await workspace(document);
  await sign(where, signer, { placement: mark });
  await rename(where.staged, where.source);
  await sign(where, signer);
  const report = await verifyFile(where.staged, { trustAnchors: [] });
  expect(report.signatures).toMatchObject([
    { intact: true, coverage: "entire-revision", changesAfter: "allowed" },
    { intact: true, coverage: "whole-file", changesAfter: "none" },
  ]);
  const bytes = await readFile(where.staged);
  expect(bytes.subarray(0, document.length).equals(document)).toBe(true);
  return bytes;
}

const page = (bytes: Uint8Array, index: number) => {
  const file = open(bytes);
  const annotations = file.get(file.page(index).dict, "Annots");
  return { count: file.pageCount(), marks: isArray(annotations) ? annotations.length : 0 };
};

describe("two signatures stay intact in a document", () => {
  test.each(["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "2.0"])("of PDF %s", async (version) => {
    const signed = await signTwice(simplePdf(1, { version }));
    expect(page(signed, 0)).toEqual({ count: 1, marks: 2 });
    expect(open(signed).version).toBe(version);
  });

  test.each([
    ["no end of line behind its end", { ending: "" }],
    ["a lone carriage return there", { ending: "\r" }],
    ["blank lines there", { ending: "\n\n\r\n" }],
    ["zeros behind its end", { ending: `\n${"\0".repeat(40)}` }],
    ["junk before its header", { junk: "HTTP/1.1 200 OK\r\n\r\n" }],
    ["junk that its offsets do not count", { junk: "HTTP/1.1 200 OK\r\n\r\n", relative: true }],
    ["a cross-reference stream and junk", { junk: "junk\n", style: "stream" }],
  ] as const)("with %s", async (_what, plan) => {
    expect(page(await signTwice(simplePdf(1, plan)), 0)).toEqual({ count: 1, marks: 2 });
  });

  // ISO 32000-1 annex C: 8,388,607 indirect objects were the limit of Acrobat.
  test.each([8_388_606, 8_388_607, 8_388_608, 100_000_000])("that has an object number %d", async (number) => {
    for (const style of ["table", "stream"] as const) {
      const document = appendByHand(simplePdf(1, { style }), "table", { [number]: "(far away)" }, number);
      const signed = open(await signTwice(document));
      // Nothing of ours is beyond what common readers accept, and /Size still covers what was there.
      const own = signed.revisions.slice(-2).flatMap(({ entries }) => [...entries.keys()]);
      expect(Math.max(...own)).toBeLessThanOrEqual(8_388_607);
      expect(signed.trailer.entries.get("Size")).toBeGreaterThan(number);
      expect(signed.fetch({ kind: "ref", num: number, gen: 0 })).toMatchObject({ form: "literal" });
    }
  });

  test("whose page and catalog have generation numbers", async () => {
    const text = Buffer.from(simplePdf(1)).toString("latin1");
    const document = [1, 3]
      .reduce(
        (whole, number) =>
          whole.replaceAll(`${number} 0 obj`, `${number} 7 obj`).replaceAll(`${number} 0 R`, `${number} 7 R`),
        text,
      )
      .replace(/(\d{10}) 00000 n \n(\d{10}) 00000 n \n(\d{10}) 00000 n /u, "$1 00007 n \n$2 00000 n \n$3 00007 n ");
    const signed = open(await signTwice(Buffer.from(document, "latin1")));
    expect(signed.catalogRef).toEqual({ kind: "ref", num: 1, gen: 7 });
    expect(signed.page(0).ref).toEqual({ kind: "ref", num: 3, gen: 7 });
  });

  test("whose catalog, form, page and list of fields lie in an object stream", async () => {
    const bodies = [
      [1, "<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R >>"],
      [2, "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 100] >>"],
      [3, "<< /Type /Page /Parent 2 0 R /Annots 8 0 R >>"],
      [6, "<< /Fields 7 0 R >>"],
      [7, "[]"],
      [8, "[]"],
    ] as const;
    let data = "";
    const places = bodies.map(([number, body]) => {
      const place = `${number} ${data.length}`;
      data += `${body} `;
      return place;
    });
    const head = `${places.join(" ")} `;
    const container = streamBody(head + data, `/Type/ObjStm/N ${bodies.length}/First ${head.length}`);
    const bytes = Buffer.from(buildPdf({ objects: { 4: container }, style: "stream" }));
    const before = bytes.toString("latin1");
    const rows = Buffer.from(bodies.flatMap((_, index) => [2, 4, index])).toString("latin1");
    const previous = /startxref\n(\d+)/u.exec(before)?.[1] ?? "";
    const index = bodies.map(([number]) => `${number} 1`).join(" ");
    const document = `${before}30 0 obj\n<</Type/XRef/Size 31/Root 1 0 R/Prev ${previous}/W[1 1 1]/Index[${index}]/Length ${rows.length}>>\nstream\n${rows}\nendstream\nendobj\nstartxref\n${before.length}\n%%EOF\n`;
    expect(page(await signTwice(Buffer.from(document, "latin1")), 0)).toEqual({ count: 1, marks: 2 });
  });

  test("whose page takes box and turn from nodes far above", async () => {
    const objects = {
      1: "<</Type/Catalog/Pages 2 0 R>>",
      2: "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 200 100]/Rotate 90>>",
      3: "<</Type/Pages/Parent 2 0 R/Kids[4 0 R]/Count 1/CropBox[5 5 195 95]>>",
      4: "<</Type/Pages/Parent 3 0 R/Kids[5 0 R]/Count 1>>",
      5: "<</Type/Page/Parent 4 0 R>>",
    };
    const signed = open(await signTwice(buildPdf({ objects })));
    expect(signed.page(0)).toMatchObject({ rotate: 90, mediaBox: [0, 0, 200, 100], cropBox: [5, 5, 195, 95] });
    // What was inherited stays inherited.
    expect([...signed.page(0).dict.entries.keys()]).toEqual(["Type", "Parent", "Annots"]);
  });
});

test("a list of annotations that several pages share gets the mark on one of them only", async () => {
  const objects = {
    1: "<</Type/Catalog/Pages 2 0 R>>",
    2: "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 200 100]>>",
    3: "<</Type/Page/Parent 2 0 R/Annots 5 0 R>>",
    4: "<</Type/Page/Parent 2 0 R/Annots 5 0 R>>",
    5: "[6 0 R]",
    6: "<</Type/Annot/Subtype/Link/Rect[0 0 5 5]>>",
  };
  const signed = await signTwice(buildPdf({ objects }));
  expect([page(signed, 0).marks, page(signed, 1).marks]).toEqual([3, 1]);
});

describe("revisions of any style, in any order", { timeout: 60_000 }, () => {
  const styles = fc.array(fc.constantFrom<HandStyle>("table", "stream", "hybrid"), { minLength: 1, maxLength: 6 });

  test.each(["table", "stream"] as const)("can be signed twice, and read as they were before (%s)", async (style) => {
    const property = fc.asyncProperty(styles, async (plan) => {
      let bytes = simplePdf(1, { style });
      for (const [index, next] of plan.entries()) {
        bytes = appendByHand(bytes, next, { 20: `(state ${index})`, [21 + index]: `(only ${index})` }, 60 + index);
      }
      const file = open(await signTwice(bytes));
      expect(file.revisions).toHaveLength(1 + plan.length + 2);
      const newest = plan.length - 1;
      const said = (index: number, number: number) =>
        file.atRevision(index + 1).fetch({ kind: "ref", num: number, gen: 0 });
      for (const index of plan.keys()) {
        expect(said(index, 20)).toMatchObject({ bytes: Uint8Array.from(Buffer.from(`state ${index}`)) });
        expect(said(newest, 21 + index)).toMatchObject({ bytes: Uint8Array.from(Buffer.from(`only ${index}`)) });
      }
    });
    await fc.assert(property, { numRuns: 25 });
  });
});
