import { apply, type Matrix } from "../../drawing/matrix.ts";
import type { TextBox } from "../../drawing/page-content.ts";
import { boundsOf } from "../../drawing/shape-bounds.ts";

type Point = readonly [number, number];

interface Part {
  readonly box: TextBox;
  readonly isBarLike: boolean;
}

const MOST_CORNERS = 10;
/** Of the lesser side: how far a round end reaches into a bar. */
const END = 0.35;

/** The path under construction (ISO 32000-2 8.5.2), part by part. */
export class MarkerPath {
  private readonly built: { readonly corners: Point[]; readonly all: Point[]; readonly rectangle: boolean }[] = [];

  /** Says whether the operator is one that builds a path. */
  build(operator: string, numbers: readonly number[], transform: Matrix): boolean {
    const points: Point[] = [];
    const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = numbers;
    for (let index = 0; index + 1 < numbers.length; index += 2) {
      points.push(apply(transform, numbers[index] ?? 0, numbers[index + 1] ?? 0));
    }
    const last = this.built.at(-1);
    switch (operator) {
      case "m":
        this.built.push({ corners: [...points], all: [...points], rectangle: false });
        return true;
      case "l":
      case "c":
      case "v":
      case "y":
        last?.corners.push(...points.slice(-1));
        last?.all.push(...points);
        return true;
      case "re": {
        const corners = [[a, b] as const, [a + c, b] as const, [a + c, b + d] as const, [a, b + d] as const].map(
          ([x, y]) => apply(transform, x, y),
        );
        this.built.push({ corners, all: corners, rectangle: true });
        return true;
      }
      default:
        return operator === "h";
    }
  }

  get parts(): readonly Part[] {
    return this.built.map(({ corners, all }) => {
      const box = boundsOf(all);
      return { box, isBarLike: isBarLike(corners, all, box) };
    });
  }

  get onlyRectangle(): TextBox | undefined {
    const [first, second] = this.built;
    return first?.rectangle === true && second === undefined ? boundsOf(first.all) : undefined;
  }
}

/** It bulges nowhere inwards, and its points lie at two opposite ends: no sign has such an outline. */
function isBarLike(corners: readonly Point[], all: readonly Point[], [left, bottom, right, top]: TextBox): boolean {
  const near = END * Math.min(right - left, top - bottom);
  const [first, low, last, high] = boundsOf(corners);
  return (
    // SECURITY: a curve does not reach its control points; what seems wide could be narrow.
    Math.max(first - left, right - last, low - bottom, top - high) <= near &&
    corners.length <= MOST_CORNERS &&
    isConvex(corners) &&
    (all.every(([x]) => x <= left + near || x >= right - near) ||
      all.every(([, y]) => y <= bottom + near || y >= top - near))
  );
}

const SAME = 0.01;

function isConvex(corners: readonly Point[]): boolean {
  const distinct = corners.filter((corner, index) => {
    const next = corners[(index + 1) % corners.length] ?? corner;
    return Math.abs(corner[0] - next[0]) > SAME || Math.abs(corner[1] - next[1]) > SAME;
  });
  const turns = distinct.map((b, index) => {
    const a = distinct.at(index - 1) ?? b;
    const c = distinct[(index + 1) % distinct.length] ?? b;
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]);
  });
  return turns.every((turn) => turn >= -SAME) || turns.every((turn) => turn <= SAME);
}
