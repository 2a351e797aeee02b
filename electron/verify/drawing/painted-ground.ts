import { type Brightness, isReadableOn, PAPER } from "./color.ts";
import type { Outline, Side } from "./outline.ts";
import type { Bounds } from "./seen-text.ts";
import { Unclear } from "./unclear.ts";

/** What the field is, as far as its drawing may have more than text and a border for it. */
export interface DrawingKind {
  /** Parts of a comb (ISO 32000-2 table 231): lines may stand between them. */
  readonly cells?: number | undefined;
  /** Rows of a list, the chosen ones marked by a bar of another colour behind them. */
  readonly isList?: boolean;
  /** A button with an arrow may stand at the right edge. */
  readonly isCombo?: boolean;
}

/** From edge to edge behind a row of a list. */
export interface Bar {
  readonly bottom: number;
  readonly top: number;
  /** From its ground, in brightness. */
  readonly contrast: number;
}

/** One painted path. */
export interface PaintedPath {
  /** Its parts, when all of them are rectangles. */
  readonly rectangles: readonly Bounds[] | undefined;
  readonly outline: Outline;
  readonly clip: Bounds;
  readonly isFilled: boolean;
  readonly fill: Brightness;
  readonly isStroked: boolean;
  readonly stroke: Brightness;
  /** In points, as shown; 0 for none. */
  readonly lineWidth: number;
}

/** In points. */
const WIDEST_LINE = 8;
/** Borders leave the edge of a bar or a button free. */
const SHORT_OF_EDGE = 3.1;
const NARROWEST_BUTTON = 6;
/** In brightness: what differs less from its ground is not seen. */
const VISIBLE = 0.03;
/** In points: empty boxes of this size, or wider than high, look like no sign. */
const LARGE_BOX = 40;
const LOWEST_BOX = 6;
const BOX_RATIO = 1.5;

/** What is painted before the text: ground, border, and what the kind of the field brings. */
export class PaintedGround {
  readonly bars: Bar[] = [];
  private readonly bounds: Bounds;
  private readonly kind: DrawingKind;
  private backgrounds: readonly number[] = [PAPER];
  private readonly barColors = new Set<number>();
  /** How far what was painted as a border reaches in. */
  private border = 0;
  private button: { readonly box: Bounds; readonly color: number } | undefined;
  private hasArrow = false;
  /** Edges along which a line or a shape can be seen. */
  private readonly sides = new Set<Side>();
  private ground: { readonly box: Bounds; readonly isSeen: boolean } | undefined;

  constructor(bounds: Bounds, kind: DrawingKind) {
    this.bounds = bounds;
    this.kind = kind;
  }

  /** The inside of the border, beside the button. */
  get inside(): Bounds {
    const [left, bottom, right, top] = this.bounds;
    const { border, button, ground } = this;
    const frame: Bounds = [
      left + border,
      bottom + border,
      Math.min(right - border, button?.box[0] ?? right),
      top - border,
    ];
    return ground === undefined ? frame : intersect(frame, ground.box);
  }

  /** A box that is no button is a part of a sign. SECURITY: a side of a border without the others is a one or a seven. */
  get isComplete(): boolean {
    const isUpright = (["left", "right", "between"] as const).some((side) => this.sides.has(side));
    return (this.button === undefined || this.hasArrow) && (!isUpright || this.hasFrame);
  }

  private get hasFrame(): boolean {
    return (["left", "right", "low", "high"] as const).every((side) => this.sides.has(side));
  }

  /** A colour lies over what is under the field. */
  get hasGround(): boolean {
    return this.ground !== undefined;
  }

  /** SECURITY: without a text in it, a narrow frame is a zero, a narrow ground a one, a flat one a minus. */
  get couldBeSign(): boolean {
    const { bounds, sides, ground } = this;
    const [width, height] = [bounds[2] - bounds[0], bounds[3] - bounds[1]];
    if (sides.size === 0 && ground?.isSeen !== true) {
      return false;
    }
    const isBox = this.hasFrame || ground?.isSeen === true;
    const isLikeNoSign = Math.min(width, height) >= LARGE_BOX || (height >= LOWEST_BOX && width >= BOX_RATIO * height);
    return isBox ? !isLikeNoSign : width < LARGE_BOX;
  }

  shows(color: Brightness): boolean {
    return color !== undefined && this.backgrounds.every((background) => isReadableOn(color, background));
  }

  /** SECURITY: lines and shapes can draw any sign beside the text, or hide signs in what seems to be a border. */
  paint(path: PaintedPath): void {
    if (path.isFilled && path.fill === undefined) {
      throw new Unclear("it uses unusual colours");
    }
    if (this.addBar(path) || this.addToButton(path)) {
      return;
    }
    const { outline, lineWidth, isFilled, fill, clip, rectangles } = path;
    // A clip can cut a sign out of any border.
    if (
      !(lineWidth >= 0 && lineWidth <= WIDEST_LINE) ||
      (lineWidth > 3 && rectangles === undefined) ||
      !contains(clip, this.bounds)
    ) {
      throw new Unclear("it has wide lines or parts of lines");
    }
    if (!outline.isBorderOf(this.bounds, { filled: isFilled, lineWidth, cells: this.kind.cells })) {
      throw new Unclear("something else is drawn beside its text");
    }
    this.border = Math.max(this.border, outline.depthIn(this.bounds) + lineWidth / 2);
    if (isFilled && fill !== undefined) {
      this.addGround(path, fill);
    }
    if (path.isStroked && this.isSeen(path.stroke)) {
      this.addSides(outline.sidesOf(this.bounds, false));
    }
  }

