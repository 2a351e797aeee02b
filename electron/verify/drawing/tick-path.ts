import { curveOf, type Point, pointsOn } from "./bezier.ts";
import { apply, type Matrix } from "./matrix.ts";
import type { Bounds } from "./seen-text.ts";
import { boundsOf } from "./shape-bounds.ts";
import { Unclear } from "./unclear.ts";

/** One part of a path, by the little that drawings of buttons are made of. */
export type TickShape =
  | { readonly kind: "box" | "round" | "diamond"; readonly box: Bounds }
  /** Any other curves, with the points that they run through. */
  | { readonly kind: "arc"; readonly points: readonly Point[] }
  | { readonly kind: "lines"; readonly corners: readonly Point[]; readonly closed: boolean };

interface Part {
  readonly corners: Point[];
  /** Also between the ends of curves. */
  readonly points: Point[];
  hasCurves: boolean;
  closed: boolean;
}

const STEPS = 8;
/** Of the size of a shape. */
const NEAR = 0.02;

/** The path under construction (ISO 32000-2 8.5.2) in the drawing of a button. */
export class TickPath {
  private readonly parts: Part[] = [];

  /** Says whether the operator is one that builds a path. */
  build(operator: string, numbers: readonly number[], transform: Matrix): boolean {
    const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = numbers;
    const points: Point[] = [];
    for (let index = 0; index < numbers.length; index += 2) {
      points.push(apply(transform, numbers[index] ?? Number.NaN, numbers[index + 1] ?? Number.NaN));
    }
    switch (operator) {
      case "m":
        this.parts.push({ corners: points.slice(0, 1), points: points.slice(0, 1), hasCurves: false, closed: false });
        return true;
      case "l":
        this.add(points.slice(0, 1), points.slice(0, 1));
        return true;
      case "c":
      case "v":
      case "y":
        this.curve(operator, points);
        return true;
      case "re": {
        const corners = (
          [
            [a, b],
            [a + c, b],
            [a + c, b + d],
            [a, b + d],
          ] as const
        ).map(([x, y]) => apply(transform, x, y));
        this.parts.push({ corners, points: corners, hasCurves: false, closed: true });
        return true;
      }
      case "h":
        this.close();
        return true;
      default:
        return false;
    }
  }

  close(): void {
    const part = this.parts.at(-1);
    if (part !== undefined) {
      part.closed = true;
    }
  }

  /** Throws `Unclear` for numbers that are missing. */
  shapes(filled: boolean): readonly TickShape[] {
    return this.parts
      .filter(({ corners }) => corners.length > 1)
      .map((part) => shapeOf({ ...part, closed: part.closed || filled }));
  }

  private add(corners: readonly Point[], points: readonly Point[]): void {
    const part = this.parts.at(-1);
    if (part === undefined || part.closed || corners.length === 0) {
      throw new Unclear("it has a malformed line");
    }
    part.corners.push(...corners);
    part.points.push(...points);
  }

  private curve(operator: "c" | "v" | "y", points: readonly Point[]): void {
    const curve = curveOf(operator, this.parts.at(-1)?.points.at(-1), points);
    this.add([curve[3]], pointsOn(curve, STEPS).slice(1));
    const part = this.parts.at(-1);
    if (part !== undefined) {
      part.hasCurves = true;
    }
  }
}

function shapeOf({ corners, points, hasCurves, closed }: Part): TickShape {
  if (!points.flat().every((value) => Number.isFinite(value))) {
    throw new Unclear("it has a malformed line");
  }
  const box = boundsOf(points);
  const near = NEAR * Math.max(box[2] - box[0], box[3] - box[1]);
  const distinct = corners.filter((corner, index) => index === 0 || !isNear(corner, corners[index - 1], near));
  const [first] = distinct;
  const returns = distinct.length > 2 && isNear(distinct.at(-1), first, near);
  const outline = returns ? distinct.slice(0, -1) : distinct;
  if (hasCurves) {
    return (closed || returns) && isConvexRing(points, near) ? { kind: "round", box } : { kind: "arc", points };
  }
  if ((closed || returns) && outline.length === 4) {
    const [left, bottom, right, top] = box;
    const [x, y] = [(left + right) / 2, (bottom + top) / 2];
    const places: readonly (readonly ["box" | "diamond", readonly Point[]])[] = [
      [
        "box",
        [
          [left, bottom],
          [right, bottom],
          [right, top],
          [left, top],
        ],
      ],
      [
        "diamond",
        [
          [left, y],
          [x, bottom],
          [right, y],
          [x, top],
        ],
      ],
    ];
    for (const [kind, expected] of places) {
      const start = expected.findIndex((point) => isNear(point, outline[0], near));
      const isSame = [1, -1].some((way) =>
        outline.every((corner, index) => isNear(corner, expected[(((start + way * index) % 4) + 4) % 4], near)),
      );
      if (start >= 0 && isSame) {
        return { kind, box };
      }
    }
  }
  return { kind: "lines", corners: outline, closed: closed || returns };
}

export const isNear = (a: Point | undefined, b: Point | undefined, near: number): boolean =>
  a !== undefined && b !== undefined && Math.abs(a[0] - b[0]) <= near && Math.abs(a[1] - b[1]) <= near;

/** It turns once around, always to the same side. */
function isConvexRing(all: readonly Point[], near: number): boolean {
  const points = all.filter((point, index) => !isNear(point, all.at(index - 1), near / 4));
  let [turned, least, most] = [0, 0, 0];
  for (const [index, b] of points.entries()) {
    const a = points.at(index - 1) ?? b;
    const c = points[(index + 1) % points.length] ?? b;
    const before = Math.atan2(b[1] - a[1], b[0] - a[0]);
    const after = Math.atan2(c[1] - b[1], c[0] - b[0]);
    const turn = ((after - before + 3 * Math.PI) % (2 * Math.PI)) - Math.PI;
    turned += turn;
    least = Math.min(least, turn);
    most = Math.max(most, turn);
  }
  return Math.abs(Math.abs(turned) - 2 * Math.PI) < 0.1 && (least > -0.1 || most < 0.1);
}
