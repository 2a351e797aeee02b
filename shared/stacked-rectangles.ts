import type { UserSpaceRectangle } from "./placement.ts";

/** Between two marks of the same document. User-space units. */
export const STACK_GAP = 8;

/** What a shift by a rounding error of the placing must not decide. */
const TOLERANCE = 1e-6;

/**
 * Where the marks of several signers go when one place was chosen: the first one there, the next ones above it, then below it, then
 * in the same rows to the right and to the left. They never overlap, and none but the first (which the person has put
 * there) leaves the page. User space throughout, so on a turned page "above" is what the file calls above.
 *
 * @param pageBox the page's visible area (CropBox)
 * @returns as many rectangles as asked for; null when the page has no room for all of them
 */
export function stackedRectangles(
  first: UserSpaceRectangle,
  pageBox: UserSpaceRectangle,
  count: number,
): readonly UserSpaceRectangle[] | null {
  const found: UserSpaceRectangle[] = [first];
  const rows = steps(first.y, first.height, pageBox.y, pageBox.height, count);
  const columns = steps(first.x, first.width, pageBox.x, pageBox.width, count);
  for (const column of [0, ...columns]) {
    for (const row of [0, ...rows]) {
      if (found.length >= count) return found;
      const isFirst = column === 0 && row === 0;
      const rectangle = {
        ...first,
        x: first.x + column * (first.width + STACK_GAP),
        y: first.y + row * (first.height + STACK_GAP),
      };
      if (!isFirst && lies(rectangle, pageBox)) found.push(rectangle);
    }
  }
  return found.length >= count ? found : null;
}

/** Steps of one side and its gap that stay within the page: forward 1, 2, …, then back -1, -2, …; at most `most` each way. */
function steps(from: number, side: number, low: number, length: number, most: number): readonly number[] {
  const step = side + STACK_GAP;
  const last = Math.floor((low + length - side - from + TOLERANCE) / step);
  const lowest = Math.ceil((low - from - TOLERANCE) / step);
  const forward = range(Math.max(1, lowest), last, most);
  const back = range(Math.max(1, -last), -lowest, most);
  return [...forward, ...back.map((number) => -number)];
}

function range(begin: number, end: number, most: number): readonly number[] {
  return Array.from({ length: Math.min(most, Math.max(0, end - begin + 1)) }, (_, index) => begin + index);
}

function lies(rectangle: UserSpaceRectangle, page: UserSpaceRectangle): boolean {
  return (
    rectangle.x >= page.x - TOLERANCE &&
    rectangle.y >= page.y - TOLERANCE &&
    rectangle.x + rectangle.width <= page.x + page.width + TOLERANCE &&
    rectangle.y + rectangle.height <= page.y + page.height + TOLERANCE
  );
}
