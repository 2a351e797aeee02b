import { deflateSync } from "node:zlib";
import { name, stream } from "../../pdf/objects.ts";
import type { PdfObject } from "../../pdf/objects.ts";

/** A new stream object, compressed (ISO 32000-2 7.4.4). */
export const deflatedStream = (entries: Readonly<Record<string, PdfObject>>, bytes: Uint8Array): PdfObject =>
  stream({ ...entries, Filter: name("FlateDecode") }, deflateSync(bytes));
