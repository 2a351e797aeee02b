import { spawnSync } from "node:child_process";
import { appendFileSync, copyFileSync, chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFileSource } from "../../../electron/pdf/file-source.ts";
import { formFields } from "../../../electron/pdf/form-fields.ts";
import { IncrementalUpdate } from "../../../electron/pdf/incremental-update.ts";
import { dict, isStream, ref } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../../electron/pdf/pdf-file.ts";
import { PdfProblem } from "../../../electron/pdf/pdf-problem.ts";
import { openRepaired } from "../../../electron/pdf/repair.ts";
import { rewriteRepaired } from "../../../electron/pdf/rewrite.ts";
import { corpusFiles, corpusPath, hasCorpus, hasTool } from "./corpus-files.ts";

if (!hasCorpus) {
  console.warn("Skipped: the corpus is not beside the repository.");
}
const tools = { qpdf: hasTool("qpdf"), pdfinfo: hasTool("pdfinfo"), mutool: hasTool("mutool") };
for (const [tool, present] of Object.entries(tools)) {
  if (hasCorpus && !present) {
    console.warn(`Not compared with ${tool}: it is not installed.`);
  }
}

/** What the corpus says is broken, and as what the strict reader refuses it. */
const REFUSED: Readonly<Record<string, string>> = {
  "structure/libpdf__PDFBOX-6040-nodeloop.pdf": "not-a-pdf",
  "structure/libpdf__xref-off-by-one.pdf": "object-mismatch",
  "structure/pdfium__bug_455199.pdf": "object-mismatch",
  "structure/pdfium__bug_xrefv4_loop.pdf": "xref-loop",
  "structure/pdfjs__helloworld-bad.pdf": "object-mismatch",
  "structure/pdfjs__xref_command_missing.pdf": "object-mismatch",
  "structure/plc__invalid_xref.pdf": "no-startxref",
  "structure/pyh__minimal-startxref-obo5.pdf": "object-mismatch",
  "structure/qpdf__append-xref-loop.pdf": "xref-loop",
  "structure/qpdf__pages-loop.pdf": "page-tree-broken",
};
/** No reader makes pages of these. */
const HOPELESS = ["structure/libpdf__PDFBOX-6040-nodeloop.pdf", "structure/qpdf__pages-loop.pdf"];

function withFile<T>(file: string, open: typeof openPdf, use: (pdf: PdfFile) => T): T {
  const source = openFileSource(file);
  try {
    return use(open(source));
  } finally {
    source.close();
  }
}

/** Reads everything there is to read; the code of the first problem that concerns the document as a whole. */
function readAll(pdf: PdfFile): void {
  if (pdf.encryption?.authenticated === null) {
    return;
  }
  expect([...pdf.pages()]).toHaveLength(pdf.pageCount());
  for (const { widgets } of formFields(pdf)) {
    expect(widgets.every(({ page }) => page === null || page < pdf.pageCount())).toBe(true);
  }
  for (const { entries } of pdf.revisions) {
    for (const num of entries.keys()) {
      quietly(() => {
        const object = pdf.fetch(ref(num));
        if (isStream(object)) {
          pdf.streamBytes(object);
        }
      });
    }
  }
}

/** Runs it; a PdfProblem is an answer, anything else is a bug. */
function quietly(run: () => void): string {
  try {
    run();
    return "ok";
  } catch (error) {
    if (error instanceof PdfProblem) {
      return error.code;
    }
    throw error;
  }
}

const pagesByTool = (path: string): number | undefined => {
  const { stdout } = spawnSync("qpdf", ["--show-npages", path], { encoding: "utf8" });
  const pages = Number.parseInt(stdout, 10);
  return Number.isNaN(pages) ? undefined : pages;
};

