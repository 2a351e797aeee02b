import { type IndirectObject, readIndirectObject } from "../pdf/indirect-object.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { PdfProblem } from "../pdf/pdf-problem.ts";

/** The object that begins here; undefined when there is none. */
export function readAt(file: PdfFile, start: number): IndirectObject | undefined {
  try {
    return readIndirectObject(file.source, start, { lenient: false, resolve: (object) => file.resolve(object) });
  } catch (error) {
    if (error instanceof PdfProblem) {
      return undefined;
    }
    throw error;
  }
}

/** Offsets of all objects of all revisions, ascending. Linear in the file's objects. */
export function objectStarts(file: PdfFile): Float64Array {
  const starts: number[] = [];
  for (const revision of file.revisions) {
    starts.push(...revision.xrefStreams);
    for (const entry of revision.entries.values()) {
      if (entry.kind === "offset") {
        starts.push(entry.offset);
      }
    }
  }
  return Float64Array.from(starts).sort();
}

/** The greatest number that is not above another one. */
export function lastNotAfter(sorted: Float64Array, offset: number): number | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low === 0 ? undefined : sorted[low - 1];
}