  private isSeen(color: Brightness): boolean {
    return color === undefined || this.backgrounds.some((background) => Math.abs(background - color) > VISIBLE);
  }

  private addSides(sides: ReadonlySet<Side>): void {
    for (const side of sides) {
      this.sides.add(side);
    }
  }

  /** SECURITY: two rectangles of one path can take each other back (ISO 32000-2 8.5.3.3). */
  private addGround({ rectangles, outline, clip }: PaintedPath, fill: number): void {
    const [ground] = rectangles ?? [];
    if (ground !== undefined && rectangles?.length === 1 && contains(ground, this.bounds)) {
      this.ground = { box: intersect(ground, clip), isSeen: Math.abs(fill - PAPER) > VISIBLE };
      this.sides.clear();
      this.backgrounds = [fill];
      this.bars.length = 0;
      this.barColors.clear();
      this.button = undefined;
      this.hasArrow = false;
    } else {
      if (this.isSeen(fill)) {
        this.addSides(outline.sidesOf(this.bounds, true));
      }
      this.backgrounds = [...new Set([...this.backgrounds, fill])];
    }
  }

  private addBar(path: PaintedPath): boolean {
    const [left, , right] = this.bounds;
    const { fill } = path;
    const box = this.kind.isList === true ? filledRectangle(path) : undefined;
    const isBar =
      box !== undefined &&
      box[0] <= left + SHORT_OF_EDGE &&
      box[2] >= right - SHORT_OF_EDGE &&
      !contains(box, this.bounds);
    if (!isBar || fill === undefined) {
      return false;
    }
    const grounds = this.backgrounds.filter((one) => !this.barColors.has(one));
    const contrast = Math.min(...grounds.map((one) => Math.abs(one - fill)));
    this.barColors.add(fill);
    this.bars.push({ bottom: box[1], top: box[3], contrast });
    this.backgrounds = [...new Set([...this.backgrounds, fill])];
    return true;
  }

  /** The box at the right edge, as high as the field, its frame, and one arrow in it. */
  private addToButton(path: PaintedPath): boolean {
    const [, bottom, right, top] = this.bounds;
    const { outline, fill, lineWidth, isFilled } = path;
    if (this.kind.isCombo !== true) {
      return false;
    }
    if (this.button === undefined) {
      const box = filledRectangle(path);
      const isButton =
        box !== undefined &&
        box[2] >= right - SHORT_OF_EDGE &&
        box[1] <= bottom + SHORT_OF_EDGE &&
        box[3] >= top - SHORT_OF_EDGE &&
        box[2] - box[0] >= NARROWEST_BUTTON &&
        box[2] - box[0] <= top - bottom + SHORT_OF_EDGE;
      this.button = isButton && fill !== undefined ? { box, color: fill } : undefined;
      return this.button !== undefined;
    }
    const { box, color } = this.button;
    if (!contains(path.clip, box)) {
      return false;
    }
    if (isFilled && lineWidth === 0 && isArrow(outline.corners, box)) {
      if (this.hasArrow || fill === undefined || !isReadableOn(fill, color)) {
        throw new Unclear("something else is drawn beside its text");
      }
      this.hasArrow = true;
      return true;
    }
    return (
      !this.hasArrow &&
      !isFilled &&
      lineWidth <= 2 &&
      outline.isBorderOf(box, { filled: false, lineWidth, cells: undefined })
    );
  }
}

/** What is seen of a path that is one filled rectangle; a clip may leave nothing of the largest one. */
function filledRectangle({ rectangles, clip, isFilled, lineWidth }: PaintedPath): Bounds | undefined {
  const [rectangle] = rectangles ?? [];
  const isOne = isFilled && lineWidth === 0 && rectangles?.length === 1;
  return rectangle === undefined || !isOne ? undefined : intersect(rectangle, clip);
}

/** A small triangle in the middle that points down. */
function isArrow(
  corners: readonly (readonly [number, number])[] | undefined,
  [left, bottom, right, top]: Bounds,
): boolean {
  const [tip, first, second] = [...(corners ?? [])].sort((a, b) => a[1] - b[1]);
  if (tip === undefined || first === undefined || second === undefined || corners?.length !== 3) {
    return false;
  }
  const [from, to] = [Math.min(first[0], second[0]), Math.max(first[0], second[0])];
  const width = to - from;
  const height = first[1] - tip[1];
  const middle: readonly [number, number] = [(left + right) / 2, (bottom + top) / 2];
  return (
    Math.abs(first[1] - second[1]) <= 0.05 * width &&
    Math.abs(tip[0] - (from + to) / 2) <= 0.15 * width &&
    width >= 0.2 * (right - left) &&
    width <= 0.7 * (right - left) &&
    height >= 0.3 * width &&
    height <= width &&
    Math.abs((from + to) / 2 - middle[0]) <= 0.2 * (right - left) &&
    Math.abs((first[1] + tip[1]) / 2 - middle[1]) <= 0.25 * (top - bottom)
  );
}

export const intersect = (a: Bounds, b: Bounds): Bounds => [
  Math.max(a[0], b[0]),
  Math.max(a[1], b[1]),
  Math.min(a[2], b[2]),
  Math.min(a[3], b[3]),
];

/** Borders leave a point or two uncovered. */
const contains = (outer: Bounds, inner: Bounds): boolean =>
  outer[0] <= inner[0] + 2.5 && outer[1] <= inner[1] + 2.5 && outer[2] >= inner[2] - 2.5 && outer[3] >= inner[3] - 2.5;
