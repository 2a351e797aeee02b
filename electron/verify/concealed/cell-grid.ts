/**
 * A part of a page in cells: a rectangle [left, right) × [bottom, top), or spans [from, to) row by row, sorted, from
 * `bottom` upwards. Whole cells; a cell belongs to a shape when its middle lies in it.
 */
export type Region =
  | {
      readonly kind: "rectangle";
      readonly left: number;
      readonly bottom: number;
      readonly right: number;
      readonly top: number;
    }
  | { readonly kind: "rows"; readonly bottom: number; readonly rows: readonly (readonly number[])[] };

export const NOWHERE: Region = { kind: "rows", bottom: 0, rows: [] };

const rowsOf = (region: Region): { readonly bottom: number; readonly rows: readonly (readonly number[])[] } => {
  if (region.kind === "rows") {
    return region;
  }
  const { left, bottom, right, top } = region;
  const row = [left, right];
  return { bottom, rows: left < right ? Array.from({ length: Math.max(0, top - bottom) }, () => row) : [] };
};

/** What two regions share. Linear in their rows and spans. */
export function intersection(a: Region, b: Region): Region {
  if (a.kind === "rectangle" && b.kind === "rectangle") {
    return {
      kind: "rectangle",
      left: Math.max(a.left, b.left),
      bottom: Math.max(a.bottom, b.bottom),
      right: Math.min(a.right, b.right),
      top: Math.min(a.top, b.top),
    };
  }
  const [one, other] = [rowsOf(a), rowsOf(b)];
  const bottom = Math.max(one.bottom, other.bottom);
  const top = Math.min(one.bottom + one.rows.length, other.bottom + other.rows.length);
  const rows: number[][] = [];
  for (let row = bottom; row < top; row += 1) {
    rows.push(sharedSpans(one.rows[row - one.bottom] ?? [], other.rows[row - other.bottom] ?? []));
  }
  return { kind: "rows", bottom, rows };
}

function sharedSpans(a: readonly number[], b: readonly number[]): number[] {
  const shared: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [endA, endB] = [a[i + 1] ?? 0, b[j + 1] ?? 0];
    const [from, to] = [Math.max(a[i] ?? 0, b[j] ?? 0), Math.min(endA, endB)];
    if (from < to) {
      shared.push(from, to);
    }
    if (endA < endB) {
      i += 2;
    } else {
      j += 2;
    }
  }
  return shared;
}

export function contains(region: Region, x: number, y: number): boolean {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  if (region.kind === "rectangle") {
    return column >= region.left && column < region.right && row >= region.bottom && row < region.top;
  }
  const spans = region.rows[row - region.bottom] ?? [];
  for (let index = 0; index < spans.length; index += 2) {
    if (column >= (spans[index] ?? 0) && column < (spans[index + 1] ?? 0)) {
      return true;
    }
  }
  return false;
}

/** Cells that one page after the other uses. */
export interface CellScratch {
  cells?: Int32Array;
}

/** Which paint lies uppermost in each cell of a page: the number of the last opaque painting there, 0 for none. */
export class CellGrid {
  readonly width: number;
  readonly height: number;
  private readonly last: Int32Array;

  constructor(width: number, height: number, scratch: CellScratch = {}) {
    this.width = width;
    this.height = height;
    const size = width * height;
    if (scratch.cells === undefined || scratch.cells.length < size) {
      scratch.cells = new Int32Array(size);
    }
    this.last = scratch.cells.subarray(0, size).fill(0);
  }

  /** Paints over; gives the number of rows that this took. */
  cover(region: Region, paint: number): number {
    if (region.kind === "rectangle") {
      for (let row = Math.max(0, region.bottom); row < region.top; row += 1) {
        this.fill(row, region.left, region.right, paint);
      }
      return Math.max(1, region.top - region.bottom);
    }
    for (const [index, spans] of region.rows.entries()) {
      for (let span = 0; span < spans.length; span += 2) {
        this.fill(region.bottom + index, spans[span] ?? 0, spans[span + 1] ?? 0, paint);
      }
    }
    return region.rows.length + 1;
  }

  private fill(row: number, left: number, right: number, paint: number): void {
    const [from, to] = [Math.max(0, left), Math.min(this.width, right)];
    if (row >= 0 && row < this.height && from < to) {
      this.last.fill(paint, row * this.width + from, row * this.width + to);
    }
  }

  /** Was each of these cells painted over after `paint`? A cell beyond the grid was not. */
  isCovered(box: readonly [number, number, number, number], paint: number): boolean {
    const [left, bottom, right, top] = box;
    // Written so that no number ("not a number") is covered either.
    if (!(left >= 0 && bottom >= 0 && right <= this.width && top <= this.height && left < right && bottom < top)) {
      return false;
    }
    for (let row = bottom; row < top; row += 1) {
      for (let column = left; column < right; column += 1) {
        if ((this.last[row * this.width + column] ?? 0) <= paint) {
          return false;
        }
      }
    }
    return true;
  }
}
