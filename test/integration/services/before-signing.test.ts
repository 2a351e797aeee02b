import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ProviderId } from "../../../shared/ids.ts";
import { baseDocument, SIGNED_TEXT } from "../../attacks/base-documents.ts";
import { BOX, onePage, shows, TEXT, withField, withLayer } from "../../attacks/concealing-documents.ts";
import { body, bytesOfText, revise, stream, swap } from "../../attacks/raw-document.ts";
import type { RawDocument } from "../../attacks/raw-document.ts";
import { PART, signRaw } from "../../attacks/sign-raw.ts";
import { makePki } from "../../attacks/test-authority.ts";
import { newFolder, openApplication, practiceForTests } from "./open-application.ts";

const { person } = await makePki();
const HIDDEN = "90 0 obj\n<< /Type /Catalog /Pages 91 0 R >>\nendobj\n";

describe("before anybody is asked to approve, the signer is told", () => {
  const practice = practiceForTests();

  const review = async (document: RawDocument, provider: ProviderId = "itsme") => {
    const [folder, data] = [await newFolder(), await newFolder()];
    await writeFile(join(folder, "a.pdf"), bytesOfText(document.text));
    const application = openApplication(data, practice());
    const { opened } = await application.openFiles([join(folder, "a.pdf")]);
    const placement = { kind: "invisible" } as const;
    const reviewed = await application.handlers["signing.review"]({
      request: { provider, documents: [...opened], placement, level: "B-T", language: "EN" },
    });
    return reviewed.ok ? reviewed.value.sheet.warnings.map(({ warning }) => warning) : reviewed.failure;
  };

  test("nothing where an earlier signature still fits", async () => {
    expect(await review(signRaw(baseDocument(), person))).toEqual([]);
  });

  test("of an earlier signature that the document does not bear out any more", async () => {
    const signed = signRaw(baseDocument(), person);
    const changed = revise(signed, {
      [PART.content]: swap(body(signed, PART.content), SIGNED_TEXT, SIGNED_TEXT.replace("100", "900")),
    });
    expect(await review(changed)).toEqual([
      { code: "earlier-signature-broken", params: { field: "Signature1", signer: expect.any(String) } },
    ]);
  });

  test("of parts that only some programs show; where somebody has signed already, the document is refused", async () => {
    expect(await review(baseDocument({}, { hidden: HIDDEN }))).toEqual([{ code: "hidden-parts" }]);
    expect(await review(signRaw(baseDocument({}, { hidden: HIDDEN }), person))).toMatchObject({
      code: "document.hidden-parts",
      params: { name: "a.pdf" },
    });
  });

  test("of the same where a text is signed beside a document that may not be changed", async () => {
    const certified = signRaw(baseDocument({}, { hidden: HIDDEN }), person, { certify: 1 });
    expect(await review(signRaw(baseDocument(), person, { certify: 1 }), "bankid")).toEqual([
      { code: "evidence-beside" },
    ]);
    expect(await review(certified, "bankid")).toMatchObject({
      code: "document.hidden-parts",
      params: { name: "a.pdf" },
    });
  });

  test("of text that lies under something, which would be signed unread", async () => {
    expect(await review(onePage({ content: `${TEXT} 0 g ${BOX}` }))).toEqual([
      { code: "covered-content", params: { count: 1, pages: "1" } },
    ]);
    expect(await review(onePage({ content: `0.9 g ${BOX} 0 g ${TEXT}` }))).toEqual([]);
  });

  test("of layers that are switched off, and of those that only some programs show", async () => {
    expect(await review(withLayer("/OFF [10 0 R]"))).toEqual([
      { code: "hidden-layers", params: { layers: "“Annex”" } },
    ]);
    expect(await review(withLayer("", { usage: "/Usage << /View << /ViewState /OFF >> >>" }))).toEqual([
      { code: "differing-layers", params: { layers: "“Annex”" } },
    ]);
  });

  test("of a field that shows something else than its value, also in a document that is signed already", async () => {
    const field = { field: "/FT /Tx /V (9000) /AP << /N 11 0 R >>", drawing: shows("100") };
    const told = [{ code: "field-shows-otherwise", params: { field: "Amount" } }];
    expect(await review(withField(field))).toEqual(told);
    const lying = baseDocument({ 8: swap(body(baseDocument(), 8), "/V (100)", "/V (900)") });
    expect(await review(signRaw(lying, person))).toEqual([
      { code: "field-shows-otherwise", params: { field: "Total" } },
    ]);
  });

  test("of pages that are described twice, and of pages that could not be looked at", async () => {
    expect(await review(onePage({ content: TEXT, page: "/Contents 10 0 R", objects: { 10: stream("") } }))).toEqual([
      { code: "doubled-entries", params: { count: 1, pages: "1" } },
    ]);
    expect(await review(onePage({ content: `${TEXT} (open` }))).toEqual([
      { code: "pages-not-searched", params: { count: 1, pages: "1" } },
    ]);
  });
});
