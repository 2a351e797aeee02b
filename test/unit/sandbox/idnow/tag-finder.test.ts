import { expect, test } from "vitest";
import { memorySource } from "../../../../electron/pdf/memory-source.ts";
import { openRepaired } from "../../../../electron/pdf/repair.ts";
import { findTag } from "../../../../sandbox/idnow/tag-finder.ts";

/** A page with this content; font /F2 shows two bytes a character and has this map. */
function page(content: string, map = ""): Uint8Array {
  return Buffer.from(
    `%PDF-1.7
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents [4 0 R]
/Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >> endobj
4 0 obj << /Length ${content.length} >> stream
${content}
endstream endobj
5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
6 0 obj << /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 7 0 R >> endobj
7 0 obj << /Length ${map.length} >> stream
${map}
endstream endobj
trailer << /Root 1 0 R /Size 8 >>
`,
    "latin1",
  );
}

const hits = (content: string, tag: string, map?: string) => {
  const file = openRepaired(memorySource(page(content, map)));
  try {
    return findTag(file, tag);
  } finally {
    file.close();
  }
};

test.each<readonly [string, string, { readonly x: number; readonly y: number }]>([
  ["moved by Td and TD", "BT /F1 10 Tf 50 700 Td (one) Tj 5 -20 TD (#SIGN) Tj ET", { x: 55, y: 680 }],
  ["on the next line", "BT /F1 10 Tf 14 TL 50 700 Td (one) Tj T* (#SIGN) Tj ET", { x: 50, y: 686 }],
  ["shown by an apostrophe", "BT /F1 10 Tf 14 TL 50 700 Td (one) Tj (#SIGN) ' ET", { x: 50, y: 686 }],
  ["with gaps between its letters", "BT /F1 10 Tf 1 0 0 1 30 40 Tm [(#S) -120 (IGN)] TJ ET", { x: 30, y: 40 }],
  ["in two operations", "BT /F1 10 Tf 30 40 Td (#SI) Tj (GN) Tj ET", { x: 30, y: 40 }],
  ["in a turned page of another scale", "q 2 0 0 2 10 20 cm BT /F1 10 Tf 30 40 Td (#SIGN) Tj ET Q", { x: 70, y: 100 }],
  ["as hexadecimal digits", "BT /F1 10 Tf 30 40 Td <235349474E> Tj ET", { x: 30, y: 40 }],
])("A tag is found %s", (_how, content, place) => {
  expect(hits(content, "#SIGN")).toEqual([{ page: 1, ...place }]);
});

test("A tag in a font of two bytes is read by the font's own map", () => {
  // ISO 32000-2 9.10.3: <0003> is "#", the range from <0010> begins at "S"; the list gives the rest.
  const map =
    "1 beginbfchar <0003> <0023> endbfchar 2 beginbfrange <0010> <0010> <0053> <0020> <0022> [<0049> <0047> <004E>] endbfrange";
  expect(hits("BT /F2 10 Tf 30 40 Td <00030010002000210022> Tj ET", "#SIGN", map)).toEqual([{ page: 1, x: 30, y: 40 }]);
  expect(hits("BT /F2 10 Tf 30 40 Td <00030010002000210022> Tj ET", "#SIGN")).toEqual([]);
});
