import { isArray, isDict, isName, numberOf, type PdfDict, type PdfObject, type PdfStream } from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { BLACK, type Brightness, brightnessOf } from "./color.ts";
import { type Operation, operationsOf } from "./content-operations.ts";
import { areEvenDashes } from "./dashes.ts";
import { apply, IDENTITY, type Matrix, matrixOf, multiply } from "./matrix.ts";
import { numbersOf } from "./numbers.ts";
import { intersect } from "./painted-ground.ts";
import { namedResource, plainResources, plainState } from "./plain-form.ts";
import type { Bounds } from "./seen-text.ts";
import { boundsOf } from "./shape-bounds.ts";
import { markGlyph } from "./tick-font.ts";
import { TickPath } from "./tick-path.ts";
import { TickPicture, type TickSeen } from "./tick-picture.ts";
import { Unclear } from "./unclear.ts";

interface Ink {
  transform: Matrix;
  clip: Bounds;
  fill: Brightness;
  stroke: Brightness;
  width: number;
  isDashed: boolean;
  font: PdfDict | undefined;
  size: number;
}

const MOST_OPERATIONS = 300;
const MAXIMUM_DEPTH = 32;
const WITHOUT_EFFECT: ReadonlySet<string> = new Set("J j M ri i MP DP EMC BT ET Tc Tw TL".split(" "));
const FILLS: ReadonlySet<string> = new Set("f F f* B B* b b*".split(" "));
const STROKES: ReadonlySet<string> = new Set("S s B B* b b*".split(" "));
const CLOSES: ReadonlySet<string> = new Set("s b b*".split(" "));

/**
 * What the drawing of a button's state (ISO 32000-2 12.7.5.2) shows: a box, empty or with one tick, cross or dot.
 * Undefined for everything else. SECURITY: nobody may have seen that drawing before, and beside a signed number a "9", a
 * bar or a ring is a digit more.
 */
