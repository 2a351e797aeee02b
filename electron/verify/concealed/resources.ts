import { isArray, isDict, isName, isRef, isStream } from "../../pdf/objects.ts";
import type { PdfDict, PdfObject, PdfStream } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { nameOf } from "../pdf-text.ts";
import { type FontMetrics, fontMetrics } from "../drawing/font-metrics.ts";

/** SECURITY: what one drawing may hold; more cannot be unpacked in the time that the signer waits. */
const MAXIMUM_ENCODED = 2 * 1024 * 1024;

/** SECURITY: bytes that are too many for a look in passing are not unpacked. */
export function lookedAtBytes(file: PdfFile, stream: PdfStream): Uint8Array {
  if (stream.data.kind === "file" && stream.data.length > MAXIMUM_ENCODED) {
    throw new PdfProblem("limit", "A drawing is too large to be searched.");
  }
  return file.streamBytes(stream);
}

/** ISO 32000-2 7.8.2: several streams are read as one, with a blank between them. */
export function contentOf(file: PdfFile, contents: PdfObject): Uint8Array {
  const streams = (isArray(contents) ? contents.map((item) => file.resolve(item)) : [contents]).filter(isStream);
  return Buffer.concat(streams.flatMap((one) => [lookedAtBytes(file, one), Buffer.from("\n")]));
}

/** A named resource (ISO 32000-2 7.8.3). */
export function resourceOf(file: PdfFile, resources: PdfObject, kind: string, key: string | undefined): PdfObject {
  const list = isDict(resources) ? file.get(resources, kind) : null;
  return isDict(list) ? file.get(list, key ?? "") : null;
}

/** The second operand of BDC: a dictionary, or its name in /Properties (ISO 32000-2 14.6.2); as it is written. */
export function propertyOf(file: PdfFile, resources: PdfObject, operand: PdfObject | undefined): PdfObject | undefined {
  if (!isName(operand)) {
    return operand;
  }
  const list = isDict(resources) ? file.get(resources, "Properties") : null;
  return isDict(list) ? list.entries.get(operand.name) : undefined;
}

export function fontOf(
  { file, fonts }: { readonly file: PdfFile; readonly fonts: Map<number, FontMetrics | undefined> },
  resources: PdfObject,
  key: string | undefined,
): FontMetrics | undefined {
  const list = isDict(resources) ? file.get(resources, "Font") : null;
  const written = isDict(list) ? list.entries.get(key ?? "") : undefined;
  const dict = file.resolve(written);
  if (!isDict(dict)) {
    return undefined;
  }
  if (!isRef(written)) {
    return fontMetrics(file, dict);
  }
  if (!fonts.has(written.num)) {
    fonts.set(written.num, fontMetrics(file, dict));
  }
  return fonts.get(written.num);
}

/** The dictionary of an inline image (ISO 32000-2 8.9.7), from what stands between BI and ID. */
export function inlineImage(operands: readonly PdfObject[]): PdfDict {
  const entries = new Map<string, PdfObject>();
  for (let index = 0; index + 1 < operands.length; index += 2) {
    entries.set(nameOf(operands[index]) ?? "", operands[index + 1] ?? null);
  }
  return { kind: "dict", entries, duplicates: [] };
}
