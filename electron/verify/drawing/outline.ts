type Bounds = readonly [left: number, bottom: number, right: number, top: number];
type Point = readonly [number, number];

/** In points from the edge: lines of a border lie half their width away, the shapes of a bevelled one reach further in. */
const LINE_MARGIN = 1.6;
const SHAPE_MARGIN = 3.1;
const STRAIGHT = 0.05;
/** The cells of a comb may be measured within its border. */
const CELL_MARGIN = 2;
const WIDEST_BETWEEN = 2;

/** How a path is painted. */
export interface Painted {
  readonly filled: boolean;
  /** In points; 0 for none. */
  readonly lineWidth: number;
  /** Parts of a comb. */
  readonly cells: number | undefined;
}

/** The lines of a path under construction, to tell a border from anything else that lines can draw. */
export class Outline {
  private readonly segments: (readonly [Point, Point])[] = [];
  private start: Point | undefined;
  private last: Point | undefined;
  private hasCurves = false;

  point(operator: "m" | "l", point: Point): void {
    if (operator === "m") {
      this.close();
      this.start = point;
    } else if (this.last !== undefined) {
      this.segments.push([this.last, point]);
    }
    this.last = point;
  }

  curve(): void {
    this.hasCurves = true;
  }

  rectangle([left, bottom, right, top]: Bounds): void {
    const corners: readonly Point[] = [
      [left, bottom],
      [right, bottom],
      [right, top],
      [left, top],
    ];
    for (const [index, corner] of corners.entries()) {
      this.segments.push([corner, corners[(index + 1) % 4] ?? corner]);
    }
  }

  close(): void {
    if (this.start !== undefined && this.last !== undefined) {
      this.segments.push([this.last, this.start]);
      this.last = this.start;
    }
  }

  /**
   * Every line runs from one corner of the bounds to the next one, stays in a corner, or goes straight from the lower edge
   * to the upper one between the cells of a comb. No sign that a person reads is made of such lines. What is filled
   * is closed first (ISO 32000-2 8.5.3.1).
   */
  isBorderOf([left, bottom, right, top]: Bounds, { filled, lineWidth, cells }: Painted): boolean {
    if (filled) {
      this.close();
    }
    const margin = filled ? SHAPE_MARGIN : LINE_MARGIN;
    const acrossOf = ([x]: Point): "left" | "right" | "inside" =>
      x <= left + margin ? "left" : x >= right - margin ? "right" : "inside";
    const heightOf = ([, y]: Point): "low" | "high" | "inside" =>
      y <= bottom + margin ? "low" : y >= top - margin ? "high" : "inside";
    /** SECURITY: an upright line where no comb has one reads as a digit one. */
    const isBetweenCells = ([x]: Point): boolean => {
      const cell = ((x - left) / (right - left)) * (cells ?? 1);
      const away = (Math.abs(cell - Math.round(cell)) / (cells ?? 1)) * (right - left);
      return cells !== undefined && !filled && lineWidth <= WIDEST_BETWEEN && away <= CELL_MARGIN;
    };
    return (
      !this.hasCurves &&
      this.segments.every(([a, b]) => {
        const [heightA, heightB] = [heightOf(a), heightOf(b)];
        const [acrossA, acrossB] = [acrossOf(a), acrossOf(b)];
        if (heightA === "inside" || heightB === "inside") {
          return false;
        }
        const isUpright = Math.abs(a[0] - b[0]) <= STRAIGHT;
        const isFromCornerToCorner = acrossA !== "inside" && acrossB !== "inside";
        return heightA === heightB
          ? isFromCornerToCorner
          : (isUpright && isBetweenCells(a)) || (isFromCornerToCorner && acrossA === acrossB);
      })
    );
  }

  /** How far from the nearest edge of the bounds the path reaches; lines from edge to edge do not count. */
  depthIn([left, bottom, right, top]: Bounds): number {
    let deepest = 0;
    for (const [x, y] of this.segments.flat()) {
      deepest = Math.max(deepest, Math.min(x - left, right - x, y - bottom, top - y));
    }
    return deepest;
  }
}
