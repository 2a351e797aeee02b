import { describe, expect, test } from "vitest";
import { openFileSource } from "../../../electron/pdf/file-source.ts";
import { isArray, isDict, isName, isRef, numberOf } from "../../../electron/pdf/objects.ts";
import type { PdfDict } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../../electron/pdf/pdf-file.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import { USUAL_INITIALS } from "../../../shared/mark-design.ts";
import { markFont } from "../../interop/pades/sign-as.ts";
import { makeLocalSigner } from "./local-signer.ts";
import { sign, workspace } from "./prepare.ts";

const font = await markFont();

/** A tagged page with one paragraph; the parent tree and the top of the structure as given. */
function taggedPdf(parentTree: readonly string[], structure: string): Uint8Array {
  const content = "/P << /MCID 0 >> BDC BT /F1 12 Tf 20 20 Td (text) Tj ET EMC";
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 6 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents 4 0 R /StructParents 0 /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    structure,
    "<< /Type /StructElem /S /P /P 6 0 R /Pg 3 0 R /K 0 >>",
    ...parentTree,
  ];
  let text = "%PDF-1.7\n";
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  text += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}

/** ISO 32000-2 7.9.7: all keys of a number tree with what they lead to, in their order. */
function entriesOf(file: PdfFile, node: PdfDict): readonly (readonly [number, number])[] {
  const numbers = file.get(node, "Nums");
  const kids = file.get(node, "Kids");
  const own = isArray(numbers)
    ? numbers.flatMap((entry, index) => {
        const value = numbers[index + 1];
        return index % 2 === 0 ? [[numberOf(entry)!, isRef(value) ? value.num : 0] as const] : [];
      })
    : [];
  const below = isArray(kids) ? kids.flatMap((kid) => entriesOf(file, file.resolve(kid) as PdfDict)) : [];
  return [...own, ...below];
}

const dictAt = (file: PdfFile, holder: PdfDict, key: string): PdfDict => {
  const found = file.get(holder, key);
  if (!isDict(found)) throw new Error(key);
  return found;
};

describe("a signature and initials in a tagged document", () => {
  test.each([
    [
      "in one leaf",
      ["<< /Nums [0 [7 0 R]] >>"],
      "<< /Type /StructTreeRoot /K [7 0 R] /ParentTree 8 0 R /ParentTreeNextKey 1 >>",
      1,
    ],
    [
      "in leaves, with a wrong next key",
      [
        "<< /Kids [9 0 R 10 0 R] >>",
        "<< /Limits [0 0] /Nums [0 [7 0 R]] >>",
        "<< /Limits [4 5] /Nums [4 7 0 R 5 7 0 R] >>",
      ],
      "<< /Type /StructTreeRoot /K 7 0 R /ParentTree 8 0 R /ParentTreeNextKey 2 >>",
      6,
    ],
    ["direct", [], "<< /Type /StructTreeRoot /K 7 0 R /ParentTree << /Nums [0 [7 0 R]] >> >>", 1],
    ["absent", [], "<< /Type /StructTreeRoot /K 7 0 R >>", 0],
  ])("lead from the parent tree (%s) to their elements and back", async (_kind, parentTree, structure, first) => {
    const signer = await makeLocalSigner();
    const where = await workspace(taggedPdf(parentTree, structure));
    await sign(where, signer, {
      placement: { kind: "rectangle", page: 1, rectangle: { x: 20, y: 60, width: 150, height: 60 } },
      appearance: {
        font,
        provider: null,
        practice: false,
        image: null,
        initials: { design: USUAL_INITIALS, image: null },
      },
    });
    const file = openPdf(openFileSource(where.staged));
    const root = dictAt(file, file.catalog, "StructTreeRoot");
    const entries = entriesOf(file, dictAt(file, root, "ParentTree"));
    const keys = entries.map(([key]) => key);
    expect(keys).toEqual(keys.toSorted((a, b) => a - b));
    expect(new Set(keys).size).toBe(keys.length);
    const kids = file.get(root, "K");
    const annotations = file.get(file.page(0).dict, "Annots");
    const kinds: string[] = [];
    for (const entry of isArray(annotations) ? annotations : []) {
      const annotation = file.resolve(entry);
      if (!isRef(entry) || !isDict(annotation)) throw new Error("no annotation");
      const key = numberOf(file.get(annotation, "StructParent"))!;
      expect(key).toBeGreaterThanOrEqual(first);
      const element = entries.find(([number]) => number === key)![1];
      const object = file.fetch({ ...entry, num: element, gen: 0 });
      if (!isDict(object)) throw new Error("no element");
      // The element is a kid of the one it names as its parent, and refers back to the annotation.
      const siblings = file.get(dictAt(file, object, "P"), "K");
      expect(isArray(siblings) && siblings.some((kid) => isRef(kid) && kid.num === element)).toBe(true);
      const back = dictAt(file, object, "K").entries.get("Obj");
      expect(isRef(back) && back.num).toBe(entry.num);
      kinds.push(
        isName(file.get(object, "S"), "Form") ? "Form" : isName(file.get(object, "S"), "Annot") ? "Annot" : "",
      );
    }
    expect(kinds).toEqual(["Form", "Annot"]);
    const top = isArray(kids) ? kids[0] : root.entries.get("K");
    expect(isRef(top) && top.num).toBe(7);
    expect(numberOf(file.get(root, "ParentTreeNextKey"))).toBe(first + 2);
    file.close();
    const report = await verifyFile(where.staged, { trustAnchors: [] });
    expect(report.signatures).toMatchObject([{ intact: true, changesAfter: "none" }]);
  });

  test("a second signature leaves the tree alone: to the first one it would be a change", async () => {
    const signer = await makeLocalSigner();
    const where = await workspace(taggedPdf([], "<< /Type /StructTreeRoot /K 7 0 R >>"));
    await sign(where, signer);
    const again = { source: where.staged, staged: `${where.staged}.again` };
    await sign(again, signer, {
      placement: { kind: "rectangle", page: 1, rectangle: { x: 20, y: 60, width: 150, height: 60 } },
      appearance: { font, provider: null, practice: false, image: null },
    });
    const report = await verifyFile(again.staged, { trustAnchors: [] });
    expect(report.signatures).toMatchObject([{ changesAfter: "allowed" }, { changesAfter: "none" }]);
    expect(report.signatures.every(({ intact }) => intact)).toBe(true);
  });
});
