import { latin1 } from "./characters.ts";
import type { ByteSource } from "./pdf-file.ts";
import { PdfProblem } from "./pdf-problem.ts";

export interface Header {
  /** Bytes before `%PDF-`. */
  readonly offset: number;
  /** E.g. "1.7". */
  readonly version: string;
}

/** The header may stand anywhere in the first 1,024 bytes, as readers have always accepted. */
const REACH = 1024;

/** Finds `%PDF-n.m` (ISO 32000-2 7.5.2). */
export function readHeader(source: ByteSource): Header {
  if (source.size === 0) {
    throw new PdfProblem("empty-file", "The file is empty.", 0);
  }
  const match = /%PDF-(\d\.\d)/.exec(latin1(source.read(0, REACH + 8)));
  if (match === null || match.index > REACH) {
    throw new PdfProblem("not-a-pdf", "The file does not begin like a PDF.", 0);
  }
  return { offset: match.index, version: match[1] ?? "1.0" };
}
