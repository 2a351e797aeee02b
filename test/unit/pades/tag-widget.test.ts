import { readFile, rename } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { openFileSource } from "../../../electron/pdf/file-source.ts";
import { isArray, isDict, isName, isRef } from "../../../electron/pdf/objects.ts";
import type { PdfDict, PdfObject } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../../electron/pdf/pdf-file.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import { buildPdf } from "../pdf/build-pdf.ts";
import { makeLocalSigner } from "./local-signer.ts";
import { sign, workspace } from "./prepare.ts";

const mark = { kind: "rectangle", page: 1, rectangle: { x: 20, y: 20, width: 150, height: 60 } } as const;

interface Structure {
  /** Entries of the structure tree root (object 4). */
  readonly root: string;
  readonly others?: Readonly<Record<number, string>>;
  readonly catalog?: string;
}

/** A tagged page whose one paragraph is element 5. */
const tagged = ({ root, others = {}, catalog = "/MarkInfo << /Marked true >>" }: Structure): Uint8Array =>
  buildPdf({
    objects: {
      1: `<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 4 0 R ${catalog} >>`,
      2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
      3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /StructParents 0 >>",
      4: `<< /Type /StructTreeRoot ${root} >>`,
      5: "<< /Type /StructElem /S /Document /P 4 0 R /K [0] >>",
      ...others,
    },
  });

const dictOf = (file: PdfFile, object: PdfObject | undefined): PdfDict => {
  const resolved = file.resolve(object);
  if (!isDict(resolved)) {
    throw new Error("no dictionary");
  }
  return resolved;
};

/** The flat content of a number tree, read as ISO 32000-2 7.9.7 says. */
function numbersOf(file: PdfFile, node: PdfObject | undefined): ReadonlyMap<number, PdfObject> {
  const dictionary = dictOf(file, node);
  const kids = file.get(dictionary, "Kids");
  const numbers = file.get(dictionary, "Nums");
  const own = isArray(numbers)
    ? numbers.flatMap((key, index) => (index % 2 === 0 ? [[Number(key), numbers[index + 1] ?? null] as const] : []))
    : [];
  return new Map([...(isArray(kids) ? kids.flatMap((kid) => [...numbersOf(file, kid)]) : []), ...own]);
}

/** What the structure says of the widget on the first page, all references followed in both directions. */
async function structureOf(path: string) {
  const file = openPdf(openFileSource(path));
  try {
    const page = file.page(0);
    const annotations = file.get(page.dict, "Annots");
    const [widgetRef] = isArray(annotations) ? annotations : [];
    const widget = dictOf(file, widgetRef);
    const root = dictOf(file, file.catalog.entries.get("StructTreeRoot"));
    const key = file.get(widget, "StructParent");
    if (typeof key !== "number") {
      return { tagged: false, tabs: page.dict.entries.has("Tabs") };
    }
    const numbers = numbersOf(file, root.entries.get("ParentTree"));
    const elementRef = numbers.get(key);
    const element = dictOf(file, elementRef);
    const reference = dictOf(file, element.entries.get("K"));
    const parent = dictOf(file, element.entries.get("P"));
    const kids = file.get(parent, "K");
    return {
      tagged: true,
      key,
      keys: [...numbers.keys()],
      next: file.get(root, "ParentTreeNextKey"),
      isForm: isName(element.entries.get("S"), "Form"),
      pointsAtWidget: isName(reference.entries.get("Type"), "OBJR") && sameRef(reference.entries.get("Obj"), widgetRef),
      isKidOfParent: isArray(kids) && kids.some((kid) => sameRef(kid, elementRef)),
      kids: isArray(kids) ? kids.length : 1,
      parent: isName(parent.entries.get("Type"), "StructTreeRoot") ? "root" : "element",
      named: widget.entries.has("TU"),
      tabs: isName(page.dict.entries.get("Tabs"), "S"),
    };
  } finally {
    file.close();
  }
}

const sameRef = (a: PdfObject | undefined, b: PdfObject | undefined): boolean =>
  isRef(a) && isRef(b) && a.num === b.num && a.gen === b.gen;

async function signed(document: Uint8Array): Promise<string> {
  const where = await workspace(document);
  await sign(where, await makeLocalSigner(), { placement: mark });
  return where.staged;
}

const FLAT = "/K [5 0 R] /ParentTree << /Nums [0 [5 0 R]] >> /ParentTreeNextKey 1";
const GOOD = { tagged: true, isForm: true, pointsAtWidget: true, isKidOfParent: true, named: true, tabs: true };

