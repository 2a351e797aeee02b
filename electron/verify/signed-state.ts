import type { PdfDict } from "../pdf/objects.ts";

/** A signature as far as its permissions are concerned. */
export interface SignedState {
  /** Index of the revision that the signature covers. */
  readonly revision: number;
  readonly dict: PdfDict;
  readonly field: PdfDict | undefined;
}
