import { expect, test } from "vitest";
import { checkConcealed, rangesOf } from "../../../../electron/services/signing/check-concealed.ts";
import { LookBudget } from "../../../../electron/verify/concealed/look-budget.ts";
import { WARNING_CODES } from "../../../../shared/document-warning.ts";
import { messages } from "../../../../shared/messages/en.ts";
import { memorySource } from "../../../../electron/pdf/memory-source.ts";
import { openRepaired } from "../../../../electron/pdf/repair.ts";
import { withLayer } from "../../../attacks/concealing-documents.ts";
import { bytesOfText, newDocument, stream } from "../../../attacks/raw-document.ts";
import { opened } from "../../verify/concealed/search.ts";

const repaired = (text: string) => openRepaired(memorySource(bytesOfText(text)));

test.each([
  [[], ""],
  [[3], "3"],
  [[1, 2, 3, 5, 8, 9], "1–3, 5, 8–9"],
  [[1, 3, 5, 7, 9, 11, 13, 15, 17], "1, 3, 5, 7, 9, 11, 13, 15, …"],
])("the pages %j are told as %s", (pages, text) => {
  expect(rangesOf(pages)).toBe(text);
});

test("of many fields the first ones are named and the others counted", async () => {
  const fields = Array.from({ length: 8 }, (_, index) => 10 + index);
  const refs = fields.map((num) => `${num} 0 R`).join(" ");
  const document = newDocument({
    1: `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${refs}] >> >>`,
    2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Annots [${refs}] >>`,
    5: stream("", "/Subtype /Form /BBox [0 0 10 10]"),
    ...Object.fromEntries(
      fields.map((num) => [
        num,
        `<< /FT /Btn /T (F${num}) /V /Off /AS /Yes /AP << /N << /Yes 5 0 R >> >> /Subtype /Widget /P 3 0 R /Rect [0 0 9 9] >>`,
      ]),
    ),
  });
  expect(await checkConcealed(opened(document), new LookBudget(Infinity))).toEqual([
    ...["F10", "F11", "F12", "F13", "F14"].map((field) => ({ code: "field-shows-otherwise", params: { field } })),
    { code: "more-fields-show-otherwise", params: { count: 3 } },
  ]);
});

test("a name of the document is cut, and its signs that nobody sees are left out", async () => {
  const document = withLayer("/OFF [10 0 R]");
  const text = document.text.replace("(Annex)", `<FEFF202E${"0041".repeat(80)}>`);
  expect(await checkConcealed(repaired(text), new LookBudget(Infinity))).toEqual([
    { code: "hidden-layers", params: { layers: `“ ${"A".repeat(59)}…”` } },
  ]);
});

test("every warning has its words", () => {
  const keys = Object.keys(messages);
  for (const code of WARNING_CODES) {
    expect(keys.some((key) => key === `warning.${code}` || key === `warning.${code}_other`)).toBe(true);
  }
});
