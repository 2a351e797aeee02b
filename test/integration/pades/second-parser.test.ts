import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { beforeAll, describe, expect, test } from "vitest";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { SIGNABLE_CORPUS } from "../../interop/pades/signing-cases.ts";
import { makeLocalSigner } from "../../unit/pades/local-signer.ts";
import type { LocalSigner } from "../../unit/pades/local-signer.ts";
import { sign, workspace } from "../../unit/pades/prepare.ts";

const pdfjs = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));

interface SeenByPdfJs {
  readonly pages: number;
  /** Field names of all widgets on all pages, sorted. */
  readonly fields: readonly string[];
  /** Text of each page, joined. */
  readonly text: string;
  /** Rectangles of the signature widgets by field name. */
  readonly signatures: Readonly<Record<string, readonly number[]>>;
}

/** pdf.js is the parser of our preview: what it sees must not differ from what we wrote. */
async function read(bytes: Uint8Array): Promise<SeenByPdfJs> {
  const task = getDocument({
    data: bytes.slice(),
    verbosity: 0,
    stopAtErrors: true,
    standardFontDataUrl: `${join(pdfjs, "standard_fonts")}/`,
  });
  const document = await task.promise;
  const texts: string[] = [];
  const signatures: Record<string, readonly number[]> = {};
  const fields: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const content = await page.getTextContent();
    texts.push(content.items.map((item) => ("str" in item ? item.str : "")).join(" "));
    for (const annotation of await page.getAnnotations()) {
      if (annotation.fieldType !== undefined && annotation.fieldType !== null) {
        fields.push(String(annotation.fieldName));
      }
      if (annotation.fieldType === "Sig") {
        signatures[String(annotation.fieldName)] = annotation.rect;
      }
    }
  }
  const seen = { pages: document.numPages, fields: fields.toSorted(), text: texts.join("\n"), signatures };
  await task.destroy();
  return seen;
}

let signer: LocalSigner;
beforeAll(async () => {
  signer = await makeLocalSigner();
});

async function signBytes(document: Uint8Array, rectangle: { x: number; y: number; width: number; height: number }) {
  const where = await workspace(document);
  await sign(where, signer, { placement: { kind: "rectangle", page: 1, rectangle } });
  return read(new Uint8Array(await readFile(where.staged)));
}

describe("pdf.js sees in the result", () => {
  const rectangle = { x: 150, y: 100, width: 170, height: 60.5 };

  test.each([0, 90, 180, 270] as const)("the mark at its place on a page turned by %i", async (rotate) => {
    const seen = await signBytes(makePdf({ rotate }), rectangle);
    expect(seen.signatures).toEqual({ Signature1: [150, 100, 320, 160.5] });
  });

  const corpus = join(import.meta.dirname, "../../../../shared/corpus");
  const present = existsSync(corpus);
  const files = SIGNABLE_CORPUS.filter((file) => file.startsWith("structure/"));
  test.skipIf(!present).each(files)(
    `the same pages, fields and text as before, and one field more: %s${present ? "" : " (skipped: no ../shared/corpus)"}`,
    async (file) => {
      const original = new Uint8Array(await readFile(join(corpus, file)));
      const before = await read(original);
      const where = await workspace(original);
      const prepared = await sign(where, signer);
      const after = await read(new Uint8Array(await readFile(where.staged)));
      expect(after.pages).toBe(before.pages);
      expect(after.text).toBe(before.text);
      expect(after.fields).toEqual([...before.fields, prepared.field].toSorted());
      expect(after.signatures[prepared.field]).toEqual([0, 0, 0, 0]);
    },
  );
});
