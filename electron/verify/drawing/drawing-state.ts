import { isName, numberOf, type PdfObject } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { BLACK, type Brightness, brightnessOf } from "./color.ts";
import type { DrawnFont } from "./drawn-font.ts";
import { apply, IDENTITY, type Matrix, matrixOf, multiply } from "./matrix.ts";
import { Outline } from "./outline.ts";
import { type DrawingKind, intersect, PaintedGround } from "./painted-ground.ts";
import { type Bounds, SeenText } from "./seen-text.ts";
import { areEvenDashes } from "./dashes.ts";
import { changedTextState, FIRST_TEXT_STATE, given, TextCursor, type TextState } from "./text-cursor.ts";
import { Unclear } from "./unclear.ts";

/** What "q" saves, as far as this looks at it. */
interface Graphics {
  readonly transform: Matrix;
  readonly fill: Brightness;
  readonly stroke: Brightness;
  readonly lineWidth: number;
  readonly hasOddDashes: boolean;
  readonly clip: Bounds;
  readonly text: TextState;
}

const MAXIMUM_DEPTH = 32;
/** In units of the size: lines around letters that make them bolder, and leave them readable. */
const BOLDEST = 0.1;

/** Operators that neither paint nor move text (ISO 32000-2 annex A). */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set("J j ri i MP DP EMC".split(" "));

/** The graphics state of an appearance (ISO 32000-2 8.4, 9.3) as far as text in it is concerned. */
export class DrawingState {
  readonly seen: SeenText;
  readonly ground: PaintedGround;
  private graphics: Graphics;
  private readonly stack: Graphics[] = [];
  /** Rectangles of the path under construction; undefined when it has other parts. */
  private path: Bounds[] | undefined = [];
  private outline = new Outline();
  private clipping = false;
  private readonly cursor = new TextCursor();

  constructor(bounds: Bounds, kind: DrawingKind) {
    this.ground = new PaintedGround(bounds, kind);
    this.seen = new SeenText(kind.isList === true, kind.cells !== undefined);
    this.graphics = {
      transform: IDENTITY,
      fill: BLACK,
      stroke: BLACK,
      lineWidth: 1,
      hasOddDashes: false,
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
      case "y": {
        this.path = undefined;
        this.outline.curve(
          operator,
          numbers.flatMap((x, index) => (index % 2 === 0 ? [this.pointAt(x, numbers[index + 1])] : [])),
        );
        return;
      }
      case "d":
        this.set({ hasOddDashes: !areEvenDashes(operands[0]) });
        return;
      case "M":
        // SECURITY: sharp corners grow spikes as long as this allows.
        if (given(first) > 10) {
          throw new Unclear("it has wide lines or parts of lines");
        }
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
      case "s":
        this.outline.close();
        this.endPath(false, true);
        return;
      case "S":
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
    const { fill, clip, hasOddDashes } = this.graphics;
    this.path = [];
    this.outline = new Outline();
    this.clipping = false;
    if (filled || stroked) {
      if (!this.seen.isEmpty) {
        throw new Unclear("something is painted over its text");
      }
      if (stroked && hasOddDashes) {
        throw new Unclear("its lines are dashed oddly");
      }
      const lineWidth = stroked ? this.shownLineWidth() : 0;
      this.ground.paint({
        rectangles: path,
        outline,
        clip,
        isFilled: filled,
        fill,
        isStroked: stroked,
        stroke: this.graphics.stroke,
        lineWidth,
      });
    }
    if (clipping) {
      const [rectangle] = path ?? [];
      if (rectangle === undefined || path?.length !== 1) {
        throw new Unclear("it is cut out oddly");
      }
      this.set({ clip: intersect(clip, rectangle) });
    }
  }

  private shownLineWidth(): number {
    const { lineWidth, transform } = this.graphics;
    return lineWidth * Math.max(transform[0], transform[3]);
  }

  /** Adds text that can be seen, and stands behind or below what was shown before. */
  private show(operand: PdfObject | undefined): void {
    const { text, transform, clip } = this.graphics;
    const { seen } = this;
    const frame = this.ground.inside;
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
    // SECURITY: wide lines around letters make blots of them, or paint them over in the colour of the paper.
    const isOutlined = text.mode === 2;
    if (!this.ground.shows(fill) || (isOutlined && !this.ground.shows(stroke))) {
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
