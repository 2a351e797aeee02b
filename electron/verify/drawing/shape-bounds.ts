import { apply, type Matrix } from "./matrix.ts";

type Box = readonly [number, number, number, number];

/** The box around points. */
export function boundsOf(points: readonly (readonly [number, number])[]): Box {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    bottom = Math.min(bottom, y);
    right = Math.max(right, x);
    top = Math.max(top, y);
  }
  return [left, bottom, right, top];
}

const FILLING: ReadonlySet<string> = new Set(["f", "F", "f*", "B", "B*", "b", "b*"]);
const ENDING: ReadonlySet<string> = new Set([...FILLING, "S", "s", "n"]);
/** A rule or a frame is no picture. */
const THINNEST = 3;

/** Follows the paths of a content stream (ISO 32000-2 8.5) and tells the bounds of those that are filled. */
export class ShapeBounds {
  private points: (readonly [number, number])[] = [];
  private readonly found: (box: Box) => void;

  constructor(found: (box: Box) => void) {
    this.found = found;
  }

  follow(operator: string, numbers: readonly number[], transform: Matrix): void {
    if (ENDING.has(operator)) {
      const box = boundsOf(this.points);
      if (FILLING.has(operator) && box[2] - box[0] > THINNEST && box[3] - box[1] > THINNEST) {
        this.found(box);
      }
      this.points = [];
      return;
    }
    const [a = 0, b = 0, c = 0, d = 0] = numbers;
    switch (operator) {
      case "m":
      case "l":
        this.points.push(apply(transform, a, b));
        break;
      case "c":
      case "v":
      case "y":
        for (let index = 0; index + 1 < numbers.length; index += 2) {
          this.points.push(apply(transform, numbers[index] ?? 0, numbers[index + 1] ?? 0));
        }
        break;
      case "re":
        this.points.push(
          apply(transform, a, b),
          apply(transform, a + c, b),
          apply(transform, a, b + d),
          apply(transform, a + c, b + d),
        );
        break;
      default:
        break;
    }
  }
}
