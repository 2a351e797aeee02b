import { isArray, isDict, isName, isRef } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import type { Comparison } from "../comparison.ts";
import { piecesOf } from "./marker-drawing.ts";
import type { Piece } from "./marker-pieces.ts";

const known = new WeakMap<Comparison, Map<number, ReadonlyMap<number, readonly Piece[]> | undefined>>();

/** SECURITY: each highlight is compared with all others of its page. */
const MOST_PIECES = 2000;

/** What the other highlighters of a page paint now; undefined when there are too many. */
export function otherHighlights(comparison: Comparison, page: number, num: number): readonly Piece[] | undefined {
  const pages = known.get(comparison) ?? new Map<number, ReadonlyMap<number, readonly Piece[]> | undefined>();
  known.set(comparison, pages);
  if (!pages.has(page)) {
    pages.set(page, highlightsOf(comparison, page));
  }
  const all = pages.get(page);
  return all === undefined ? undefined : [...all].flatMap(([other, pieces]) => (other === num ? [] : pieces));
}

function highlightsOf(comparison: Comparison, page: number): ReadonlyMap<number, readonly Piece[]> | undefined {
  const file: PdfFile = comparison.current;
  const dict = comparison.valueNow(page);
  const list = isDict(dict) ? file.get(dict, "Annots") : null;
  const all = new Map<number, readonly Piece[]>();
  let count = 0;
  for (const item of isArray(list) ? list : []) {
    const annotation = file.resolve(item);
    if (isDict(annotation) && isRef(item) && isName(file.get(annotation, "Subtype"), "Highlight")) {
      const pieces = piecesOf(file, annotation) ?? [];
      count += Math.max(1, pieces.length);
      if (count > MOST_PIECES) {
        return undefined;
      }
      all.set(item.num, pieces);
    }
  }
  return all;
}
