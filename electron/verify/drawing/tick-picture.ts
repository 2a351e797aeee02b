import type { Point } from "./bezier.ts";
import { type Brightness, isReadableOn, PAPER } from "./color.ts";
import { isStar, isTickShape } from "./mark-outlines.ts";
import type { Bounds } from "./seen-text.ts";
import { boundsOf } from "./shape-bounds.ts";
import type { TickShape } from "./tick-path.ts";
import { Unclear } from "./unclear.ts";

/** What a person sees in the drawing of a button's state. */
export interface TickSeen {
  /** A tick, a cross or a dot; none for an empty box. */
  readonly mark: "none" | "sign" | "dot";
  /** An empty ring, which beside a digit is a zero. */
  readonly isRing: boolean;
  /** Of the mark, in the space of the drawing. */
  readonly height: number;
  /** What is under it does not shine through everywhere. */
  readonly hasGround: boolean;
}

/** Parts of the lesser side of the box. */
const EDGE = 0.2;
const WIDEST_LINE = 0.25;
const SMALLEST_MARK = 0.3;
const OFF_CENTRE = 0.2;
/** Of width to height. */
const SQUARE = { from: 0.6, to: 1.6 } as const;
const WIDEST_BOX = 4;
const VISIBLE = 0.04;
/** A box that is as dark as this all over is ticked. */
const DARK = 0.3;

type Segment = readonly [Point, Point];

/** Collects what is painted into the box of a button; throws `Unclear` for anything but a ground, a frame and one mark. */
export class TickPicture {
  private readonly bounds: Bounds;
  private readonly side: number;
  private ground: number = PAPER;
  private groundIs: "nothing" | "box" | "round" = "nothing";
  private frameIs: "nothing" | "box" | "round" = "nothing";
  private hasBevel = false;
  private hasGround = false;
  private mark: { readonly kind: "sign" | "dot"; readonly height: number } | undefined;
  private readonly strokes: Segment[] = [];

  constructor(bounds: Bounds) {
    this.bounds = bounds;
    this.side = Math.min(bounds[2] - bounds[0], bounds[3] - bounds[1]);
  }

  fill(shape: TickShape, color: Brightness, clip: Bounds): void {
    this.refuseAfterMark();
    if (color === undefined) {
      throw new Unclear("it uses unusual colours");
    }
    if (shape.kind === "lines" || shape.kind === "arc") {
      const outline = shape.kind === "lines" ? shape.corners : shape.points;
      const isMark = shape.kind === "lines" && isStar(outline) ? "dot" : isTickShape(outline) ? "sign" : undefined;
      if (isMark === undefined) {
        this.bevel(outline);
        return;
      }
      this.requireWhole(clip, boundsOf(outline));
      this.addMark(isMark, boundsOf(outline), color);
      return;
    }
    if (this.isOuter(shape.box)) {
      this.requireWhole(clip, this.bounds);
      this.ground = color;
      this.hasGround = true;
      this.groundIs = Math.abs(color - PAPER) <= VISIBLE ? "nothing" : shape.kind === "round" ? "round" : "box";
      return;
    }
    this.requireWhole(clip, shape.box);
    this.addMark("dot", shape.box, color);
  }

  stroke(shape: TickShape, color: Brightness, width: number, clip: Bounds): void {
    if (color === undefined) {
      throw new Unclear("it uses unusual colours");
    }
    if (!(width >= 0 && width <= WIDEST_LINE * this.side)) {
      throw new Unclear("it has wide lines");
    }
    if (shape.kind === "arc") {
      this.refuseAfterMark();
      this.arc(shape.points);
      return;
    }
    if (shape.kind === "lines" && this.isLowerEdge(shape.corners)) {
      this.refuseAfterMark();
      this.hasBevel = true;
      return;
    }
    if (shape.kind === "lines") {
      this.addLines(
        shape.closed && shape.corners.length > 2 ? [...shape.corners, ...shape.corners.slice(0, 1)] : shape.corners,
        color,
        clip,
      );
      return;
    }
    if (shape.kind === "diamond" || !this.isOuter(shape.box)) {
      throw new Unclear("something else is drawn in it");
    }
    this.requireWhole(clip, this.bounds);
    if (Math.abs(color - this.ground) > VISIBLE || Math.abs(color - PAPER) > VISIBLE) {
      this.frameIs = shape.kind === "round" ? "round" : "box";
    }
  }

