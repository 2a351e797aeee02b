import { Unclear } from "./unclear.ts";

export type Point = readonly [number, number];

/** A cubic Bézier curve (ISO 32000-2 8.5.2.2). */
export type Curve = readonly [from: Point, control: Point, control: Point, to: Point];

/**
 * `points`: two controls and the end; one where the other is an end itself (ISO 32000-2 table 58).
 *
 * SECURITY: of too few or too many operands each program makes another curve. Throws `Unclear` for them.
 */
export function curveOf(operator: "c" | "v" | "y", from: Point | undefined, points: readonly Point[]): Curve {
  const [first, second, third] = points;
  const to = operator === "c" ? third : second;
  const isComplete = points.length === (operator === "c" ? 3 : 2);
  if (from === undefined || first === undefined || second === undefined || to === undefined || !isComplete) {
    throw new Unclear("it has a malformed line");
  }
  return operator === "v"
    ? [from, from, first, to]
    : operator === "y"
      ? [from, first, to, to]
      : [from, first, second, to];
}

/** From its start to its end. */
export const pointsOn = ([a, b, c, d]: Curve, steps: number): readonly Point[] =>
  Array.from({ length: steps + 1 }, (_, step): Point => {
    const t = step / steps;
    const [p, q, r, s] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
    return [p * a[0] + q * b[0] + r * c[0] + s * d[0], p * a[1] + q * b[1] + r * c[1] + s * d[1]];
  });
