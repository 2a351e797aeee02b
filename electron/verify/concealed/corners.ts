import { apply, type Matrix } from "../drawing/matrix.ts";
import type { Polygon } from "./polygon-region.ts";

/** The corners of a box under a transformation, in order around it. */
export const corners = (
  matrix: Matrix,
  [left, bottom, right, top]: readonly [number, number, number, number],
): Polygon => [
  apply(matrix, left, bottom),
  apply(matrix, right, bottom),
  apply(matrix, right, top),
  apply(matrix, left, top),
];
