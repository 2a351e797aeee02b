import { isArray, isName, isString, numberOf, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { BLACK, type Brightness, brightnessOf, isReadableOn, PAPER } from "./color.ts";
import { decodeShown, type FontText } from "./font-text.ts";
import { apply, IDENTITY, type Matrix, matrixOf, multiply } from "./matrix.ts";
import { Outline } from "./outline.ts";

/** What a person sees in a drawing is not certain; the message completes "…, because". */
export class Unclear extends Error {}

/** Text shown by one operator, in the space of the outermost form. */
export interface ShownText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

type Bounds = readonly [number, number, number, number];

interface Saved {
  transform: Matrix;
  fill: Brightness;
  clip: Bounds;
  font: FontText | undefined;
  size: number;
  leading: number;
  rise: number;
  stretch: number;
  mode: number;
}

const MAXIMUM_DEPTH = 32;
/** In points, as shown. */
const SMALLEST_TEXT = 2;
const WIDEST_LINE = 8;
/** The narrowest letters of text faces ("i", "l", "'") are about this wide, in units of the size. */
const NARROWEST = 0.17;

/** Operators that neither paint nor move text (ISO 32000-2 annex A). */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set("J j M d ri i G RG K MP DP EMC CS SC SCN".split(" "));

/** The graphics state of an appearance (ISO 32000-2 8.4, 9.3) as far as text in it is concerned. */
export class DrawingState {
  readonly texts: ShownText[] = [];
  transform: Matrix = IDENTITY;
  private fill: Brightness = BLACK;
  private clip: Bounds;
  private font: FontText | undefined;
  private size = 0;
  private leading = 0;
  private rise = 0;
  private stretch = 1;
  private mode = 0;
  private readonly stack: Saved[] = [];
  private readonly bounds: Bounds;
  private backgrounds: readonly number[] = [PAPER];
  /** Rectangles of the path under construction; undefined when it has other parts. */
  private path: Bounds[] | undefined = [];
  private outline = new Outline();
  private clipping = false;
  private inText = false;
  private textMatrix: Matrix = IDENTITY;
  private lineMatrix: Matrix = IDENTITY;
  /** Signs shown since the text was last moved. */
  private sinceMove = 0;

  constructor(bounds: Bounds) {
    this.bounds = bounds;
    this.clip = bounds;
  }

  get depth(): number {
    return this.stack.length;
  }

  save(): void {
    if (this.stack.length >= MAXIMUM_DEPTH) {
      throw new Unclear("its graphics states are nested too deeply");
    }
    const { transform, fill, clip, font, size, leading, rise, stretch, mode } = this;
    this.stack.push({ transform, fill, clip, font, size, leading, rise, stretch, mode });
  }

  restore(): void {
    const saved = this.stack.pop();
    if (saved === undefined) {
      throw new Unclear("its graphics states are not balanced");
    }
    Object.assign(this, saved);
  }

  setFont(font: FontText, size: number | undefined): void {
    this.font = font;
    this.size = size ?? 0;
  }

  /** A rectangle in the current space. */
  clipTo(box: readonly (number | undefined)[]): void {
    const rectangle = this.rectangle(box[0], box[1], (box[2] ?? 0) - (box[0] ?? 0), (box[3] ?? 0) - (box[1] ?? 0));
    this.clip = intersect(this.clip, rectangle);
  }

  apply(operator: string, operands: readonly PdfObject[], file: PdfFile): void {
    if (
      operands.some(
        (operand) => typeof operand === "object" && operand !== null && "kind" in operand && operand.kind === "ref",
      )
    ) {
      throw new Unclear("it refers to other objects");
    }
    const numbers = operands.map((operand) => numberOf(file.resolve(operand)));
    const [first, second] = numbers;
    switch (operator) {
      case "q":
        this.save();
        return;
      case "Q":
        this.restore();
        return;
      case "cm":
        this.transform = multiply(this.upright(numbers), this.transform);
        return;
      case "re": {
        const rectangle = this.rectangle(...numbers);
        this.path?.push(rectangle);
        this.outline.rectangle(rectangle);
        return;
      }
      case "c":
      case "v":
      case "y":
        this.path = undefined;
        this.outline.curve();
        return;
      case "m":
      case "l":
        this.path = undefined;
        this.outline.point(operator, this.pointAt(first, second));
        return;
      case "h":
        this.outline.close();
        return;
      case "w":
        // SECURITY: a line can be as wide as a wall.
        if (first === undefined || first * this.transform[3] > WIDEST_LINE) {
          throw new Unclear("it has wide lines");
        }
        return;
      case "W":
      case "W*":
        this.clipping = true;
        return;
      case "n":
      case "S":
      case "s":
        this.endPath(operator !== "n", false);
        return;
      case "f":
      case "F":
      case "f*":
      case "B":
      case "B*":
      case "b":
      case "b*":
        this.endPath(true, true);
        return;
      case "g":
      case "rg":
      case "k":
        this.fill = brightnessOf(numbers);
        return;
      case "sc":
      case "scn":
        this.fill = isName(operands.at(-1)) ? undefined : brightnessOf(numbers);
        return;
      case "cs":
        if (!["DeviceGray", "DeviceRGB", "DeviceCMYK"].some((space) => isName(operands[0], space))) {
          throw new Unclear("it uses unusual colours");
        }
        this.fill = BLACK;
        return;
      case "BMC":
      case "BDC":
        if (isName(operands[0], "OC")) {
          throw new Unclear("a part of it can be switched off");
        }
        return;
      case "BT":
      case "ET":
        this.inText = operator === "BT";
        this.textMatrix = IDENTITY;
        this.lineMatrix = IDENTITY;
        this.sinceMove = 0;
        return;
      case "Td":
        this.move(first, second);
        return;
      case "TD":
        this.leading = -(second ?? 0);
        this.move(first, second);
        return;
      case "Tm":
        this.textMatrix = this.upright(numbers);
        this.lineMatrix = this.textMatrix;
        this.sinceMove = 0;
        return;
      case "T*":
        this.move(0, -this.leading);
        return;
      case "TL":
        this.leading = first ?? 0;
        return;
      case "Tc":
      case "Tw":
        // Letters that stand on each other or far apart read differently than they are written.
        if (first === undefined || first < -0.1 * Math.max(this.size, 8) || first > 200) {
          throw new Unclear("its letters are spaced oddly");
        }
        return;
      case "Tz":
        if (first === undefined || first < 50 || first > 200) {
          throw new Unclear("its letters are stretched");
        }
        this.stretch = first / 100;
        return;
      case "Ts":
        this.rise = first ?? 0;
        return;
      case "Tr":
        this.mode = first ?? -1;
        return;
      case "Tj":
        this.show(operands[0]);
        return;
      case "'":
        this.move(0, -this.leading);
        this.show(operands[0]);
        return;
      case '"':
        this.move(0, -this.leading);
        this.show(operands[2]);
        return;
      case "TJ":
        this.showAll(operands[0]);
        return;
      default:
        if (!WITHOUT_EFFECT.has(operator)) {
          throw new Unclear(`it uses the operator ${operator.slice(0, 8)}`);
        }
    }
  }

  private move(x: number | undefined, y: number | undefined): void {
    if (x === undefined || y === undefined) {
      throw new Unclear("its text is placed oddly");
    }
    this.lineMatrix = multiply([1, 0, 0, 1, x, y], this.lineMatrix);
    this.textMatrix = this.lineMatrix;
    this.sinceMove = 0;
  }

  private endPath(painted: boolean, filled: boolean): void {
    const { path, clipping, outline } = this;
    this.path = [];
    this.outline = new Outline();
    this.clipping = false;
    if (painted && this.texts.length > 0) {
      throw new Unclear("something is painted over its text");
    }
    // SECURITY: lines and shapes can draw any sign beside the text.
    if (painted && !outline.isBorderOf(this.bounds, filled)) {
      throw new Unclear("something else is drawn beside its text");
    }
    if (filled) {
      if (this.fill === undefined) {
        throw new Unclear("it uses unusual colours");
      }
      const coversAll = path?.some((rectangle) => contains(rectangle, this.bounds)) === true;
      this.backgrounds = coversAll ? [this.fill] : [...new Set([...this.backgrounds, this.fill])];
    }
    if (clipping) {
      const [rectangle] = path ?? [];
      if (rectangle === undefined || path?.length !== 1) {
        throw new Unclear("it is cut out oddly");
      }
      this.clip = intersect(this.clip, rectangle);
    }
  }

  private showAll(list: PdfObject | undefined): void {
    for (const item of isArray(list) ? list : []) {
      const shift = numberOf(item);
      if (shift === undefined) {
        this.show(item);
      } else if (shift > 250 || shift < -20_000) {
        throw new Unclear("its letters are spaced oddly");
      }
    }
  }

  private show(object: PdfObject | undefined): void {
    if (!isString(object) || !this.inText) {
      throw new Unclear("its text is malformed");
    }
    if (object.bytes.length === 0) {
      return;
    }
    const text = this.font === undefined ? undefined : decodeShown(this.font, object.bytes);
    if (text === undefined) {
      throw new Unclear("its letters cannot be read");
    }
    if (text.trim() !== "") {
      this.note(text);
    }
    this.sinceMove += text.length;
  }

  /** Adds text that can be seen, and stands behind or below what was shown before. */
  private note(text: string): void {
    const matrix = multiply(this.textMatrix, this.transform);
    const size = this.size * matrix[3];
    const width = this.size * matrix[0] * this.stretch;
    if (size < SMALLEST_TEXT || width < SMALLEST_TEXT || Math.abs(this.rise) > this.size) {
      throw new Unclear("its text is too small or turned");
    }
    const { fill } = this;
    if (this.mode !== 0 && this.mode !== 2) {
      throw new Unclear("its text is not painted");
    }
    if (fill === undefined || !this.backgrounds.every((background) => isReadableOn(fill, background))) {
      throw new Unclear("its text has the colour of what is behind it");
    }
    const [startX, y] = apply(matrix, 0, this.rise);
    const x = startX + this.sinceMove * NARROWEST * width;
    const [left, bottom, right, top] = this.clip;
    if (startX < left - size || startX > right || y < bottom - size || y > top) {
      throw new Unclear("its text lies outside");
    }
    if (x + (text.length - 1) * NARROWEST * width > right) {
      throw new Unclear("not all of its text can be seen");
    }
    const last = this.texts.at(-1);
    const sameLine = last !== undefined && Math.abs(last.y - y) < 0.4 * size;
    const behind =
      last === undefined || (sameLine ? x >= last.x + last.text.length * NARROWEST * last.size : y < last.y);
    if (!behind) {
      throw new Unclear("its text is not written in the order of reading");
    }
    this.texts.push({ text, x, y, size });
  }

  /** Neither turned nor mirrored nor slanted. */
  private upright(numbers: readonly (number | undefined)[]): Matrix {
    const matrix = matrixOf(numbers);
    if (matrix === undefined || matrix[0] <= 0 || matrix[3] <= 0 || matrix[1] !== 0 || matrix[2] !== 0) {
      throw new Unclear("it is turned or distorted");
    }
    return matrix;
  }

  private pointAt(x: number | undefined, y: number | undefined): readonly [number, number] {
    if (x === undefined || y === undefined) {
      throw new Unclear("it has a malformed line");
    }
    return apply(this.transform, x, y);
  }

  private rectangle(x?: number, y?: number, width?: number, height?: number): Bounds {
    if (x === undefined || y === undefined || width === undefined || height === undefined) {
      throw new Unclear("it has a malformed rectangle");
    }
    const [x1, y1] = apply(this.transform, x, y);
    const [x2, y2] = apply(this.transform, x + width, y + height);
    return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
  }
}

const intersect = (a: Bounds, b: Bounds): Bounds => [
  Math.max(a[0], b[0]),
  Math.max(a[1], b[1]),
  Math.min(a[2], b[2]),
  Math.min(a[3], b[3]),
];

/** Borders leave a point or two uncovered. */
const contains = (outer: Bounds, inner: Bounds): boolean =>
  outer[0] <= inner[0] + 2.5 && outer[1] <= inner[1] + 2.5 && outer[2] >= inner[2] - 2.5 && outer[3] >= inner[3] - 2.5;
