export interface PageRange {
  /** From 1, both included. */
  readonly first: number;
  /** Infinity: to the last page. */
  readonly last: number;
}

const RANGE = /^(\d{1,7})(?:\s*-\s*(\d{1,7})?)?$/u;

/** "all", "1-3,5", "2-" (to the last page). Null: none of these. */
export function parsePageRanges(text: string): readonly PageRange[] | null {
  if (text.trim().toLowerCase() === "all") {
    return [{ first: 1, last: Infinity }];
  }
  const ranges: PageRange[] = [];
  for (const part of text.split(",")) {
    const found = RANGE.exec(part.trim());
    if (found === null) {
      return null;
    }
    const first = Number(found[1]);
    const open = part.includes("-") && found[2] === undefined;
    const last = open ? Infinity : Number(found[2] ?? found[1]);
    if (first < 1 || last < first) {
      return null;
    }
    ranges.push({ first, last });
  }
  return ranges;
}

/** The pages of a document of `count` pages that the ranges name, ascending, each once. */
export function pagesIn(ranges: readonly PageRange[], count: number): readonly number[] {
  const inside = (page: number): boolean => ranges.some(({ first, last }) => page >= first && page <= last);
  return Array.from({ length: count }, (_, index) => index + 1).filter(inside);
}