  /** A letter that is a mark, and where it stands. */
  sign(kind: "sign" | "dot", box: Bounds, color: Brightness, clip: Bounds): void {
    this.refuseAfterMark();
    if (this.strokes.length > 0) {
      throw new Unclear("something else is drawn in it");
    }
    this.requireWhole(clip, box);
    this.requireWhole(this.bounds, box);
    this.addMark(kind, box, color);
  }

  get seen(): TickSeen {
    const { bounds, frameIs, groundIs, strokes } = this;
    if (strokes.length > 0) {
      if (this.mark !== undefined || !(isCross(strokes, this.side) || isHook(strokes))) {
        throw new Unclear("something else is drawn in it");
      }
      return this.withFrame({ mark: "sign", isRing: false, height: this.side });
    }
    const isRing = frameIs === "round" || groundIs === "round";
    if (this.mark !== undefined) {
      return this.withFrame({ mark: this.mark.kind, isRing: false, height: this.mark.height });
    }
    const isFull = groundIs !== "nothing" && this.ground <= DARK && isSquare(bounds);
    return isFull
      ? this.withFrame({ mark: "dot", isRing: false, height: this.side })
      : this.withFrame({ mark: "none", isRing, height: 0 });
  }

  /** SECURITY: a frame as narrow as a digit is a zero, a flat one a minus, half of one is a seven. */
  private withFrame(seen: Omit<TickSeen, "hasGround">): TickSeen {
    const hasFrame = this.frameIs !== "nothing" || this.groundIs !== "nothing";
    const [width, height] = [this.bounds[2] - this.bounds[0], this.bounds[3] - this.bounds[1]];
    const isBox = width >= SQUARE.from * height && width <= WIDEST_BOX * height;
    if ((hasFrame && !isBox) || (this.hasBevel && !hasFrame)) {
      throw new Unclear("its frame could be a sign");
    }
    return { ...seen, hasGround: this.hasGround };
  }

  private refuseAfterMark(): void {
    if (this.mark !== undefined) {
      throw new Unclear("something is painted over its mark");
    }
  }

  private addMark(kind: "sign" | "dot", box: Bounds, color: Brightness): void {
    const { bounds, side } = this;
    const lesser = Math.min(box[2] - box[0], box[3] - box[1]);
    const isCentred = ([0, 1] as const).every(
      (axis) =>
        Math.abs(box[axis] + (box[axis + 2] ?? 0) - bounds[axis] - (bounds[axis + 2] ?? 0)) <= 2 * OFF_CENTRE * side,
    );
    const isPlaced = kind === "sign" || (isSquare(box) && isCentred);
    if (this.strokes.length > 0 || !isPlaced || !(lesser >= SMALLEST_MARK * side)) {
      throw new Unclear("something else is drawn in it");
    }
    // SECURITY: a light dot on a dark one leaves a ring.
    if (color === undefined || !isReadableOn(color, this.ground) || (kind === "dot" && color > this.ground)) {
      throw new Unclear("its mark has the colour of what is behind it");
    }
    this.mark = { kind, height: box[3] - box[1] };
  }

  /** Shapes that stay along the edges make a box look raised. */
  private bevel(points: readonly Point[]): void {
    const [left, bottom, right, top] = this.bounds;
    const isAlongEdges = points.every(
      ([x, y]) => Math.min(x - left, right - x, y - bottom, top - y) <= EDGE * this.side,
    );
    if (!isAlongEdges) {
      throw new Unclear("something else is drawn in it");
    }
    this.hasBevel = true;
  }