export function readTick(file: PdfFile, drawing: PdfStream): TickSeen | undefined {
  const [a, b, c, d] = numbersOf(file, drawing.dict.entries.get("BBox"));
  if (a === undefined || b === undefined || c === undefined || d === undefined) {
    return undefined;
  }
  const bounds: Bounds = [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
  try {
    return new TickReader(file, plainResources(file, drawing.dict), bounds).read(file.streamBytes(drawing));
  } catch (error) {
    if (error instanceof Unclear || error instanceof PdfProblem) {
      return undefined;
    }
    throw error;
  }
}

class TickReader {
  private readonly file: PdfFile;
  private readonly resources: PdfDict | undefined;
  private readonly picture: TickPicture;
  private readonly stack: Ink[] = [];
  private ink: Ink;
  private path = new TickPath();
  private clips = false;
  private line: Matrix = IDENTITY;

  constructor(file: PdfFile, resources: PdfDict | undefined, bounds: Bounds) {
    this.file = file;
    this.resources = resources;
    this.picture = new TickPicture(bounds);
    this.ink = {
      transform: IDENTITY,
      clip: bounds,
      fill: BLACK,
      stroke: BLACK,
      width: 1,
      isDashed: false,
      font: undefined,
      size: 0,
    };
  }

  read(bytes: Uint8Array): TickSeen {
    for (const operation of operationsOf(bytes, MOST_OPERATIONS)) {
      this.apply(operation);
    }
    if (this.stack.length > 0) {
      throw new Unclear("its graphics states are not balanced");
    }
    return this.picture.seen;
  }

  private apply({ operator, operands }: Operation): void {
    const numbers = operands.map((operand) => numberOf(operand) ?? Number.NaN);
    const [first = Number.NaN, second = Number.NaN] = numbers;
    const { ink } = this;
    switch (operator) {
      case "q":
        if (this.stack.length >= MAXIMUM_DEPTH) {
          throw new Unclear("its graphics states are nested too deeply");
        }
        this.stack.push({ ...ink });
        return;
      case "Q":
        this.ink = this.stack.pop() ?? refuse();
        return;
      case "cm":
        ink.transform = multiply(evenly(numbers), ink.transform);
        return;
      case "w":
        ink.width = first;
        return;
      case "d":
        if (!areEvenDashes(operands[0])) {
          refuse();
        }
        ink.isDashed = isArray(operands[0]) && operands[0].length > 0;
        return;
      case "g":
      case "rg":
      case "k":
        ink.fill = brightnessOf(numbers);
        return;
      case "G":
      case "RG":
      case "K":
        ink.stroke = brightnessOf(numbers);
        return;
      case "gs":
        ink.width = plainState(this.file, this.file.resolve(this.resource("ExtGState", operands[0]))) ?? ink.width;
        return;
      case "BMC":
      case "BDC":
        if (isName(operands[0], "OC")) {
          refuse();
        }
        return;
      case "W":
      case "W*":
        this.clips = true;
        return;
      case "Tf": {
        const font = this.file.resolve(this.resource("Font", operands[0]));
        ink.font = isDict(font) ? font : undefined;
        ink.size = second;
        return;
      }
      case "Tr":
      case "Ts":
        if (first !== 0) {
          refuse();
        }
        return;
      case "Td":
        this.line = multiply([1, 0, 0, 1, first, second], this.line);
        return;
      case "Tm":
        this.line = evenly(numbers);
        return;
      case "Tj":
        this.show(operands[0]);
        return;
      default:
        this.applyPath(operator, numbers);
    }
  }

  private applyPath(operator: string, numbers: readonly number[]): void {
    if (operator === "BT") {
      this.line = IDENTITY;
    }
    if (WITHOUT_EFFECT.has(operator) || this.path.build(operator, numbers, this.ink.transform)) {
      return;
    }
    if (operator !== "n" && !FILLS.has(operator) && !STROKES.has(operator)) {
      refuse();
    }
    if (CLOSES.has(operator)) {
      this.path.close();
    }
    const { ink, path, picture } = this;
    const isFilled = FILLS.has(operator);
    const shapes = path.shapes(isFilled);
    // SECURITY: two shapes of one path take each other back (ISO 32000-2 8.5.3.3).
    if (isFilled && shapes.length > 1) {
      refuse();
    }
    for (const shape of shapes) {
      if (isFilled) {
        picture.fill(shape, ink.fill, ink.clip);
      }
      if (STROKES.has(operator)) {
        // Dashes of a mark are points; those of a frame are none.
        if (ink.isDashed && (shape.kind === "lines" || shape.kind === "arc")) {
          refuse();
        }
        picture.stroke(shape, ink.stroke, ink.width * scaleOf(ink.transform), ink.clip);
      }
    }
    if (this.clips) {
      const [only] = shapes;
      ink.clip = only?.kind === "box" && shapes.length === 1 ? intersect(ink.clip, only.box) : refuse();
    }
    this.clips = false;
    this.path = new TickPath();
  }

  private show(string: PdfObject | undefined): void {
    const { file, ink } = this;
    const glyph = ink.font === undefined ? undefined : markGlyph(file, ink.font, string);
    const matrix = multiply(this.line, ink.transform);
    if (glyph === undefined || matrix[1] !== 0 || matrix[2] !== 0 || !(matrix[0] > 0) || !(ink.size > 0)) {
      throw new Unclear("its text is no mark");
    }
    const [left, bottom, right, top] = glyph.box.map((value) => value * ink.size);
    const corners = [apply(matrix, left ?? 0, bottom ?? 0), apply(matrix, right ?? 0, top ?? 0)];
    this.picture.sign(glyph.kind, boundsOf(corners), ink.fill, ink.clip);
  }

  private resource(kind: string, name: PdfObject | undefined): PdfObject | undefined {
    return isName(name) ? namedResource(this.file, this.resources, kind, name.name) : undefined;
  }
}

function refuse(): never {
  throw new Unclear("something else is drawn in it");
}

/** Moved, turned, larger or smaller, but neither stretched nor mirrored. */
function evenly(numbers: readonly number[]): Matrix {
  const matrix = matrixOf(numbers);
  const [a, b, c, d] = matrix ?? [0, 0, 0, 0];
  const near = 0.01 * Math.hypot(a, b);
  return matrix !== undefined && near > 0 && Math.abs(a - d) <= near && Math.abs(b + c) <= near ? matrix : refuse();
}

const scaleOf = ([a, b]: Matrix): number => Math.hypot(a, b);
