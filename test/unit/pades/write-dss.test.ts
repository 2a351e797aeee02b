import { describe, expect, test } from "vitest";
import { writeDss } from "../../../electron/pades/write-dss.ts";
import { IncrementalUpdate } from "../../../electron/pdf/incremental-update.ts";
import { memorySource } from "../../../electron/pdf/memory-source.ts";
import { isArray, isDict, isStream } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../../electron/pdf/pdf-file.ts";
import type { RevocationMaterial } from "../../../electron/pki/revocation-collector.ts";
import { simplePdf, streamBody } from "../pdf/build-pdf.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const material = (change: Partial<Record<keyof RevocationMaterial, readonly string[]>> = {}): RevocationMaterial => ({
  certificates: (change.certificates ?? ["one", "two"]).map(bytes),
  ocspResponses: (change.ocspResponses ?? ["answer"]).map(bytes),
  crls: (change.crls ?? []).map(bytes),
});

/** The document after the update, and whether there was one. */
async function updated(document: Uint8Array, added: RevocationMaterial): Promise<{ wrote: boolean; file: PdfFile }> {
  const file = openPdf(memorySource(document));
  const update = new IncrementalUpdate(file);
  const wrote = await writeDss(file, update, added);
  const whole = wrote ? Buffer.concat([document, update.render().bytes]) : document;
  return { wrote, file: openPdf(memorySource(whole)) };
}

/** The texts of one list of the store. */
function listed(file: PdfFile, key: string): readonly string[] {
  const store = file.get(file.catalog, "DSS");
  const list = isDict(store) ? file.get(store, key) : null;
  return (isArray(list) ? list : []).map((item) => {
    const object = file.resolve(item);
    return isStream(object) ? new TextDecoder().decode(file.streamBytes(object)) : "no stream";
  });
}

const catalog = (entries: string, others: Readonly<Record<number, string>> = {}, version = "1.7"): Uint8Array =>
  simplePdf(1, { version, objects: { 1: `<</Type/Catalog/Pages 2 0 R${entries}>>`, ...others } });

describe("the document security store", () => {
  test.each(["table", "stream"] as const)("is added to a file with a cross-reference %s", async (style) => {
    const { wrote, file } = await updated(simplePdf(1, { style }), material({ crls: ["list"] }));
    expect(wrote).toBe(true);
    expect([listed(file, "Certs"), listed(file, "OCSPs"), listed(file, "CRLs")]).toEqual([
      ["one", "two"],
      ["answer"],
      ["list"],
    ]);
    expect(file.pageCount()).toBe(1);
  });

  const STORE = "<</Type/DSS/Certs[100 0 R]/VRI<</AB 103 0 R>>>>";
  const others = { 100: streamBody("one"), 103: "<</Cert[100 0 R]>>" };
  test.each([
    ["direct in the catalog", catalog(`/DSS ${STORE}`, others)],
    ["an object of its own", catalog("/DSS 101 0 R", { ...others, 101: STORE })],
    [
      "with lists that are objects of their own",
      catalog("/DSS 101 0 R", { ...others, 101: STORE.replace("[100 0 R]", " 102 0 R"), 102: "[100 0 R]" }),
    ],
  ])("that is there, %s, keeps what it has and grows by what is new", async (_, document) => {
    const { file } = await updated(document, material());
    expect(listed(file, "Certs")).toEqual(["one", "two"]);
    expect(listed(file, "OCSPs")).toEqual(["answer"]);
    const store = file.get(file.catalog, "DSS");
    expect(isDict(store) && [...store.entries.keys()].sort()).toEqual(["Certs", "OCSPs", "Type", "VRI"]);
  });

  test("that has everything is left alone", async () => {
    const document = catalog("/DSS 101 0 R", { 100: streamBody("one"), 101: "<</Certs[100 0 R]>>" });
    expect((await updated(document, material({ certificates: ["one", "one"], ocspResponses: [] }))).wrote).toBe(false);
  });

  test("gets nothing twice, also when it is asked for twice", async () => {
    const { file } = await updated(simplePdf(1), material({ certificates: ["one", "one"] }));
    expect(listed(file, "Certs")).toEqual(["one"]);
  });

  test("with a broken stream in it is kept, and what is new is added", async () => {
    const broken = streamBody("xx", "/Filter/FlateDecode");
    const { file } = await updated(catalog("/DSS<</Certs[100 0 R]>>", { 100: broken }), material());
    const store = file.get(file.catalog, "DSS");
    const list = isDict(store) ? file.get(store, "Certs") : null;
    expect(isArray(list) && list.length).toBe(3);
  });
});

describe("the declared extension", () => {
  const level = (file: PdfFile): unknown => {
    const extensions = file.get(file.catalog, "Extensions");
    const esic = isDict(extensions) ? file.get(extensions, "ESIC") : null;
    return isDict(esic) ? file.get(esic, "ExtensionLevel") : null;
  };

  test("is ETSI's level 5 below PDF 2.0, beside those of others", async () => {
    const adbe = "/Extensions<</ADBE<</BaseVersion/1.7/ExtensionLevel 8>>>>";
    const { file } = await updated(catalog(adbe), material());
    expect(level(file)).toBe(5);
    const extensions = file.get(file.catalog, "Extensions");
    expect(isDict(extensions) && extensions.entries.has("ADBE")).toBe(true);
  });

  test("is written where the extensions are an object of their own", async () => {
    const { file } = await updated(catalog("/Extensions 101 0 R", { 101: "<</X 1>>" }), material());
    expect(level(file)).toBe(5);
    expect(listed(file, "Certs")).toEqual(["one", "two"]);
  });

  test("is not there in PDF 2.0, which has the store itself", async () => {
    const { file } = await updated(catalog("", {}, "2.0"), material());
    expect(file.get(file.catalog, "Extensions")).toBeNull();
  });
});
