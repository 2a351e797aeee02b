import { describe, expect, test } from "vitest";
import { isArray, isDict } from "../../../electron/pdf/objects.ts";
import { openFileSource } from "../../../electron/pdf/file-source.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { prepare, workspace } from "./prepare.ts";

/** The developer extensions under ISO's prefix: level and base version of each. */
async function declared(document: Uint8Array, curveExtension: boolean) {
  const where = await workspace(document);
  const outcome = await prepare(where, { curveExtension });
  if (!outcome.ok) {
    throw new Error(outcome.failure.code);
  }
  const file = openPdf(openFileSource(where.staged));
  try {
    const extensions = file.get(file.catalog, "Extensions");
    const entries = isDict(extensions) ? file.get(extensions, "ISO_") : null;
    const all = (isArray(entries) ? entries : [entries]).map((one) => file.resolve(one)).filter(isDict);
    expect(isDict(file.get(file.catalog, "AcroForm"))).toBe(true);
    return all.map((one) => [file.get(one, "ExtensionLevel"), file.get(one, "BaseVersion")]);
  } finally {
    file.close();
  }
}

const text = (document: Uint8Array) => Buffer.from(document).toString("latin1");
const pdf = (version: string, catalog = "") => {
  const plain = text(makePdf({}));
  const changed = plain.replace(/^%PDF-\d\.\d/u, `%PDF-${version}`);
  // Of the same length, so that every offset stays right.
  return Buffer.from(catalog === "" ? changed : changed.replace(/\/Type ?\/Catalog/u, `$&${catalog}`), "latin1");
};
const LEVEL_32002 = [32_002, { kind: "name", name: "2.0" }];

describe("ISO/TS 32002, for keys on curves that PDF 2.0 has only through it", () => {
  test("is declared in a document of PDF 2.0 (ISO 32000-2 7.12), the form with it", async () => {
    expect(await declared(pdf("2.0"), true)).toEqual([LEVEL_32002]);
  });

  test("is not declared for other keys, nor in a document of an earlier version", async () => {
    expect(await declared(pdf("2.0"), false)).toEqual([]);
    expect(await declared(pdf("1.7"), true)).toEqual([]);
  });
});
