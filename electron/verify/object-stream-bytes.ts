import { Cursor } from "../pdf/cursor.ts";
import { memorySource } from "../pdf/memory-source.ts";
import { ObjectParser } from "../pdf/object-parser.ts";
import { ObjectStream } from "../pdf/object-stream.ts";
import { isName, type PdfObject, isStream, type PdfStream } from "../pdf/objects.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";

/** An object stream, by what it says or by what it needs to be one. */
export const isObjectStream = (file: PdfFile, object: PdfObject): object is PdfStream =>
  isStream(object) && isName(file.get(object.dict, "Type"), "ObjStm");

/**
 * True when an object stream (ISO 32000-2 7.5.7) holds exactly the objects that the cross-reference of this state reads
 * from it, with only white space between them. Throws `PdfProblem`.
 *
 * SECURITY: programs that go by the stream's own list instead of the cross-reference find the other objects, too.
 */
export function holdsOnlyKnownObjects(state: PdfFile, holder: number, stream: PdfStream): boolean {
  const bytes = state.streamBytes(stream);
  const { N, First } = { N: state.get(stream.dict, "N"), First: state.get(stream.dict, "First") };
  const { index } = new ObjectStream(bytes, N, First, 0, false);
  const known = index.every(({ num }, position) => {
    const entry = state.entry(num);
    return entry?.kind === "in-stream" && entry.stream === holder && entry.index === position;
  });
  if (!known) {
    return false;
  }
  const places = index.map(({ at }) => at).sort((a, b) => a - b);
  const source = memorySource(bytes);
  return places.every((at, position) => {
    const cursor = new Cursor(source, at);
    new ObjectParser(cursor).parse();
    cursor.skipSpaceAndComments();
    return cursor.pos === (places[position + 1] ?? bytes.length);
  });
}
