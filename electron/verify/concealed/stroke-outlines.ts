import type { PaintState } from "./paint-state.ts";
import type { Polygon } from "./polygon-region.ts";

/** In cells: thinner lines hide no sign. */
const THINNEST = 3;
const MAXIMUM_PIECES = 1000;

/** The outlines of thick lines, piece by piece without caps and joins; none for thin ones. */
export function strokeOutlines(path: readonly Polygon[], { lineWidth, transform }: PaintState): readonly Polygon[] {
  const scale = Math.sqrt(Math.abs(transform[0] * transform[3] - transform[1] * transform[2]));
  const half = (lineWidth * scale) / 2;
  if (!(half * 2 >= THINNEST)) {
    return [];
  }
  const outlines: Polygon[] = [];
  for (const points of path) {
    for (let index = 1; index < points.length && outlines.length < MAXIMUM_PIECES; index += 1) {
      const [[x1, y1], [x2, y2]] = [points[index - 1] ?? [0, 0], points[index] ?? [0, 0]];
      const length = Math.hypot(x2 - x1, y2 - y1);
      if (length > 0) {
        const [x, y] = [((y2 - y1) / length) * half, ((x1 - x2) / length) * half];
        outlines.push([
          [x1 + x, y1 + y],
          [x2 + x, y2 + y],
          [x2 - x, y2 - y],
          [x1 - x, y1 - y],
        ]);
      }
    }
  }
  return outlines;
}
