import { type Curve, curveOf, type Point, pointsOn } from "./bezier.ts";

type Bounds = readonly [left: number, bottom: number, right: number, top: number];

/** In points from the edge: lines of a border lie half their width away, the shapes of a bevelled one reach further in. */
const LINE_MARGIN = 1.6;
const SHAPE_MARGIN = 3.1;
const STRAIGHT = 0.05;
/** The cells of a comb may be measured within its border. */
const CELL_MARGIN = 2;
const WIDEST_BETWEEN = 2;

/** An edge of the bounds along which a line runs from corner to corner; "between" the cells of a comb. */
export type Side = "left" | "right" | "low" | "high" | "between";

/** How a path is painted. */
export interface Painted {
  readonly filled: boolean;
  /** In points; 0 for none. */
  readonly lineWidth: number;
  /** Parts of a comb. */
  readonly cells: number | undefined;
}

/** Parts of a curve that are looked at. */
const STEPS = 16;
/** Rounded corners of a border: no farther in than this. */
const LARGEST_RADIUS = 10.5;

/** The lines of a path under construction, to tell a border from anything else that lines can draw. */
export class Outline {
  private readonly segments: (readonly [Point, Point])[] = [];
  private start: Point | undefined;
  private last: Point | undefined;
  private readonly curves: Curve[] = [];
  private parts = 0;

  point(operator: "m" | "l", point: Point): void {
    if (operator === "m") {
      this.close();
      this.start = point;
      this.parts += 1;
    } else if (this.last !== undefined) {
      this.segments.push([this.last, point]);
    }
    this.last = point;
  }

  curve(operator: "c" | "v" | "y", points: readonly Point[]): void {
    const curve = curveOf(operator, this.last, points);
    this.curves.push(curve);
    this.last = curve[3];
  }

  /** Of a closed path of straight lines; undefined for any other one. */
  get corners(): readonly Point[] | undefined {
    this.close();
    const corners = this.segments.filter(([from, to]) => !isSame(from, to)).map(([from]) => from);
    return this.parts === 1 && this.curves.length === 0 ? corners : undefined;
  }

  rectangle([left, bottom, right, top]: Bounds): void {
    this.parts += 1;
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
    if (this.curves.length > 0) {
      return this.isRounded([left, bottom, right, top], margin);
    }
    return this.segments.every(([a, b]) => {
      const [heightA, heightB] = [heightOf(a), heightOf(b)];
      const [acrossA, acrossB] = [acrossOf(a), acrossOf(b)];
      if (heightA === "inside" || heightB === "inside") {
        return false;
      }
      const isUpright = Math.abs(a[0] - b[0]) <= STRAIGHT;
      const isFromCornerToCorner = acrossA !== "inside" && acrossB !== "inside";
      // SECURITY: lines that turn sharply within a corner have a spike that reaches far in (ISO 32000-2 8.4.3.5).
      if (lineWidth > 0 && heightA === heightB && acrossA === acrossB && !isSame(a, b, SHORT)) {
        return false;
      }
      return heightA === heightB
        ? isFromCornerToCorner
        : (isUpright && isBetweenCells(a)) || (isFromCornerToCorner && acrossA === acrossB);
    });
  }

  /** One closed line of four arcs, one in each corner, and straight lines along the edges between them. */
  private isRounded([left, bottom, right, top]: Bounds, margin: number): boolean {
    const corners = this.curves.map(([from, , , to]) => {
      const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
      return `${x < (left + right) / 2 ? "left" : "right"} ${y < (bottom + top) / 2 ? "low" : "high"}`;
    });
    const depthOf = ([x, y]: Point): number => Math.min(x - left, right - x, y - bottom, top - y);
    const isArc = (curve: Curve): boolean => {
      const [from, , , to] = curve;
      const [x1, x2] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
      const [y1, y2] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
      const isInCorner = curve.every(([x, y]) => x >= x1 - 0.1 && x <= x2 + 0.1 && y >= y1 - 0.1 && y <= y2 + 0.1);
      const isSmall = Math.max(x2 - x1, y2 - y1) <= LARGEST_RADIUS;
      return isInCorner && isSmall && pointsOn(curve, STEPS).every((point) => depthOf(point) <= SHAPE_MARGIN);
    };
    const runsAlongEdge = ([a, b]: readonly [Point, Point]): boolean =>
      (Math.max(a[0], b[0]) <= left + margin && Math.min(a[0], b[0]) >= left - margin) ||
      Math.min(a[0], b[0]) >= right - margin ||
      Math.max(a[1], b[1]) <= bottom + margin ||
      Math.min(a[1], b[1]) >= top - margin;
    this.close();
    return (
      this.parts === 1 &&
      this.curves.length === 4 &&
      new Set(corners).size === 4 &&
      this.curves.every(isArc) &&
      this.segments.every((segment) => runsAlongEdge(segment)) &&
      isSame(this.start, this.last)
    );
  }

  /** The edges that a border runs along; asked after `isBorderOf`. */
  sidesOf([left, bottom, right]: Bounds, filled: boolean): ReadonlySet<Side> {
    if (this.curves.length > 0) {
      return new Set(["left", "right", "low", "high"]);
    }
    const margin = filled ? SHAPE_MARGIN : LINE_MARGIN;
    const sides = new Set<Side>();
    for (const [a, b] of this.segments) {
      const isUpright = Math.abs(a[1] - b[1]) > Math.abs(a[0] - b[0]);
      if (isSame(a, b, SHORT)) {
        continue;
      }
      if (isUpright) {
        sides.add(a[0] <= left + margin ? "left" : a[0] >= right - margin ? "right" : "between");
      } else {
        sides.add(a[1] <= bottom + margin ? "low" : "high");
      }
    }
    return sides;
  }

  /** How far from the nearest edge of the bounds the path reaches; lines from edge to edge do not count. */
  depthIn([left, bottom, right, top]: Bounds): number {
    let deepest = 0;
    for (const [x, y] of [...this.segments.flat(), ...this.curves.flatMap((curve) => pointsOn(curve, STEPS))]) {
      deepest = Math.max(deepest, Math.min(x - left, right - x, y - bottom, top - y));
    }
    return deepest;
  }
}

const SHORT = 0.1;

const isSame = (a: Point | undefined, b: Point | undefined, within = 0.01): boolean =>
  a !== undefined && b !== undefined && Math.abs(a[0] - b[0]) <= within && Math.abs(a[1] - b[1]) <= within;
