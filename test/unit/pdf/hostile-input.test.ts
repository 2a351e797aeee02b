import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { formFields } from "../../../electron/pdf/form-fields.ts";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { isStream, ref } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../../electron/pdf/pdf-file.ts";
import { PdfProblem } from "../../../electron/pdf/pdf-problem.ts";
import { openRepaired } from "../../../electron/pdf/repair.ts";
import { simplePdf, streamBody } from "./build-pdf.ts";
import { corpusFiles, corpusPath } from "./corpus-files.ts";

/** Mulberry32: small, seeded, the same on every machine. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function mutate(bytes: Uint8Array, next: () => number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  const at = (): number => Math.floor(next() * changed.length);
  switch (Math.floor(next() * 5)) {
    case 0:
      return changed.subarray(0, at());
    case 1: {
      const from = at();
      return Buffer.concat([changed.subarray(0, from), changed.subarray(from + Math.floor(next() * 40))]);
    }
    case 2: {
      const [from, to] = [at(), at()];
      changed.copyWithin(to, from, from + 100);
      return changed;
    }
    case 3: {
      // Digits are what offsets, lengths and counts are made of.
      for (let times = 0; times < 200; times += 1) {
        const place = at();
        const byte = changed[place] ?? 0;
        if (byte >= 0x30 && byte <= 0x39) {
          changed[place] = 0x30 + Math.floor(next() * 10);
          break;
        }
      }
      return changed;
    }
    default:
      for (let times = 0; times <= next() * 8; times += 1) {
        changed[at()] = Math.floor(next() * 256);
      }
      return changed;
  }
}

function readAll(pdf: PdfFile): void {
  quietly(() => [...pdf.pages()]);
  quietly(() => pdf.page(pdf.pageCount() - 1));
  quietly(() => formFields(pdf).map(({ widgets }) => widgets.map(({ page }) => page)));
  let read = 0;
  for (const { entries } of pdf.revisions) {
    for (const num of entries.keys()) {
      read += 1;
      if (read > 500) {
        return;
      }
      quietly(() => {
        const object = pdf.fetch(ref(num));
        return isStream(object) ? pdf.streamBytes(object) : object;
      });
    }
  }
}

function quietly(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof PdfProblem)) {
      throw error;
    }
  }
}

const code = (bytes: Uint8Array): string => {
  try {
    const pdf = openPdf(memorySource(bytes));
    return `${pdf.pageCount()} pages`;
  } catch (error) {
    if (error instanceof PdfProblem) {
      return error.code;
    }
    throw error;
  }
};

const seeds = [
  simplePdf(3),
  simplePdf(3, { style: "stream", objects: { 9: streamBody("0 1 2", "/Type/ObjStm/N 1/First 4") } }),
  ...corpusFiles("structure", "attacks")
    .map((file) => readFileSync(corpusPath(file)))
    .filter(({ length }) => length < 30_000),
];

describe("damaged files", () => {
  test("never make the reader throw anything but PdfProblem, nor hang, in 2,000 mutations", () => {
    const next = random(20_260_820);
    let slowest = 0;
    for (let round = 0; round < 2000; round += 1) {
      const bytes = mutate(seeds[round % seeds.length] ?? new Uint8Array(0), next);
      const started = performance.now();
      quietly(() => readAll(openPdf(memorySource(bytes))));
      quietly(() => readAll(openRepaired(memorySource(bytes))));
      slowest = Math.max(slowest, performance.now() - started);
    }
    // Generous: the slowest takes some tens of milliseconds, a hang takes for ever.
    expect(slowest).toBeLessThan(10_000);
  });
});

describe("a file made to do harm", () => {
  test("that is empty or something else is named so", () => {
    expect(code(new Uint8Array(0))).toBe("empty-file");
    expect(code(Buffer.from("<html>%PDF"))).toBe("not-a-pdf");
    expect(code(Buffer.from("%PDF-1.7\nnothing else"))).toBe("no-startxref");
  });

  test("with a cross-reference that claims billions of entries is refused at once", () => {
    const bytes = Buffer.from(
      "%PDF-1.4\nxref\n0 4000000000\n0000000000 65535 f \ntrailer <</Size 1>>\nstartxref\n9\n%%EOF",
    );
    expect(code(bytes)).toBe("xref-broken");
    const stream = Buffer.from(
      "%PDF-1.5\n1 0 obj<</Type/XRef/W[1 1 1]/Size 4000000000/Root 1 0 R/Length 3>>stream\nabc\nendstream endobj\nstartxref\n9\n%%EOF",
    );
    expect(code(stream)).toBe("xref-broken");
  });

  test("with a deflate bomb is refused before it explodes", () => {
    const bomb = deflateSync(new Uint8Array(40 * 1024 * 1024)).toString("latin1");
    const pdf = openPdf(memorySource(simplePdf(1, { objects: { 9: streamBody(bomb, "/Filter/FlateDecode") } })));
    const object = pdf.fetch(ref(9));
    expect(() => isStream(object) && pdf.streamBytes(object)).toThrow(expect.objectContaining({ code: "limit" }));
  });

  test("whose references run in circles comes to an end", () => {
    const pdf = openPdf(
      memorySource(
        simplePdf(1, { objects: { 8: "9 0 R", 9: "8 0 R", 10: "<</Length 10 0 R>>\nstream\nx\nendstream" } }),
      ),
    );
    expect(() => pdf.resolve(ref(8))).toThrow(expect.objectContaining({ code: "limit" }));
    expect(() => pdf.fetch(ref(10))).toThrow(expect.objectContaining({ code: "object-broken" }));
  });

  test("whose older revision points behind its own end does not get the later object", () => {
    const original = Buffer.from(simplePdf(1, { objects: { 4: "(original)", 5: "(x)" } })).toString("latin1");
    // Object 4 is said to lie where a later revision will put its bytes.
    const place = String(original.length).padStart(10, "0");
    const offsetOf4 = String(original.indexOf("4 0 obj")).padStart(10, "0");
    const prepared = original.replace(`${offsetOf4} 00000 n`, `${place} 00000 n`);
    const appended = `${prepared}4 0 obj\n(forged)\nendobj\nxref\n5 1\n${String(original.indexOf("5 0 obj")).padStart(10, "0")} 00000 n \ntrailer\n<</Size 6/Root 1 0 R/Prev ${original.lastIndexOf("xref\n0 ")}>>\nstartxref\n${original.length + 31 - 1}\n%%EOF\n`;
    const at = appended.lastIndexOf("xref\n5 1");
    const bytes = Buffer.from(appended.replace(/startxref\n\d+\n%%EOF\n$/, `startxref\n${at}\n%%EOF\n`), "latin1");
    const pdf = openPdf(memorySource(bytes));
    expect(() => pdf.fetch(ref(4))).toThrow(expect.objectContaining({ code: "xref-broken" }));
  });

  test("whose stream says a wrong length is refused strictly and read by the repair", () => {
    const bytes = simplePdf(1, { objects: { 9: "<</Length 2>>\nstream\nabcdef\nendstream" } });
    expect(() => openPdf(memorySource(bytes)).fetch(ref(9))).toThrow(
      expect.objectContaining({ code: "stream-broken" }),
    );
    const repaired = openRepaired(memorySource(bytes));
    const object = repaired.fetch(ref(9));
    expect(isStream(object) && Buffer.from(repaired.rawStream(object)).toString()).toBe("abcdef");
  });

  test("whose stream's data lies in another file is not followed there", () => {
    const pdf = openPdf(memorySource(simplePdf(1, { objects: { 9: streamBody("", "/F(/etc/passwd)") } })));
    const object = pdf.fetch(ref(9));
    expect(() => isStream(object) && pdf.streamBytes(object)).toThrow(
      expect.objectContaining({ code: "stream-broken" }),
    );
  });
});
