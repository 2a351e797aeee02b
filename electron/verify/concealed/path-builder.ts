import { apply, type Matrix } from "../drawing/matrix.ts";
import type { Point, Polygon } from "./polygon-region.ts";

/** Straight pieces that stand for one curve. */
const PIECES = 8;
/** SECURITY: points of one path that are kept; what has more covers nothing here. */
const MAXIMUM_POINTS = 20_000;

/** Follows the construction of a path (ISO 32000-2 8.5.2), in the space that the matrices lead to. */
export class PathBuilder {
  private polygons: Point[][] = [];
  private current: Point = [0, 0];
  private points = 0;

  follow(operator: string, numbers: readonly number[], transform: Matrix): void {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers;
    const at = (x: number, y: number): Point => apply(transform, x, y);
    switch (operator) {
      case "m":
        this.start(at(a, b));
        break;
      case "l":
        this.add(at(a, b));
        break;
      case "c":
        this.curve(at(a, b), at(c, d), at(e, f));
        break;
      case "v":
        this.curve(this.current, at(a, b), at(c, d));
        break;
      case "y":
        this.curve(at(a, b), at(c, d), at(c, d));
        break;
      case "h":
        this.close();
        break;
      case "re":
        this.start(at(a, b));
        this.add(at(a + c, b));
        this.add(at(a + c, b + d));
        this.add(at(a, b + d));
        this.close();
        break;
      default:
        break;
    }
  }

  /** The path so far; the next one starts empty. */
  take(): readonly Polygon[] {
    const taken = this.points > MAXIMUM_POINTS ? [] : this.polygons.filter(({ length }) => length > 1);
    this.polygons = [];
    this.points = 0;
    return taken;
  }

  private start(point: Point): void {
    this.polygons.push([point]);
    this.current = point;
  }

  private add(point: Point): void {
    this.current = point;
    this.points += 1;
    if (this.points <= MAXIMUM_POINTS) {
      this.polygons.at(-1)?.push(point);
    }
  }

  private close(): void {
    const [first] = this.polygons.at(-1) ?? [];
    if (first !== undefined) {
      this.add(first);
    }
  }

  private curve(control1: Point, control2: Point, end: Point): void {
    const start = this.current;
    for (let piece = 1; piece <= PIECES; piece += 1) {
      const t = piece / PIECES;
      const along = (axis: 0 | 1): number =>
        (1 - t) ** 3 * start[axis] +
        3 * (1 - t) ** 2 * t * control1[axis] +
        3 * (1 - t) * t ** 2 * control2[axis] +
        t ** 3 * end[axis];
      this.add([along(0), along(1)]);
    }
  }
}
