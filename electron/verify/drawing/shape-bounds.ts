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

/** In points: a straight line from here on is a rule or a part of a frame; a shorter one can be the line of a digit. */
const LONGEST_STROKE = 24;
const STRAIGHT = 0.5;

type Point = readonly [number, number];

/**
 * Follows the paths of a content stream (ISO 32000-2 8.5), tells the bounds of those that are filled, and of each part of
 * those that are too thin for a picture or only stroked.
 */
export class ShapeBounds {
  private points: Point[] = [];
  private segments: Box[] = [];
  private start: Point = [0, 0];
  private last: Point = [0, 0];
  private readonly found: (box: Box) => void;
  private readonly foundMark: (box: Box) => void;

  constructor(found: (box: Box) => void, foundMark: (box: Box) => void) {
    this.found = found;
    this.foundMark = foundMark;
  }

  follow(operator: string, numbers: readonly number[], transform: Matrix): void {
    if (ENDING.has(operator)) {
      this.end(operator);
      return;
    }
    const [a = 0, b = 0, c = 0, d = 0] = numbers;
    switch (operator) {
      case "m":
        this.start = apply(transform, a, b);
        this.last = this.start;
        this.points.push(this.start);
        break;
      case "l":
        this.line(apply(transform, a, b));
        break;
      case "h":
        this.line(this.start);
        break;
      case "c":
      case "v":
      case "y":
        this.curve(numbers, transform);
        break;
      case "re": {
        const corners = [
          apply(transform, a, b),
          apply(transform, a + c, b),
          apply(transform, a, b + d),
          apply(transform, a + c, b + d),
        ];
        this.points.push(...corners);
        const box = boundsOf(corners);
        // The sides of a frame are rules, short ones too.
        if (longest(box) <= LONGEST_STROKE) {
          this.segments.push(box);
        }
        break;
      }
      default:
        break;
    }
  }

  private end(operator: string): void {
    const box = boundsOf(this.points);
    const isPicture = FILLING.has(operator) && box[2] - box[0] > THINNEST && box[3] - box[1] > THINNEST;
    if (isPicture) {
      this.found(box);
    } else if (operator !== "n") {
      for (const segment of this.segments) {
        this.foundMark(segment);
      }
    }
    this.points = [];
    this.segments = [];
  }

  private line(to: Point): void {
    const box = boundsOf([this.last, to]);
    const isRule = longest(box) > LONGEST_STROKE && (box[2] - box[0] < STRAIGHT || box[3] - box[1] < STRAIGHT);
    if (!isRule) {
      this.segments.push(box);
    }
    this.points.push(to);
    this.last = to;
  }

  private curve(numbers: readonly number[], transform: Matrix): void {
    const points: Point[] = [];
    for (let index = 0; index + 1 < numbers.length; index += 2) {
      points.push(apply(transform, numbers[index] ?? 0, numbers[index + 1] ?? 0));
    }
    this.segments.push(boundsOf([this.last, ...points]));
    this.points.push(...points);
    this.last = points.at(-1) ?? this.last;
  }
}

const longest = (box: Box): number => Math.max(box[2] - box[0], box[3] - box[1]);
