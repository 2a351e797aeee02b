import { appendFile, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { inspectForSigning } from "../../../electron/pades/inspect-for-signing.ts";
import { IncrementalUpdate } from "../../../electron/pdf/incremental-update.ts";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { dict, isDict, literal, ref } from "../../../electron/pdf/objects.ts";
import type { PdfObject } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import { serializeObject } from "../../../electron/pdf/serialize.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import { buildPdf, simplePdf } from "../pdf/build-pdf.ts";
import { corpusPath, hasCorpus } from "../pdf/corpus-files.ts";
import { makeLocalSigner } from "./local-signer.ts";
import { sign, workspace } from "./prepare.ts";

const open = (bytes: Uint8Array) => openPdf(memorySource(bytes));
const written = (object: PdfObject): string => Buffer.from(serializeObject(object)).toString("latin1");
const judge = (path: string) => verifyFile(path, { trustAnchors: [] });

describe("signing", () => {
  test.each(["table", "stream"] as const)("works on a chain of fifty revisions (%s)", async (style) => {
    let bytes: Uint8Array = simplePdf(1, { style });
    for (let number = 2; number <= 50; number += 1) {
      const update = new IncrementalUpdate(open(bytes));
      update.set(ref(20), literal(Buffer.from(`revision ${number}`)));
      bytes = Buffer.concat([bytes, update.render().bytes]);
    }
    const where = await workspace(bytes);
    await sign(where, await makeLocalSigner());
    const signed = await readFile(where.staged);
    const file = open(signed);
    expect(file.revisions).toHaveLength(51);
    expect(file.atRevision(9).fetch(ref(20))).toMatchObject({ bytes: Uint8Array.from(Buffer.from("revision 10")) });
    expect(file.fetch(ref(20))).toMatchObject({ bytes: Uint8Array.from(Buffer.from("revision 50")) });
    expect((await judge(where.staged)).signatures).toMatchObject([{ intact: true, coverage: "whole-file" }]);

    // An update that changes nothing leaves the signature what it was.
    const update = new IncrementalUpdate(file);
    update.set(file.catalogRef, dict(new Map(file.catalog.entries)));
    await appendFile(where.staged, update.render().bytes);
    const after = await judge(where.staged);
    expect(after.signatures).toMatchObject([{ intact: true, coverage: "entire-revision", changesAfter: "allowed" }]);
  });

  test("puts a mark on the last of 20,000 pages, in a tree of many levels", async () => {
    const where = await workspace(deepPdf(20_000, 20));
    const prepared = await sign(where, await makeLocalSigner(), {
      placement: { kind: "rectangle", page: 20_000, rectangle: { x: 10, y: 10, width: 100, height: 40 } },
    });
    const signed = open(await readFile(where.staged));
    const page = signed.page(19_999);
    expect(written(page.dict)).toContain("/Number 20000");
    expect(signed.get(page.dict, "Annots")).toHaveLength(1);
    // A few objects, whatever the number of pages.
    expect(prepared.stagedSize - prepared.originalSize).toBeLessThan(60_000);
    expect((await judge(where.staged)).signatures).toMatchObject([{ intact: true, coverage: "whole-file" }]);
  });

  test.skipIf(!hasCorpus)("tells of an XFA form and keeps it (skipped without the corpus)", async () => {
    const original = await readFile(corpusPath("structure/plc__with_xfa_fields.pdf"));
    const before = open(original);
    expect(inspectForSigning(before).warnings).toContainEqual({ code: "xfa" });
    const where = await workspace(original);
    await sign(where, await makeLocalSigner());
    const after = open(await readFile(where.staged));
    const xfa = (file: typeof before): string => {
      const form = file.get(file.catalog, "AcroForm");
      return isDict(form) ? written(form.entries.get("XFA") ?? null) : "";
    };
    expect(xfa(before)).toMatch(/^\[|^\d+ 0 R$/u);
    expect(xfa(after)).toBe(xfa(before));
    expect(inspectForSigning(after).warnings).toContainEqual({ code: "xfa" });
  });
});

/** Pages in a tree with `fan` kids a node. Object 1 is the catalog, 2 the root of the tree. */
function deepPdf(pages: number, fan: number): Uint8Array {
  const objects: Record<number, string> = { 1: "<</Type/Catalog/Pages 2 0 R>>" };
  let next = 3;
  let number = 0;
  const build = (num: number, parent: number | null, count: number): void => {
    const up = parent === null ? "/MediaBox[0 0 400 300]" : `/Parent ${parent} 0 R`;
    if (count === 1) {
      number += 1;
      objects[num] = `<</Type/Page${up}/Number ${number}>>`;
      return;
    }
    const share = Math.ceil(count / fan);
    const kids: number[] = [];
    for (let left = count; left > 0; left -= share) {
      const kid = next;
      next += 1;
      kids.push(kid);
      build(kid, num, Math.min(share, left));
    }
    objects[num] = `<</Type/Pages${up}/Count ${count}/Kids[${kids.map((kid) => `${kid} 0 R`).join(" ")}]>>`;
  };
  build(2, null, pages);
  return buildPdf({ objects });
}