describe("a visible mark on a tagged document (ISO 32000-2 14.7.5, ISO 14289-1 7.18)", () => {
  test.each<readonly [string, Structure, object]>([
    ["a flat parent tree", { root: FLAT }, { key: 1, keys: [0, 1], next: 2, parent: "element", kids: 2 }],
    [
      "trees that are objects of their own",
      {
        root: "/K 6 0 R /ParentTree 7 0 R /ParentTreeNextKey 1",
        others: {
          5: "<< /Type /StructElem /S /Document /P 4 0 R /K 8 0 R >>",
          6: "[5 0 R]",
          7: "<< /Nums 9 0 R >>",
          8: "[0]",
          9: "[0 [5 0 R]]",
        },
      },
      { key: 1, keys: [0, 1], next: 2, parent: "element", kids: 2 },
    ],
    [
      "a tree of several levels",
      {
        root: "/K [5 0 R] /ParentTree 6 0 R",
        others: {
          6: "<< /Kids [7 0 R 8 0 R] >>",
          7: "<< /Limits [0 3] /Nums [0 [5 0 R] 3 5 0 R] >>",
          8: "<< /Limits [7 9] /Nums [7 5 0 R 9 5 0 R] >>",
        },
      },
      { key: 10, keys: [0, 3, 7, 9, 10], next: 11, parent: "element" },
    ],
    [
      "a next key that is in use already",
      { root: "/K [5 0 R] /ParentTree << /Nums [0 [5 0 R] 4 5 0 R] >> /ParentTreeNextKey 2" },
      { key: 5, keys: [0, 4, 5], next: 6 },
    ],
    ["no parent tree yet", { root: "/K 5 0 R" }, { key: 0, keys: [0], next: 1, parent: "element" }],
    [
      "several elements below the root",
      { root: "/K [5 0 R 6 0 R] /ParentTree << /Nums [] >>", others: { 6: "<< /S /P /P 4 0 R >>" } },
      { key: 0, parent: "root", kids: 3 },
    ],
    [
      "an element with a single kid that stands in no list",
      { root: FLAT, others: { 5: "<< /Type /StructElem /S /Document /P 4 0 R /K 0 >>" } },
      { key: 1, parent: "element", kids: 2 },
    ],
  ])("becomes part of the structure: %s", async (_title, structure, expected) => {
    const path = await signed(tagged(structure));
    expect(await structureOf(path)).toMatchObject({ ...GOOD, ...expected });
    const report = await verifyFile(path, { trustAnchors: [] });
    expect(report.signatures).toMatchObject([{ intact: true, coverage: "whole-file" }]);
  });

  test("keeps the upper limits of a tree's nodes right", async () => {
    const path = await signed(
      tagged({
        root: "/K [5 0 R] /ParentTree 6 0 R",
        others: { 6: "<< /Kids [7 0 R] >>", 7: "<< /Limits [0 3] /Nums [0 5 0 R 3 5 0 R] >>" },
      }),
    );
    expect((await readFile(path)).toString("latin1")).toMatch(/\/Limits \[0 4\]/u);
  });

  test.each([
    ["is not marked as tagged", { root: FLAT, catalog: "/MarkInfo << /Marked false >>" }],
    ["has no mark at all", { root: FLAT, catalog: "" }],
    [
      "has a parent tree that runs in a circle",
      { root: "/K [5 0 R] /ParentTree 6 0 R", others: { 6: "<< /Kids [6 0 R] >>" } },
    ],
  ] as const)("leaves the structure alone when the document %s", async (_title, structure) => {
    const path = await signed(tagged(structure));
    expect(await structureOf(path)).toEqual({ tagged: false, tabs: false });
  });

  test("does not keep an invisible field from a document whose parent tree cannot be read", async () => {
    const broken = { root: "/K [5 0 R] /ParentTree 6 0 R", others: { 6: "<< /Kids" } };
    const where = await workspace(tagged(broken));
    await sign(where, await makeLocalSigner());
    expect(await structureOf(where.staged)).toEqual({ tagged: false, tabs: true });
  });

  test("leaves it alone behind an earlier signature, which stays good for every verifier", async () => {
    const signer = await makeLocalSigner();
    const where = await workspace(tagged({ root: FLAT }));
    await sign(where, signer);
    await rename(where.staged, where.source);
    await sign(where, signer, { placement: mark });
    const report = await verifyFile(where.staged, { trustAnchors: [] });
    expect(report.signatures).toMatchObject([{ intact: true, changesAfter: "allowed" }, { intact: true }]);
    const first = (await readFile(where.source)).length;
    expect((await readFile(where.staged)).subarray(first).toString("latin1")).not.toContain("/StructElem");
  });

  test("is followed by a second signature that breaks nothing", async () => {
    const signer = await makeLocalSigner();
    const where = await workspace(tagged({ root: FLAT }));
    await sign(where, signer, { placement: mark });
    await rename(where.staged, where.source);
    await sign(where, signer, { placement: { ...mark, rectangle: { ...mark.rectangle, y: 150 } } });
    const report = await verifyFile(where.staged, { trustAnchors: [] });
    expect(report.signatures).toMatchObject([{ intact: true, changesAfter: "allowed" }, { intact: true }]);
  });
});
