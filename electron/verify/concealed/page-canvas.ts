import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { apply, type Matrix } from "../drawing/matrix.ts";
import { boundsOf } from "../drawing/shape-bounds.ts";
import { CellGrid, contains, intersection, type Region } from "./cell-grid.ts";
import { type Polygon, regionOf } from "./polygon-region.ts";

/** Cells of a page: about one to a square point on A4, larger ones on larger pages. */
const CELLS = 500_000;
const SMALLEST_CELL = 0.25;
/** SECURITY: signs on one page that are kept in mind. */
const MAXIMUM_SIGNS = 200_000;

/** [left, bottom, right, top) in cells. */
type Box = readonly [number, number, number, number];

interface Sign {
  /** What a reader needs to see of it. */
  readonly box: Box;
  readonly paint: number;
  /** What it is, to know the same sign again. */
  readonly what: string;
}

/** What is painted on a page, in the order of painting, as far as it may hide something. */
export class PageCanvas {
  /** From the page's space to cells. */
  readonly transform: Matrix;
  readonly page: Region;
  private readonly width: number;
  private readonly height: number;
  private readonly signs: Sign[] = [];
  private readonly annotations: Omit<Sign, "what">[] = [];
  private readonly spend: (work: number) => void;
  private grid: CellGrid | undefined;
  private paint = 0;
  private drawn = 0;

  /** `spend` is told about rows of cells that were gone over, and may throw. */
  constructor(box: readonly [number, number, number, number], spend: (work: number) => void) {
    const [left, bottom, right, top] = box;
    const [width, height] = [right - left, top - bottom];
    const cell = Math.max(SMALLEST_CELL, Math.sqrt((width * height) / CELLS));
    this.width = Math.max(1, Math.ceil(width / cell));
    this.height = Math.max(1, Math.ceil(height / cell));
    if (!(this.width * this.height <= 2 * CELLS)) {
      throw new PdfProblem("limit", "A page is too long and thin.");
    }
    this.transform = [1 / cell, 0, 0, 1 / cell, -left / cell, -bottom / cell];
    this.page = { kind: "rectangle", left: 0, bottom: 0, right: this.width, top: this.height };
    this.spend = spend;
  }

  /** How many signs, shapes and pictures were drawn so far. */
  get count(): number {
    return this.drawn;
  }

  region(polygons: readonly Polygon[], rule: "nonzero" | "even-odd"): Region {
    const region = regionOf(polygons, rule, this.height);
    this.spend(region.kind === "rows" ? region.rows.length : 1);
    return region;
  }

  /** Something that hides nothing. */
  draw(): void {
    this.drawn += 1;
  }

  /** Opaque paint within the clip. */
  cover(region: Region, clip: Region): void {
    this.drawn += 1;
    // Nothing lies under what is painted first: most backgrounds cost nothing.
    if (this.signs.length === 0 && this.annotations.length === 0) {
      return;
    }
    this.paint += 1;
    this.grid ??= new CellGrid(this.width, this.height);
    this.spend(this.grid.cover(intersection(intersection(region, clip), this.page), this.paint));
  }

  /** A sign whose body lies between these corners of its own space. */
  sign(what: string, matrix: Matrix, corners: readonly [number, number, number, number], clip: Region): void {
    const [x1, y1, x2, y2] = corners;
    const [left, bottom, right, top] = boundsOf([
      apply(matrix, x1, y1),
      apply(matrix, x2, y1),
      apply(matrix, x1, y2),
      apply(matrix, x2, y2),
    ]);
    this.drawn += 1;
    const [x, y] = [(left + right) / 2, (bottom + top) / 2];
    // Outside the page or cut away: no cover hides that.
    if (!contains(clip, x, y) || !contains(this.page, x, y)) {
      return;
    }
    if (this.signs.length >= MAXIMUM_SIGNS) {
      throw new PdfProblem("limit", "A page has too much text on it.");
    }
    this.signs.push({ box: boxOf([left, bottom, right, top], x, y), paint: this.paint, what });
  }

  /** An annotation that was drawn just now, in the page's space. */
  annotation(rectangle: Box): void {
    const [left, bottom] = apply(this.transform, rectangle[0], rectangle[1]);
    const [right, top] = apply(this.transform, rectangle[2], rectangle[3]);
    const box = boxOf([left, bottom, right, top], (left + right) / 2, (bottom + top) / 2);
    this.annotations.push({ box, paint: this.paint });
  }

  /** Whether a sign or an annotation lies wholly under what was painted later, and the same sign does not stand on top again. */
  hidesSomething(): boolean {
    const { grid } = this;
    if (grid === undefined) {
      return false;
    }
    const visible = new Set<string>();
    const hidden: Sign[] = [];
    for (const sign of this.signs) {
      if (grid.isCovered(sign.box, sign.paint)) {
        hidden.push(sign);
      } else {
        visible.add(placeOf(sign, 0, 0));
      }
    }
    const isShownAgain = (sign: Sign): boolean =>
      NEIGHBOURS.some((x) => NEIGHBOURS.some((y) => visible.has(placeOf(sign, x, y))));
    return (
      hidden.some((sign) => !isShownAgain(sign)) ||
      this.annotations.some(({ box, paint }) => grid.isCovered(box, paint))
    );
  }
}

/** The cells whose middles lie in a box; of a very small one the cell that it lies in. */
function boxOf([left, bottom, right, top]: Box, x: number, y: number): Box {
  const cells = [Math.ceil(left - 0.5), Math.ceil(bottom - 0.5), Math.ceil(right - 0.5), Math.ceil(top - 0.5)] as const;
  const [from, to] = cells[0] < cells[2] ? [cells[0], cells[2]] : [Math.floor(x), Math.floor(x) + 1];
  const [low, high] = cells[1] < cells[3] ? [cells[1], cells[3]] : [Math.floor(y), Math.floor(y) + 1];
  return [from, low, to, high];
}

/** In cells: the same sign as near as this is the same one. */
const NEARNESS = 2;
const NEIGHBOURS = [-1, 0, 1];

const placeOf = ({ box, what }: Sign, x: number, y: number): string =>
  `${what} ${Math.floor(box[0] / NEARNESS) + x} ${Math.floor(box[1] / NEARNESS) + y}`;
