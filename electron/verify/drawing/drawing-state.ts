import { isName, numberOf, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { BLACK, type Brightness, brightnessOf, isReadableOn, PAPER } from "./color.ts";
import type { DrawnFont } from "./drawn-font.ts";
import { apply, IDENTITY, type Matrix, matrixOf, multiply } from "./matrix.ts";
import { Outline } from "./outline.ts";
import { type Bounds, SeenText } from "./seen-text.ts";
import { changedTextState, FIRST_TEXT_STATE, given, TextCursor, type TextState } from "./text-cursor.ts";
import { Unclear } from "./unclear.ts";

/** What the field is, as far as its drawing may have more than text and a border for it. */
export interface DrawingKind {
  /** Parts of a comb (ISO 32000-2 table 231): lines may stand between them. */
  readonly cells?: number | undefined;
  /** Rows of a list, the chosen ones marked by a bar of another colour behind them. */
  readonly isList?: boolean;
}

/** From edge to edge behind a row of a list. */
export interface Bar {
  readonly bottom: number;
  readonly top: number;
  /** From its ground, in brightness. */
  readonly contrast: number;
}

/** What "q" saves, as far as this looks at it. */
interface Graphics {
  readonly transform: Matrix;
  readonly fill: Brightness;
  readonly stroke: Brightness;
  readonly lineWidth: number;
  readonly clip: Bounds;
  readonly text: TextState;
}

const MAXIMUM_DEPTH = 32;
/** In points, as shown. */
const WIDEST_LINE = 8;
/** In units of the size: lines around letters that make them bolder, and leave them readable. */
const BOLDEST = 0.1;
/** In points: borders leave the edge of a bar free. */
const SHORT_OF_EDGE = 3.1;

/** Operators that neither paint nor move text (ISO 32000-2 annex A). */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set("J j M d ri i MP DP EMC".split(" "));

/** The graphics state of an appearance (ISO 32000-2 8.4, 9.3) as far as text in it is concerned. */
export class DrawingState {
  readonly seen: SeenText;
  readonly bars: Bar[] = [];
  private graphics: Graphics;
  private readonly stack: Graphics[] = [];
  private readonly bounds: Bounds;
  private readonly options: DrawingKind;
  private backgrounds: readonly number[] = [PAPER];
  private readonly barColors = new Set<number>();
  /** How far what was painted as a border reaches in. */
  private border = 0;
  /** Rectangles of the path under construction; undefined when it has other parts. */
  private path: Bounds[] | undefined = [];
  private outline = new Outline();
  private clipping = false;
  private readonly cursor = new TextCursor();

  constructor(bounds: Bounds, options: DrawingKind) {
    this.bounds = bounds;
    this.options = options;
    this.seen = new SeenText(options.isList === true);
    this.graphics = {
      transform: IDENTITY,
      fill: BLACK,
      stroke: BLACK,
      lineWidth: 1,
      clip: bounds,
      text: FIRST_TEXT_STATE,
    };
  }

  get depth(): number {
    return this.stack.length;
  }

  save(): void {
    if (this.stack.length >= MAXIMUM_DEPTH) {
      throw new Unclear("its graphics states are nested too deeply");
    }
    this.stack.push(this.graphics);
  }

  restore(): void {
    const saved = this.stack.pop();
    if (saved === undefined) {
      throw new Unclear("its graphics states are not balanced");
    }
    this.graphics = saved;
  }

  setFont(font: DrawnFont, size: number | undefined): void {
    this.set({ text: { ...this.graphics.text, font, size: given(size) } });
  }

  setLineWidth(width: number | undefined): void {
    this.set({ lineWidth: given(width) });
  }

  /** Puts a transformation in front of the one that holds. */
  transformBy(numbers: readonly (number | undefined)[]): void {
    this.set({ transform: multiply(upright(numbers), this.graphics.transform) });
  }

  /** A rectangle in the current space. */
  clipTo(box: readonly (number | undefined)[]): void {
    const rectangle = this.rectangle(box[0], box[1], (box[2] ?? 0) - (box[0] ?? 0), (box[3] ?? 0) - (box[1] ?? 0));
    this.set({ clip: intersect(this.graphics.clip, rectangle) });
  }

  private set(changes: Partial<Graphics>): void {
    this.graphics = { ...this.graphics, ...changes };
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
        this.transformBy(numbers);
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
        this.setLineWidth(first);
        return;
      case "W":
      case "W*":
        this.clipping = true;
        return;
      case "n":
        this.endPath(false, false);
        return;
      case "S":
      case "s":
        this.endPath(false, true);
        return;
      case "f":
      case "F":
      case "f*":
        this.endPath(true, false);
        return;
      case "B":
      case "B*":
      case "b":
      case "b*":
        this.endPath(true, true);
        return;
      case "g":
      case "rg":
      case "k":
        this.set({ fill: brightnessOf(numbers) });
        return;
      case "G":
      case "RG":
      case "K":
        this.set({ stroke: brightnessOf(numbers) });
        return;
      case "CS":
      case "SC":
      case "SCN":
        this.set({ stroke: undefined });
        return;
      case "sc":
      case "scn":
        this.set({ fill: isName(operands.at(-1)) ? undefined : brightnessOf(numbers) });
        return;
      case "cs":
        if (!["DeviceGray", "DeviceRGB", "DeviceCMYK"].some((space) => isName(operands[0], space))) {
          throw new Unclear("it uses unusual colours");
        }
        this.set({ fill: BLACK });
        return;
      case "BMC":
      case "BDC":
        if (isName(operands[0], "OC")) {
          throw new Unclear("a part of it can be switched off");
        }
        return;
      case "BT":
      case "ET":
        this.cursor.open(operator === "BT");
        return;
      case "Td":
        this.cursor.move(first, second);
        return;
      case "TD":
        this.set({ text: { ...this.graphics.text, leading: -given(second) } });
        this.cursor.move(first, second);
        return;
      case "Tm":
        this.cursor.set(upright(numbers));
        return;
      case "T*":
        this.nextLine();
        return;
      case "Tj":
      case "TJ":
        this.show(operands[0]);
        return;
      case "'":
        this.nextLine();
        this.show(operands[0]);
        return;
      case '"': {
        const spaced = { wordSpace: given(first), signSpace: given(second) };
        this.set({ text: { ...this.graphics.text, ...spaced } });
        this.nextLine();
        this.show(operands[2]);
        return;
      }
      default: {
        const text = changedTextState(this.graphics.text, operator, first);
        if (text !== undefined) {
          this.set({ text });
        } else if (!WITHOUT_EFFECT.has(operator)) {
          throw new Unclear(`it uses the operator ${operator.slice(0, 8)}`);
        }
      }
    }
  }

  private nextLine(): void {
    this.cursor.move(0, -this.graphics.text.leading);
  }

  private endPath(filled: boolean, stroked: boolean): void {
    const { path, clipping, outline } = this;
    const { fill, clip } = this.graphics;
    this.path = [];
    this.outline = new Outline();
    this.clipping = false;
    const bars = filled && !stroked ? this.barsOf(path) : [];
    if (bars.length > 0) {
      this.checkNothingBelow();
      this.bars.push(...bars);
    } else if (filled || stroked) {
      this.paintBorder(outline, filled, stroked ? this.shownLineWidth() : 0);
    }
    if (filled) {
      if (fill === undefined) {
        throw new Unclear("it uses unusual colours");
      }
      const ground = single(path, clip);
      if (ground !== undefined && contains(ground, this.bounds)) {
        this.backgrounds = [fill];
        this.bars.length = 0;
        this.barColors.clear();
      } else {
        this.backgrounds = [...new Set([...this.backgrounds, fill])];
      }
    }
    if (clipping) {
      const [rectangle] = path ?? [];
      if (rectangle === undefined || path?.length !== 1) {
        throw new Unclear("it is cut out oddly");
      }
      this.set({ clip: intersect(clip, rectangle) });
    }
  }

  /** SECURITY: lines and shapes can draw any sign beside the text, or hide signs in what seems to be a border. */
  private paintBorder(outline: Outline, filled: boolean, lineWidth: number): void {
    this.checkNothingBelow();
    if (lineWidth > WIDEST_LINE) {
      throw new Unclear("it has wide lines");
    }
    if (!outline.isBorderOf(this.bounds, { filled, lineWidth, cells: this.options.cells })) {
      throw new Unclear("something else is drawn beside its text");
    }
    this.border = Math.max(this.border, outline.depthIn(this.bounds) + lineWidth / 2);
  }

  private checkNothingBelow(): void {
    if (!this.seen.isEmpty) {
      throw new Unclear("something is painted over its text");
    }
  }

  /** Only in a list; a bar that covers everything is its ground. */
  private barsOf(path: readonly Bounds[] | undefined): readonly Bar[] {
    const [left, , right] = this.bounds;
    const { fill, clip } = this.graphics;
    const box = this.options.isList === true ? single(path, clip) : undefined;
    const isBar =
      box !== undefined &&
      box[0] <= left + SHORT_OF_EDGE &&
      box[2] >= right - SHORT_OF_EDGE &&
      !contains(box, this.bounds);
    if (!isBar || fill === undefined) {
      return [];
    }
    const contrast = Math.min(
      ...this.backgrounds.filter((one) => !this.barColors.has(one)).map((one) => Math.abs(one - fill)),
    );
    this.barColors.add(fill);
    return [{ bottom: box[1], top: box[3], contrast }];
  }

  private shownLineWidth(): number {
    const { lineWidth, transform } = this.graphics;
    return lineWidth * Math.max(transform[0], transform[3]);
  }

  /** Adds text that can be seen, and stands behind or below what was shown before. */
  private show(operand: PdfObject | undefined): void {
    const { text, transform, clip } = this.graphics;
    const { seen, border } = this;
    const [left, bottom, right, top] = this.bounds;
    const frame: Bounds = [left + border, bottom + border, right - border, top - border];
    let isStarted = false;
    for (const sign of this.cursor.show(operand, text, transform)) {
      if (!isStarted) {
        seen.startRun(sign);
        isStarted = true;
      }
      if (sign.text.trim() === "") {
        seen.blank(sign.text);
      } else {
        this.checkPaint(sign.size);
        seen.note(sign, clip, frame);
      }
    }
  }

  private checkPaint(size: number): void {
    const { fill, stroke, text } = this.graphics;
    if (text.mode !== 0 && text.mode !== 2) {
      throw new Unclear("its text is not painted");
    }
    const isReadable = (color: Brightness): boolean =>
      color !== undefined && this.backgrounds.every((background) => isReadableOn(color, background));
    // SECURITY: wide lines around letters make blots of them, or paint them over in the colour of the paper.
    const isOutlined = text.mode === 2;
    if (!isReadable(fill) || (isOutlined && !isReadable(stroke))) {
      throw new Unclear("its text has the colour of what is behind it");
    }
    if (isOutlined && this.shownLineWidth() > BOLDEST * size) {
      throw new Unclear("its letters have wide lines around them");
    }
  }

  private pointAt(x: number | undefined, y: number | undefined): readonly [number, number] {
    if (x === undefined || y === undefined) {
      throw new Unclear("it has a malformed line");
    }
    return apply(this.graphics.transform, x, y);
  }

  private rectangle(x?: number, y?: number, width?: number, height?: number): Bounds {
    if (x === undefined || y === undefined || width === undefined || height === undefined) {
      throw new Unclear("it has a malformed rectangle");
    }
    const [x1, y1] = apply(this.graphics.transform, x, y);
    const [x2, y2] = apply(this.graphics.transform, x + width, y + height);
    return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
  }
}

/** Neither turned nor mirrored nor slanted. */
function upright(numbers: readonly (number | undefined)[]): Matrix {
  const matrix = matrixOf(numbers);
  if (matrix === undefined || matrix[0] <= 0 || matrix[3] <= 0 || matrix[1] !== 0 || matrix[2] !== 0) {
    throw new Unclear("it is turned or distorted");
  }
  return matrix;
}

/**
 * What is seen of a path that is one rectangle. SECURITY: two of them can take each other back (ISO 32000-2 8.5.3.3), and
 * a clip leaves nothing of the largest one.
 */
function single(path: readonly Bounds[] | undefined, clip: Bounds): Bounds | undefined {
  const [rectangle] = path ?? [];
  return rectangle === undefined || path?.length !== 1 ? undefined : intersect(rectangle, clip);
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
