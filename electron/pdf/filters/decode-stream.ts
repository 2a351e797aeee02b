import { MAX_FILTERS } from "../limits.ts";
import { isArray, isDict, isName, type PdfDict, type PdfObject } from "../objects.ts";
import { PdfProblem } from "../pdf-problem.ts";
import { decodeAscii85, decodeAsciiHex } from "./ascii.ts";
import { decodeFlate } from "./flate.ts";
import { decodeLzw } from "./lzw.ts";
import { type PredictorParameters, undoPredictor } from "./predictor.ts";
import { decodeRunLength } from "./run-length.ts";

export interface DecodeOptions {
  readonly lenient: boolean;
  readonly resolve: (object: PdfObject | undefined) => PdfObject;
}

/** Undoes the filters of a stream (ISO 32000-2 7.4): those that structural data uses, not those of images. */
export function decodeStream(dict: PdfDict, raw: Uint8Array, options: DecodeOptions): Uint8Array {
  const { resolve } = options;
  // SECURITY: data in another file (ISO 32000-2 7.3.8.2, /F) is never fetched.
  if (dict.entries.has("F")) {
    throw new PdfProblem("stream-broken", "The stream's data lies in another file.");
  }
  const filters = asList(resolve(dict.entries.get("Filter"))).map(resolve);
  if (filters.length > MAX_FILTERS) {
    throw new PdfProblem("limit", "A stream has too many filters.");
  }
  const parameters = asList(resolve(dict.entries.get("DecodeParms"))).map(resolve);
  let bytes = raw;
  for (const [index, filter] of filters.entries()) {
    if (!isName(filter)) {
      throw new PdfProblem("filter-broken", "A filter is not a name.");
    }
    // ISO 32000-2 7.4.10: this one belongs to the encryption, has been undone already, and stands first.
    if (index === 0 && filter.name === "Crypt") {
      continue;
    }
    const own = parameters[index];
    bytes = decode(filter.name, bytes, isDict(own) ? own : undefined, options);
  }
  return bytes;
}

const asList = (object: PdfObject): readonly PdfObject[] =>
  isArray(object) ? object : object === null ? [] : [object];

function decode(
  filter: string,
  bytes: Uint8Array,
  parameters: PdfDict | undefined,
  options: DecodeOptions,
): Uint8Array {
  const integer = (key: string, fallback: number): number => {
    const value = options.resolve(parameters?.entries.get(key));
    return typeof value === "number" ? value : fallback;
  };
  const predictor = (): PredictorParameters => ({
    predictor: integer("Predictor", 1),
    colors: integer("Colors", 1),
    bitsPerComponent: integer("BitsPerComponent", 8),
    columns: integer("Columns", 1),
  });
  switch (filter) {
    case "FlateDecode":
      return undoPredictor(decodeFlate(bytes, options.lenient), predictor());
    case "LZWDecode":
      return undoPredictor(decodeLzw(bytes, integer("EarlyChange", 1) === 0 ? 0 : 1), predictor());
    case "ASCIIHexDecode":
      return decodeAsciiHex(bytes);
    case "ASCII85Decode":
      return decodeAscii85(bytes);
    case "RunLengthDecode":
      return decodeRunLength(bytes);
    default:
      throw new PdfProblem("filter-unsupported", `The filter ${filter.slice(0, 40)} is not supported here.`);
  }
}
