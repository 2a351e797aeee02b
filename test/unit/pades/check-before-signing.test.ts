import { describe, expect, test } from "vitest";
import { checkBeforeSigning } from "../../../electron/pades/check-before-signing.ts";
import type { SigningIntent } from "../../../electron/pades/check-before-signing.ts";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { buildPdf } from "../pdf/build-pdf.ts";

const INTENT: SigningIntent = { placement: { kind: "invisible" }, reason: null, chain: "later" };
const at = (x: number, y: number, width: number, height: number): Partial<SigningIntent> => ({
  placement: { kind: "rectangle", page: 1, rectangle: { x, y, width, height } },
});

/** One page with these annotations (objects 10, 11, …) and these fields; more may stand in the catalog. */
function page(annotations: readonly string[], fields: readonly number[] = [], catalog = ""): Uint8Array {
  const numbers = annotations.map((_, index) => 10 + index);
  const refs = (list: readonly number[]): string => list.map((number) => `${number} 0 R`).join(" ");
  return buildPdf({
    objects: {
      1: `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${refs(fields)}] >> ${catalog} >>`,
      2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
      3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Annots [${refs(numbers)}] >>`,
      ...Object.fromEntries(annotations.map((body, index) => [10 + index, `<< /Type /Annot ${body} >>`])),
    },
  });
}

function check(document: Uint8Array, intent: Partial<SigningIntent> = {}) {
  return checkBeforeSigning(openPdf(memorySource(document)), { ...INTENT, ...intent });
}

const codes = (document: Uint8Array, intent: Partial<SigningIntent> = {}) => {
  const checked = check(document, intent);
  return checked.ok ? checked.value.map(({ code }) => code) : [checked.failure.code];
};

const SIGNED = "/Subtype /Widget /FT /Sig /T (First) /Rect [10 10 110 60] /V << /Type /Sig >>";

describe("what a new mark covers", () => {
  test("is told by the kind of the thing that is covered", () => {
    const document = page(
      [
        "/Subtype /Widget /FT /Tx /T (Amount) /Rect [10 10 110 60]",
        "/Subtype /Highlight /Rect [200 10 300 60]",
        "/Subtype /Widget /FT /Sig /T (First) /Rect [10 200 110 260] /V << /Type /Sig >>",
      ],
      [10, 12],
    );
    expect(check(document, at(50, 30, 100, 50))).toEqual({
      ok: true,
      value: [{ code: "covers-field", params: { field: "Amount" } }],
    });
    expect(check(document, at(250, 30, 100, 50))).toEqual({
      ok: true,
      value: [{ code: "covers-annotation", params: { page: 1 } }],
    });
    expect(check(document, at(0, 190, 30, 30))).toEqual({
      ok: true,
      value: [{ code: "covers-signature", params: { field: "First" } }],
    });
    expect(codes(document, at(0, 0, 400, 300))).toEqual(["covers-field", "covers-annotation", "covers-signature"]);
  });

  test.each([
    ["lies beside it", at(110, 10, 50, 50)],
    ["lies above it", at(10, 60, 100, 50)],
    ["is not there", {}],
  ])("is nothing when the mark %s", (_where, intent) => {
    expect(codes(page(["/Subtype /Widget /FT /Tx /T (Amount) /Rect [10 10 110 60]"], [10]), intent)).toEqual([]);
  });

  test.each(["/F 2", "/F 32", "/Subtype /Popup"])("does not count what nobody sees (%s)", (entries) => {
    expect(codes(page([`/Subtype /Text /Rect [10 10 110 60] ${entries}`]), at(0, 0, 200, 200))).toEqual([]);
  });

  test("does not count the field that is signed itself", () => {
    const document = makePdf({ form: "with-signature-field" });
    expect(codes(document, { placement: { kind: "field", field: "Approval" } })).toEqual([]);
  });

  test("is refused when it is the signature of a certified document", () => {
    const reference = "/Reference [<< /TransformMethod /DocMDP /TransformParams << /P 2 >> >>]";
    const document = (extra: string): Uint8Array =>
      page(
        [
          SIGNED.replace("/Type /Sig", `/Type /Sig ${extra}`),
          "/Subtype /Widget /FT /Sig /T (Second) /Rect [50 20 150 80]",
        ],
        [10, 11],
      );
    const second = { placement: { kind: "field", field: "Second" } } as const;
    expect(codes(document(""), second)).toEqual(["covers-signature"]);
    expect(check(document(reference), second)).toMatchObject({
      failure: { code: "document.covers-certified", params: { field: "First" } },
    });
  });
});

describe("what kind of document it is", () => {
  test.each([
    ["an old form beside the new one", "/AcroForm << /Fields [] /XFA (x) >>", ["xfa"]],
    ["a portfolio", "/Collection << /Type /Collection >>", ["portfolio"]],
    ["usage rights", "/Perms << /UR3 << /Type /Sig >> >>", ["usage-rights"]],
    ["usage rights of PDF 1.5", "/Perms << /UR << /Type /Sig >> >>", ["usage-rights"]],
    ["a form of signature fields that wants drawing", "/AcroForm << /Fields [] /NeedAppearances true >>", []],
  ])("is told: %s", (_what, catalog, expected) => {
    const document = buildPdf({
      objects: {
        1: `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
        2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] >>",
      },
    });
    expect(codes(document)).toEqual(expected);
  });

  test("is told: a form whose fields each program draws for itself", () => {
    expect(codes(makePdf({ form: "indirect" }))).toEqual(["unfinished-form"]);
  });
});

describe("what the author of a field wants", () => {
  const withSeed = (entries: string) => makePdf({ form: "with-signature-field", fieldEntries: entries });
  const approval = { placement: { kind: "field", field: "Approval" } } as const;

  test("a timestamp service is told by its address", () => {
    const document = withSeed("/SV << /TimeStamp << /URL (https://tsa.example) >> >>");
    expect(check(document, approval)).toEqual({
      ok: true,
      value: [{ code: "field-timestamp-service", params: { field: "Approval", url: "https://tsa.example" } }],
    });
  });

  test("a lock of its own stays when the person asks for another", () => {
    const document = withSeed("/Lock << /Action /Include /Fields [(x)] >>");
    expect(codes(document, { ...approval, lockFields: true })).toEqual(["field-keeps-its-lock"]);
  });

  test("a certain certificate is not asked for before the signer is known", () => {
    const document = withSeed("/SV << /Cert << /Ff 1 /Subject [(x)] >> >>");
    expect(codes(document, approval)).toEqual([]);
    expect(codes(document, { ...approval, chain: [] })).toEqual(["document.seed-value-conflict"]);
  });
});
