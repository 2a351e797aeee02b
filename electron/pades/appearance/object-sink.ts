import type { PdfObject, PdfRef } from "../../pdf/objects.ts";

/** Where new objects go; `IncrementalUpdate` is one. */
export interface ObjectSink {
  allocate(): PdfRef;
  set(reference: PdfRef, object: PdfObject): void;
}
