import type { Point } from "./bezier.ts";
import { boundsOf } from "./shape-bounds.ts";
import { isNear } from "./tick-path.ts";

/** Of the size of a shape. */
const NEAR = 0.05;
const TURNS = [4, 5, 6, 8];

/**
 * A cross or a star: turned by a fourth or less of a whole turn it lies on itself. No digit does; at most they are the
 * same on their heads.
 */
export function isStar(corners: readonly Point[]): boolean {
  const box = boundsOf(corners);
  const near = NEAR * Math.max(box[2] - box[0], box[3] - box[1]);
  const x = corners.reduce((sum, corner) => sum + corner[0], 0) / corners.length;
  const y = corners.reduce((sum, corner) => sum + corner[1], 0) / corners.length;
  return TURNS.some((turns) => {
    const [cos, sin] = [Math.cos((2 * Math.PI) / turns), Math.sin((2 * Math.PI) / turns)];
    return (
      corners.length % turns === 0 &&
      corners.every((corner, index) => {
        // The same corner, so many corners farther on, to one side or the other.
        const step = corners.length / turns;
        const turned = (way: 1 | -1): Point => [
          x + cos * (corner[0] - x) - way * sin * (corner[1] - y),
          y + way * sin * (corner[0] - x) + cos * (corner[1] - y),
        ];
        const next = corners[(index + step) % corners.length];
        return ([1, -1] as const).some((way) => isNear(turned(way), next, near));
      })
    );
  });
}

const COLUMNS = 32;

/**
 * A tick, by its outline: each upright line cuts it once, it goes down from the left and then up to the upper right corner,
 * and leaves the upper left and the lower right free. No digit is like this: most are cut twice, and a one begins above.
 */
export function isTickShape(outline: readonly Point[]): boolean {
  const [left, bottom, right, top] = boundsOf(outline);
  const [width, height] = [right - left, top - bottom];
  const points = outline.map(([x, y]): Point => [(x - left) / width, (y - bottom) / height]);
  if (!(width > 0.6 * height && width < 1.6 * height)) {
    return false;
  }
  const columns: (readonly [low: number, high: number])[] = [];
  for (let index = 0; index < COLUMNS; index += 1) {
    const cuts = cutsAt(points, (index + 0.5) / COLUMNS);
    const [low, high] = [...cuts].sort((a, b) => a - b);
    if (low === undefined || high === undefined || cuts.length !== 2) {
      return false;
    }
    columns.push([low, high]);
  }
  const lowest = columns.reduce((found, [low], index) => (low < (columns[found]?.[0] ?? 0) ? index : found), 0);
  const arm = Math.max(...columns.slice(0, lowest).map(([, high]) => high));
  const notch = Math.min(...columns.slice(0, COLUMNS / 2).map(([, high], index) => (index < 2 ? Infinity : high)));
  return (
    lowest >= 0.1 * COLUMNS &&
    lowest <= 0.5 * COLUMNS &&
    arm <= 0.6 &&
    arm >= 0.2 &&
    notch <= arm - 0.05 &&
    points.every(([x, y]) => !(x < 0.45 && y > 0.65) && !(x > 0.6 && y < 0.3)) &&
    points.some(([x, y]) => x > 0.85 && y > 0.85)
  );
}

/** Where an upright line meets the outline. */
function cutsAt(points: readonly Point[], x: number): readonly number[] {
  return points.flatMap((a, index) => {
    const b = points[(index + 1) % points.length] ?? a;
    return a[0] > x === b[0] > x ? [] : [a[1] + ((x - a[0]) / (b[0] - a[0])) * (b[1] - a[1])];
  });
}
