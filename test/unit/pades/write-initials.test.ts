import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { openFileSource } from "../../../electron/pdf/file-source.ts";
import { isArray, isDict, isName, isRef, numberOf } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../../electron/pdf/pdf-file.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import { USUAL_INITIALS } from "../../../shared/mark-design.ts";
import type { InitialsDesign } from "../../../shared/mark-design.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { markFont } from "../../interop/pades/sign-as.ts";
import { makeLocalSigner } from "./local-signer.ts";
import { prepare, sign, workspace } from "./prepare.ts";

const font = await markFont();

const withInitials = (change: Partial<InitialsDesign> = {}) => ({
  font,
  provider: null,
  practice: false,
  image: null,
  initials: { design: { ...USUAL_INITIALS, ...change }, image: null },
});

/** Object numbers of the annotations of each page, by subtype. */
function annotationsOf(file: PdfFile): readonly (readonly { readonly subtype: string; readonly form: number }[])[] {
  return [...file.pages()].map((page) => {
    const list = file.get(page.dict, "Annots");
    return (isArray(list) ? list : []).map((entry) => {
      const annotation = file.resolve(entry);
      if (!isDict(annotation)) throw new Error("no annotation");
      const subtype = (["Stamp", "Widget"] as const).find((name) => isName(file.get(annotation, "Subtype"), name));
      const appearance = file.get(annotation, "AP");
      const form = isDict(appearance) ? appearance.entries.get("N") : undefined;
      return { subtype: subtype ?? "", form: isRef(form) ? form.num : 0 };
    });
  });
}

describe("initials", () => {
  test("stand on the chosen pages beside the signature's own widget, share one drawing, and are all signed", async () => {
    const signer = await makeLocalSigner();
    const where = await workspace(makePdf({ pages: 4, annotations: "direct" }));
    await sign(where, signer, {
      placement: { kind: "rectangle", page: 3, rectangle: { x: 20, y: 20, width: 150, height: 60 } },
      appearance: withInitials({ pages: "2-3" }),
    });
    const file = openPdf(openFileSource(where.staged));
    const annotations = annotationsOf(file);
    const kinds = annotations.map((page) => page.map(({ subtype }) => subtype).filter((kind) => kind !== ""));
    expect(kinds[1]).toEqual(["Stamp"]);
    expect(kinds[2]).toEqual(["Widget", "Stamp"]);
    expect(kinds[3]).toEqual([]);
    expect(annotations[1]![0]!.form).toBe(annotations[2]![1]!.form);
    file.close();
    const report = await verifyFile(where.staged, { trustAnchors: [] });
    expect(report.signatures).toMatchObject([{ intact: true, coverage: "whole-file", changesAfter: "none" }]);
  });

  // ISO 32000-2 table 167: 1 Invisible, 2 Hidden, 3 Print, 6 NoView, 7 ReadOnly, 8 Locked, 10 LockedContents.
  test("are printed, and cannot be moved or changed by accident", async () => {
    const where = await workspace(makePdf({}));
    expect(await prepare(where, { appearance: withInitials() })).toMatchObject({ ok: true });
    const file = openPdf(openFileSource(where.staged));
    const list = file.get(file.page(0).dict, "Annots");
    const flags = (isArray(list) ? list : [])
      .map((entry) => file.resolve(entry))
      .filter(isDict)
      .filter((annotation) => isName(file.get(annotation, "Subtype"), "Stamp"))
      .map((annotation) => numberOf(file.get(annotation, "F")));
    expect(flags).toEqual([0b10_1100_0100 | 0]);
    file.close();
  });

  test("go on 5,000 pages in a few bytes a page", async () => {
    const where = await workspace(makePdf({ pages: 5_000 }));
    const before = (await readFile(where.source)).length;
    expect(await prepare(where, { appearance: withInitials() })).toMatchObject({ ok: true });
    const added = (await readFile(where.staged)).length - before;
    // A page object (140 bytes), an annotation (200 bytes) and two lines of the table (40 bytes), and nothing that grows.
    expect(added / 5_000).toBeLessThan(520);
    const file = openPdf(openFileSource(where.staged));
    const forms = new Set(annotationsOf(file).flatMap((page) => page.map(({ subtype, form }) => `${subtype}${form}`)));
    expect([...forms].filter((form) => form.startsWith("Stamp"))).toHaveLength(1);
    file.close();
  });

  test("are refused on a document that is signed already", async () => {
    const signer = await makeLocalSigner();
    const where = await workspace(makePdf({}));
    await sign(where, signer);
    const again = { source: where.staged, staged: `${where.staged}.again` };
    expect(await prepare(again, { appearance: withInitials() })).toMatchObject({
      failure: { code: "document.initials-after-signature", params: { field: "Signature1" } },
    });
  });

  test.each(["7", "x", "2-1", ""])("with the pages %j are refused on a document of three", async (pages) => {
    const where = await workspace(makePdf({ pages: 3 }));
    expect(await prepare(where, { appearance: withInitials({ pages }) })).toMatchObject({
      failure: { code: "document.initials-no-pages" },
    });
  });
});
