import { openFileSource } from "../../../electron/pdf/file-source.ts";
import { formFields } from "../../../electron/pdf/form-fields.ts";
import { numberOf } from "../../../electron/pdf/objects.ts";
import type { PdfObject } from "../../../electron/pdf/objects.ts";
import { openPdf } from "../../../electron/pdf/open-pdf.ts";

export interface SignatureField {
  readonly name: string;
  /** From 1; null when no page shows it. */
  readonly page: number | null;
  /** /Rect of its widget as written: left, bottom, right, top. */
  readonly rectangle: readonly number[];
  readonly signed: boolean;
}

/** The signature fields of a file, in the order of the form. */
export function signatureFields(path: string): readonly SignatureField[] {
  const file = openPdf(openFileSource(path));
  try {
    return formFields(file)
      .filter(({ type }) => type === "Sig")
      .map(({ name, value, widgets }) => {
        const [widget] = widgets;
        const rectangle = widget === undefined ? null : file.get(widget.dict, "Rect");
        return {
          name,
          page: widget === undefined || widget.page === null ? null : widget.page + 1,
          rectangle: Array.isArray(rectangle) ? rectangle.map((side: PdfObject) => numberOf(side) ?? Number.NaN) : [],
          signed: value !== null,
        };
      });
  } finally {
    file.close();
  }
}
