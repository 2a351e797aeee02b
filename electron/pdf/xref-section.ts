import type { PdfDict } from "./objects.ts";
import type { XrefEntry } from "./pdf-file.ts";

/** One cross-reference section as it lies in the file, before sections are joined to revisions. */
export interface XrefSection {
  /** Absolute. */
  readonly offset: number;
  readonly style: "table" | "stream" | "hybrid";
  readonly trailer: PdfDict;
  readonly entries: ReadonlyMap<number, XrefEntry>;
  /** Where the cross-reference streams begin that it was read from: none for a table, its /XRefStm for a hybrid one. */
  readonly streams: readonly number[];
  /** Offset just behind the trailer dictionary or the stream object. */
  readonly end: number;
}