describe.skipIf(!hasCorpus)("on the corpus, the reader", () => {
  const all = corpusFiles("structure", "valid", "tampered", "attacks");

  test.each(all)("answers for %s with a document or a PdfProblem, within ten seconds", (file) => {
    const started = performance.now();
    withFile(
      corpusPath(file),
      (source) => ({ source }) as PdfFile,
      ({ source }) => {
        quietly(() => readAll(openPdf(source)));
        quietly(() => readAll(openRepaired(source)));
        quietly(() => {
          const pdf = openPdf(source);
          for (const index of pdf.revisions.keys()) {
            quietly(() => readAll(pdf.atRevision(index)));
          }
        });
      },
    );
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test.each(corpusFiles("structure", "valid"))("opens %s, or refuses it for the right reason", (file) => {
    const outcome = quietly(() =>
      withFile(corpusPath(file), openPdf, (pdf) => pdf.encryption?.authenticated === null || pdf.pageCount()),
    );
    expect(outcome).toBe(REFUSED[file] ?? "ok");
  });

  test.skipIf(!tools.qpdf).each(corpusFiles("structure", "valid", "tampered"))(
    "counts the pages of %s as qpdf does",
    (file) => {
      const path = corpusPath(file);
      const expected = pagesByTool(path);
      const open = REFUSED[file] === undefined ? openPdf : openRepaired;
      let counted: number | undefined;
      const outcome = quietly(() => {
        counted = withFile(path, open, (pdf) => (pdf.encryption?.authenticated === null ? expected : pdf.pageCount()));
      });
      expect(outcome).toBe(HOPELESS.includes(file) ? "page-tree-broken" : "ok");
      expect(counted).toBe(HOPELESS.includes(file) ? undefined : (expected ?? counted));
    },
  );
});

describe.skipIf(!hasCorpus)("on the corpus, the revisions", () => {
  const revisionsOf = (file: string) =>
    withFile(corpusPath(file), openPdf, ({ revisions, source }) => ({ revisions, source }));

  test("of a linearised file are one, although it has two sections", () => {
    const { revisions, source } = revisionsOf("valid/end__pdf-linearized.pdf");
    expect(revisions).toMatchObject([{ linearizedPart: true, end: source.size, xrefOffset: 116 }]);
  });

  test("of a hybrid file whose writer gave three sections one end marker are joined", () => {
    const { revisions } = revisionsOf("structure/pdfjs__prefilled_f1040.pdf");
    const markers = readFileSync(corpusPath("structure/pdfjs__prefilled_f1040.pdf")).toString("latin1").match(/%%EOF/g);
    // The linearised part has a marker of its own that ends no revision.
    expect(revisions).toHaveLength((markers?.length ?? 0) - 1);
  });
});

describe.skipIf(!hasCorpus)("on the corpus, the writer", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sealdesk-pdf-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const locked = (file: string): boolean =>
    quietly(() => {
      withFile(corpusPath(file), openPdf, (pdf) => {
        if (pdf.encryption?.authenticated === null) {
          throw new PdfProblem("encrypted", "");
        }
      });
    }) === "encrypted";
  const continued = corpusFiles("structure", "valid").filter((file) => REFUSED[file] === undefined && !locked(file));

  /** A copy of the file with one small change appended, made once. */
  const updated = (file: string): { readonly path: string; readonly pages: number } => {
    const path = join(folder, `updated-${continued.indexOf(file)}.pdf`);
    copyFileSync(corpusPath(file), path);
    chmodSync(path, 0o600);
    const pages = withFile(path, openPdf, (pdf) => {
      const update = new IncrementalUpdate(pdf);
      const added = update.allocate();
      update.set(added, dict({ Kind: ref(added.num) }));
      update.set(pdf.catalogRef, {
        ...pdf.catalog,
        entries: new Map([...pdf.catalog.entries, ["SealdeskTest", added]]),
      });
      appendFileSync(path, update.render().bytes);
      return pdf.pageCount();
    });
    return { path, pages };
  };

  test.each(continued)("appends to %s what the reader finds again, behind unchanged bytes", (file) => {
    const { path, pages } = updated(file);
    const before = readFileSync(corpusPath(file));
    expect(Buffer.compare(readFileSync(path).subarray(0, before.length), before)).toBe(0);
    withFile(path, openPdf, (pdf) => {
      expect(pdf.pageCount()).toBe(pages);
      expect(pdf.catalog.entries.has("SealdeskTest")).toBe(true);
    });
  });

  test.skipIf(!tools.qpdf).each(continued)("appends to %s without a new complaint from qpdf", (file) => {
    const found = complaints(updated(file).path);
    expect(found).toBeLessThanOrEqual(found === 0 ? 0 : complaints(corpusPath(file)));
  });

  // The signed files differ in nothing that these two look at; qpdf looks at all of them.
  const sample = continued.filter((file) => file.startsWith("structure/"));
  test.skipIf(!tools.pdfinfo).each(sample)("appends to %s what pdfinfo reads without repair", (file) => {
    const { path, pages } = updated(file);
    const { stdout, stderr } = spawnSync("pdfinfo", [path], { encoding: "utf8" });
    expect(stdout).toMatch(new RegExp(`^Pages: +${pages}$`, "m"));
    expect(stderr).not.toMatch(/xref|trailer|reconstruct/i);
  });

  // mutool repairs every file that has something in front of its header.
  const known = sample.filter((file) => file !== "structure/qpdf__leading-junk.pdf");
  test.skipIf(!tools.mutool).each(known)("appends to %s what mutool reads without repair", (file) => {
    const { path, pages } = updated(file);
    const { stdout, stderr } = spawnSync("mutool", ["info", path], { encoding: "utf8" });
    expect(stdout).toMatch(new RegExp(`^Pages: ${pages}$`, "m"));
    expect(stderr).not.toMatch(/repair/i);
  });

  const repairable = Object.keys(REFUSED).filter((file) => !HOPELESS.includes(file));
  test.skipIf(!tools.qpdf).each(repairable)(
    "rewrites the repaired %s to a file whose structure is without fault",
    async (file) => {
      const target = join(folder, `rewritten-${repairable.indexOf(file)}.pdf`);
      const source = openFileSource(corpusPath(file));
      await rewriteRepaired(openRepaired(source), target);
      source.close();
      const pages = withFile(target, openPdf, (pdf) => pdf.pageCount());
      expect(pages).toBe(pagesByTool(corpusPath(file)) ?? pages);
      // Contents may be damaged beyond repair; offsets, lengths and the table must not be.
      const { stderr } = spawnSync("qpdf", ["--check", target], { encoding: "utf8" });
      expect(stderr).not.toMatch(/xref|trailer|reconstruct|endstream|endobj|expected /i);
    },
  );
});

/** Lines in which qpdf warns or fails. */
function complaints(path: string): number {
  const { stderr } = spawnSync("qpdf", ["--check", path], { encoding: "utf8" });
  return stderr.split("\n").filter((line) => line !== "").length;
}