  private isLowerEdge(corners: readonly Point[]): boolean {
    const [left, bottom, right] = this.bounds;
    const near = EDGE * this.side;
    return (
      corners.length === 2 &&
      corners.every(([, y]) => Math.abs(y - bottom) <= near) &&
      Math.min(...corners.map(([x]) => x)) <= left + near &&
      Math.max(...corners.map(([x]) => x)) >= right - near
    );
  }

  /** Half rings make a round button look raised. */
  private arc(points: readonly Point[]): void {
    const [left, bottom, right, top] = this.bounds;
    const radius = this.side / 2;
    const isAlongRing = points.every(([x, y]) => {
      const away = Math.hypot(x - (left + right) / 2, y - (bottom + top) / 2) / radius;
      return away >= 1 - 2 * EDGE && away <= 1.05;
    });
    if (!isAlongRing) {
      throw new Unclear("something else is drawn in it");
    }
    this.hasBevel = true;
  }

  private addLines(corners: readonly Point[], color: number, clip: Bounds): void {
    this.refuseAfterMark();
    // A line without length is a dot where its ends are round.
    if (corners.length < 2 || !isReadableOn(color, this.ground)) {
      throw new Unclear("its lines are no mark");
    }
    const segments = corners.slice(1).map((to, index): Segment => [corners[index] ?? to, to]);
    for (const [x, y] of corners) {
      this.requireWhole(clip, [x, y, x, y]);
    }
    this.strokes.push(...segments);
  }

  private isOuter(box: Bounds): boolean {
    const { bounds, side } = this;
    return box.every((value, index) => Math.abs(value - (bounds[index] ?? 0)) <= EDGE * side);
  }

  /** SECURITY: a clip cuts a digit out of any shape. */
  private requireWhole(clip: Bounds, box: Bounds): void {
    const most = 0.1 * this.side;
    if (box[0] < clip[0] - most || box[1] < clip[1] - most || box[2] > clip[2] + most || box[3] > clip[3] + most) {
      throw new Unclear("parts of it are cut off");
    }
  }
}

function isSquare([left, bottom, right, top]: Bounds): boolean {
  const ratio = (right - left) / (top - bottom);
  return ratio >= SQUARE.from && ratio <= SQUARE.to;
}

/** Two lines that cross in the middle of each other, one rising and one falling. */
function isCross(strokes: readonly Segment[], side: number): boolean {
  const [first, second] = strokes;
  if (first === undefined || second === undefined || strokes.length !== 2) {
    return false;
  }
  const slopes = [first, second].map(([a, b]) => (b[1] - a[1]) / (b[0] - a[0]));
  const [one = 0, other = 0] = slopes;
  const middle = ([a, b]: Segment): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const [x1, y1] = middle(first);
  const [x2, y2] = middle(second);
  return (
    one * other < 0 &&
    slopes.every((slope) => Math.abs(slope) >= 0.4 && Math.abs(slope) <= 2.5) &&
    Math.hypot(x1 - x2, y1 - y2) <= 0.15 * side &&
    [first, second].every(([a, b]) => Math.hypot(a[0] - b[0], a[1] - b[1]) >= SMALLEST_MARK * side)
  );
}

/** A short line down to the right, then a longer one up to the right. */
function isHook(strokes: readonly Segment[]): boolean {
  const [first, second] = strokes;
  if (first === undefined || second === undefined || strokes.length !== 2) {
    return false;
  }
  const [[a, b], [c, d]] = [first, second];
  const [down, up] = [a[1] - b[1], d[1] - b[1]];
  const [before, behind] = [b[0] - a[0], d[0] - b[0]];
  return (
    b[0] === c[0] &&
    b[1] === c[1] &&
    before >= 0.4 * down &&
    behind >= 0.4 * up &&
    down > 0 &&
    before > 0 &&
    up > 1.2 * down &&
    behind > before
  );
}
