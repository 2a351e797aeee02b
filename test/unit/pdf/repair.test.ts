import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { IncrementalUpdate } from "../../../electron/pdf/incremental-update.ts";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { isDict, isStream, ref } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../../electron/pdf/pdf-file.ts";
import { openRepaired } from "../../../electron/pdf/repair.ts";
import { rewriteRepaired } from "../../../electron/pdf/rewrite.ts";
import { simplePdf, streamBody } from "./build-pdf.ts";

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
const repair = (file: string | Uint8Array): PdfFile =>
  openRepaired(memorySource(typeof file === "string" ? Buffer.from(file, "latin1") : file));

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sealdesk-repair-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the repair", () => {
  test("finds the document without its cross-reference, and says that it did", () => {
    const broken = text(simplePdf(2)).replace(/xref\n0[\s\S]*?trailer/, "trailer");
    const pdf = repair(broken);
    expect(pdf.repaired).toBe(true);
    expect(pdf.pageCount()).toBe(2);
    expect(pdf.revisions).toHaveLength(1);
    expect(repair(broken.slice(0, broken.indexOf("trailer"))).pageCount()).toBe(2);
  });

  test("takes the last definition of an object, wherever it stands", () => {
    const twice = `${text(simplePdf(1, { objects: { 9: "(first)" } }))}9 0 obj\n(second)\nendobj\n`;
    expect(repair(twice).fetch(ref(9))).toMatchObject({ bytes: Uint8Array.from(Buffer.from("second")) });
  });

  test("does not take what looks like an object inside a stream for one", () => {
    const inner = "9 0 obj\n(forged)\nendobj\n";
    const pdf = repair(simplePdf(1, { objects: { 9: "(real)", 10: streamBody(inner) } }));
    expect(pdf.fetch(ref(9))).toMatchObject({ bytes: Uint8Array.from(Buffer.from("real")) });
  });

  test("opens object streams, of which a later single object wins", () => {
    const data = deflateSync("20 0 21 4 (a) (b)").toString("latin1");
    const container = streamBody(data, "/Type/ObjStm/N 2/First 10/Filter/FlateDecode");
    const pdf = repair(`${text(simplePdf(1, { objects: { 9: container } }))}21 0 obj\n(c)\nendobj\n`);
    expect(pdf.entry(20)).toEqual({ kind: "in-stream", stream: 9, index: 0 });
    expect([20, 21].map((num) => text((pdf.fetch(ref(num)) as { bytes: Uint8Array }).bytes))).toEqual(["a", "c"]);
  });

  test("cannot be appended to, but rewritten to a file that can", async () => {
    const broken = text(
      simplePdf(2, { objects: { 9: "<</Length 99 0 R>>\nstream\nline\r\nendstream", 10: "<</Unused true>>" } }),
    )
      .replace("/Type/Catalog", "/Type/Catalog/Extra 9 0 R/Gone 77 0 R")
      .replace(/startxref\n\d+/, "startxref\n1");
    const repaired = repair(broken);
    expect(() => new IncrementalUpdate(repaired)).toThrow(expect.objectContaining({ code: "xref-broken" }));

    const target = join(folder, "rewritten.pdf");
    await rewriteRepaired(repaired, target);
    const clean = openPdf(memorySource(readFileSync(target)));
    expect(clean.repaired).toBe(false);
    expect(clean.pageCount()).toBe(2);
    const extra = clean.get(clean.catalog, "Extra");
    expect(isStream(extra) && text(clean.rawStream(extra))).toBe("line");
    expect(clean.catalog.entries.get("Gone")).toBeNull();
    const unused = [...clean.revisions[0]!.entries.keys()].map((num) => clean.fetch(ref(num)));
    expect(unused.some((object) => isDict(object) && object.entries.has("Unused"))).toBe(false);
    expect(() => new IncrementalUpdate(clean)).not.toThrow();
    await expect(rewriteRepaired(repaired, target)).rejects.toMatchObject({ code: "EEXIST" });
  });

  test.each(["1 0 obj <<", "1 0 obj <</A[(", "1 0 obj [", "trailer <<", "trailer (", "1 0 obj <</L 1>> stream\n"])(
    "comes to an end on a file of nothing but %j",
    (piece) => {
      const started = performance.now();
      expect(() => repair(`%PDF-1.4\n${piece.repeat(50_000)}`)).toThrow(
        expect.objectContaining({ name: "PdfProblem" }),
      );
      expect(performance.now() - started).toBeLessThan(10_000);
    },
  );

  test("gives up on what holds no document", () => {
    const code = (content: string): unknown => expect.objectContaining({ name: "PdfProblem", code: content });
    expect(() => repair("")).toThrow(code("empty-file"));
    expect(() => repair("a letter to a friend, with an object in mind")).toThrow(code("not-a-pdf"));
    expect(() => repair("%PDF-1.7\n1 0 obj\n<<>>\nendobj")).toThrow(code("catalog-broken"));
  });
});
