import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { apply, type Matrix } from "../drawing/matrix.ts";
import { CellGrid, type CellScratch, contains, intersection, type Region } from "./cell-grid.ts";
import { type FillRule, type Polygon, regionOf } from "./polygon-region.ts";
import { type Box, hasHiddenSign, SignList } from "./sign-list.ts";

/** Cells of a page: about one to a square point on A4, larger ones on larger pages. */
const CELLS = 500_000;
const SMALLEST_CELL = 0.25;
/** SECURITY: signs on one page that are kept in mind. */
const MAXIMUM_SIGNS = 200_000;

interface Annotation {
  readonly box: Box;
  readonly paint: number;
}

/** What is painted on a page, in the order of painting, as far as it may hide something. */
export class PageCanvas {
  /** From the page's space to cells. */
  readonly transform: Matrix;
  readonly page: Region;
  private readonly width: number;
  private readonly height: number;
  private readonly signs = new SignList();
  private readonly annotations: Annotation[] = [];
  private readonly scratch: CellScratch;
  private readonly spend: (work: number) => void;
  private grid: CellGrid | undefined;
  private isMeasured = true;
  private paint = 0;
  private drawn = 0;

  /** `spend` is told about rows of cells that were gone over, and may throw; `scratch` is for one page at a time. */
  constructor(box: Box, spend: (work: number) => void, scratch: CellScratch = {}) {
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
    this.scratch = scratch;
  }

  /** How many signs, shapes and pictures were drawn so far. */
  get count(): number {
    return this.drawn;
  }

  region(polygons: readonly Polygon[], rule: FillRule): Region {
    const region = regionOf(polygons, rule, this.height);
    this.spend(region.kind === "rows" ? region.rows.length : 1);
    return region;
  }

  /** Text of which nobody knows where it is, for its font cannot be read. */
  unmeasured(): void {
    this.drawn += 1;
    this.isMeasured = false;
  }

  /** Something that hides nothing. */
  draw(): void {
    this.drawn += 1;
  }

  /** Opaque paint within the clip. */
  cover(polygons: readonly Polygon[], rule: FillRule, clip: Region): void {
    this.drawn += 1;
    if (!this.isMeasured) {
      throw new PdfProblem("limit", "A page has text in a font that cannot be read, and something is painted later.");
    }
    // Nothing lies under what is painted first: most backgrounds cost nothing.
    if (this.signs.count === 0 && this.annotations.length === 0) {
      return;
    }
    this.paint += 1;
    this.grid ??= new CellGrid(this.width, this.height, this.scratch);
    const region = intersection(intersection(this.region(polygons, rule), clip), this.page);
    this.spend(this.grid.cover(region, this.paint));
  }

  /** A sign whose body lies between these corners of its own space. */
  sign(what: string, matrix: Matrix, left: number, bottom: number, right: number, top: number, clip: Region): void {
    const [a, b, c, d, e, f] = matrix;
    // The middle, and how far the turned box reaches from it.
    const [halfWidth, halfHeight] = [(right - left) / 2, (top - bottom) / 2];
    const x = a * (left + halfWidth) + c * (bottom + halfHeight) + e;
    const y = b * (left + halfWidth) + d * (bottom + halfHeight) + f;
    this.drawn += 1;
    // Outside the page or cut away: no cover hides that.
    if (!contains(clip, x, y) || !contains(this.page, x, y)) {
      return;
    }
    if (this.signs.count >= MAXIMUM_SIGNS) {
      throw new PdfProblem("limit", "A page has too much text on it.");
    }
    const reachX = Math.abs(a * halfWidth) + Math.abs(c * halfHeight);
    const reachY = Math.abs(b * halfWidth) + Math.abs(d * halfHeight);
    this.signs.add(boxOf([x - reachX, y - reachY, x + reachX, y + reachY], x, y), this.paint, what);
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
    return (
      this.annotations.some(({ box, paint }) => grid.isCovered(box, paint)) ||
      hasHiddenSign(this.signs, (sign) => grid.isCovered(this.signs.boxAt(sign), this.signs.paintAt(sign)))
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
