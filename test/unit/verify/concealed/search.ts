import { onTestFinished } from "vitest";
import { memorySource } from "../../../../electron/pdf/memory-source.ts";
import { openPdf } from "../../../../electron/pdf/open-pdf.ts";
import type { PdfFile } from "../../../../electron/pdf/pdf-file.ts";
import { LookBudget } from "../../../../electron/verify/concealed/look-budget.ts";
import { type Concealed, searchConcealed } from "../../../../electron/verify/concealed/search-concealed.ts";
import { bytesOfText, type RawDocument } from "../../../attacks/raw-document.ts";

export function opened(document: RawDocument): PdfFile {
  const file = openPdf(memorySource(bytesOfText(document.text)));
  onTestFinished(() => file.close());
  return file;
}

export const NOTHING: Concealed = {
  coveredPages: [],
  hiddenLayers: [],
  differingLayers: [],
  differingFields: [],
  doubledPages: [],
  unsearchedPages: [],
  fieldsUnsearched: false,
};

/** With all the time that it takes. */
export const search = (document: RawDocument): Promise<Concealed> =>
  searchConcealed(opened(document), new LookBudget(Infinity));
