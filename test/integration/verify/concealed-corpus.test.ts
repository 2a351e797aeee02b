import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openEitherWay } from "../../../electron/services/documents/open-document.ts";
import { checkConcealed } from "../../../electron/services/signing/check-concealed.ts";
import { LookBudget } from "../../../electron/verify/concealed/look-budget.ts";

const CORPUS = fileURLToPath(new URL("../../../../shared/corpus/", import.meta.url));

/**
 * Files of other people's test suites that are given to sign every day. What is told of them was looked at as a picture
 * (pdftoppm): nothing but the pages of a file whose compressed contents are damaged, and which others show empty.
 */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  "structure/plc__invalid_xref.pdf": ["pages-not-searched"],
};
/** They cannot be opened for signing at all. */
const NOT_OPEN = [
  "structure/libpdf__PDFBOX-6040-nodeloop.pdf",
  "structure/pdfbox__sign_me_protected.pdf",
  "structure/qpdf__pages-loop.pdf",
];

async function warningsOf(name: string): Promise<readonly string[] | null> {
  const opened = openEitherWay(`${CORPUS}${name}`);
  if (!opened.ok) {
    return null;
  }
  try {
    opened.value.pageCount();
    return (await checkConcealed(opened.value, new LookBudget(Infinity))).map(({ code }) => code);
  } catch {
    return null;
  } finally {
    opened.value.close();
  }
}

describe.skipIf(!existsSync(CORPUS))("the search for what a document hides", () => {
  test("raises no false alarm over honest files", async () => {
    const told: Record<string, readonly string[]> = {};
    const notOpen: string[] = [];
    for (const folder of ["structure", "valid"]) {
      const files = (await readdir(`${CORPUS}${folder}`)).filter((file) => file.endsWith(".pdf")).toSorted();
      expect(files.length).toBeGreaterThan(30);
      for (const name of files.map((file) => `${folder}/${file}`)) {
        const warnings = await warningsOf(name);
        if (warnings === null) {
          notOpen.push(name);
        } else if (warnings.length > 0) {
          told[name] = warnings;
        }
      }
    }
    expect(told).toEqual(TOLD);
    expect(notOpen).toEqual(NOT_OPEN);
  });

  test("finds the words that buttons of a tax form lie over", async () => {
    // pdftotext reads "Signature contribuable" on page 20; pdftoppm shows two buttons in its place.
    expect(await warningsOf("tampered/dss__pades-signed-filled-form.pdf")).toEqual(["covered-content"]);
  });
});
