import {
  isArray,
  isDict,
  isName,
  isStream,
  numberOf,
  type PdfDict,
  type PdfObject,
  type PdfStream,
} from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { PdfProblem } from "../../../pdf/pdf-problem.ts";
import { type Color, rgbOf } from "../../drawing/color.ts";
import { operationsOf } from "../../drawing/content-operations.ts";
import { apply, IDENTITY, type Matrix, matrixOf, multiply } from "../../drawing/matrix.ts";
import { numbersOf } from "../../drawing/numbers.ts";
import type { TextBox } from "../../drawing/page-content.ts";
import { boundsOf } from "../../drawing/shape-bounds.ts";
import { boxOf } from "../signed-content.ts";
import { blendingOf } from "./blending.ts";
import { MarkerPath } from "./marker-path.ts";

/** One thing that the drawing of a marker puts on the page, in the space of the page. */
export interface Piece {
  readonly kind: "line" | "area";
  readonly box: TextBox;
  readonly color: Color;
  /** Runs straight from its left to its right, or is bounded like a rectangle whose ends may be round. */
  readonly plain: boolean;
  /** What is under it shines through. */
  readonly multiplies: boolean;
}

interface Ink {
  transform: Matrix;
  clip: TextBox;
  width: number;
  fill: Color;
  stroke: Color;
  multiplies: boolean;
}

type Blending = "own" | "always" | "never";

const MOST_OPERATIONS = 5000;
const MOST_PIECES = 500;
const MAXIMUM_DEPTH = 3;
const WITHOUT_EFFECT: ReadonlySet<string> = new Set("J j M ri i MP DP BMC EMC".split(" "));
const BLACK: Color = [0, 0, 0];

/** Stops at the first thing that no marker needs. */
class Odd extends Error {}

/** What a marker's drawing paints (ISO 32000-2 12.5.5), read strictly: undefined when it does anything else. */
export function markerPieces(file: PdfFile, drawing: PdfStream, rect: TextBox): readonly Piece[] | undefined {
  const placement = placementOf(file, drawing.dict, rect);
  if (placement === undefined) {
    return undefined;
  }
  const pieces: Piece[] = [];
  const ink: Ink = { transform: placement, clip: rect, width: 1, fill: BLACK, stroke: BLACK, multiplies: false };
  try {
    run({ file, pieces, blending: isClosedGroup(file, drawing.dict) ? "never" : "own", depth: 0 }, drawing, ink);
    return pieces;
  } catch (error) {
    if (error instanceof Odd || error instanceof PdfProblem) {
      return undefined;
    }
    throw error;
  }
}

/** ISO 32000-2 12.5.5, algorithm 8: the box, as its matrix leaves it, is fitted into the rectangle. */
export function placementOf(file: PdfFile, form: PdfDict, rect: TextBox): Matrix | undefined {
  const box = boxOf(numbersOf(file, form.entries.get("BBox")));
  const matrix = ownMatrix(file, form);
  if (box === undefined || matrix === undefined || form.duplicates.length > 0) {
    return undefined;
  }
  const [left, bottom, right, top] = boundsOf([
    apply(matrix, box[0], box[1]),
    apply(matrix, box[2], box[1]),
    apply(matrix, box[0], box[3]),
    apply(matrix, box[2], box[3]),
  ]);
  const [x, y] = [(rect[2] - rect[0]) / (right - left), (rect[3] - rect[1]) / (top - bottom)];
  const isFlat = Math.abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) < 1e-9;
  const isUsable = !isFlat && Number.isFinite(x) && Number.isFinite(y) && x > 0 && y > 0;
  return isUsable ? multiply(matrix, [x, 0, 0, y, rect[0] - left * x, rect[1] - bottom * y]) : undefined;
}

const ownMatrix = (file: PdfFile, form: PdfDict): Matrix | undefined =>
  form.entries.has("Matrix") ? matrixOf(numbersOf(file, form.entries.get("Matrix"))) : IDENTITY;

/** SECURITY: nothing shines through within a group that does not see the page (ISO 32000-2 11.4.5, 11.4.6). */
function isClosedGroup(file: PdfFile, form: PdfDict): boolean {
  const group = file.get(form, "Group");
  return (
    isDict(group) &&
    (group.duplicates.length > 0 || ["I", "K"].some((key) => (file.get(group, key) ?? false) !== false))
  );
}

interface Run {
  readonly file: PdfFile;
  readonly pieces: Piece[];
  readonly blending: Blending;
  readonly depth: number;
}

function run(context: Run, form: PdfStream, start: Ink): void {
  const { file, depth, blending } = context;
  if (
    depth > MAXIMUM_DEPTH ||
    form.dict.duplicates.length > 0 ||
    ["OC", "Ref", "F"].some((key) => form.dict.entries.has(key))
  ) {
    throw new Odd();
  }
  const stack: Ink[] = [];
  let ink = { ...start };
  let path = new MarkerPath();
  let clips = false;
  for (const { operator, operands } of operationsOf(file.streamBytes(form), MOST_OPERATIONS)) {
    const numbers = operands.map((operand) => numberOf(operand) ?? Number.NaN);
    switch (operator) {
      case "q":
        stack.push({ ...ink });
        break;
      case "Q":
        ink = stack.pop() ?? odd();
        break;
      case "cm":
        ink.transform = multiply(matrixOf(numbers) ?? odd(), ink.transform);
        break;
      case "d":
        // SECURITY: dashes are points, and one of them is a decimal point.
        if (!isArray(operands[0]) || operands[0].length > 0) {
          odd();
        }
        break;
      case "w":
        ink.width = numbers[0] ?? odd();
        break;
      case "g":
      case "rg":
      case "k":
        ink.fill = rgbOf(numbers) ?? odd();
        break;
      case "G":
      case "RG":
      case "K":
        ink.stroke = rgbOf(numbers) ?? odd();
        break;
      case "gs": {
        const multiplies = blendingOf(file, resource(file, form.dict, "ExtGState", operands[0])) ?? odd();
        ink.multiplies = multiplies === "unchanged" ? ink.multiplies : multiplies === "multiply";
        break;
      }
      case "Do":
        paintForm(context, resource(file, form.dict, "XObject", operands[0]), ink);
        break;
      case "W":
      case "W*":
        clips = true;
        break;
      default:
        if (path.build(operator, numbers, ink.transform)) {
          break;
        }
        if (!WITHOUT_EFFECT.has(operator)) {
          const multiplies = blending === "always" || (blending === "own" && ink.multiplies);
          paint(context.pieces, operator, path, { ...ink, multiplies });
          if (clips) {
            ink.clip = common(ink.clip, path.onlyRectangle ?? odd()) ?? [0, 0, 0, 0];
          }
          path = new MarkerPath();
          clips = false;
        }
    }
  }
}

function odd(): never {
  throw new Odd();
}

function paintForm({ file, pieces, blending, depth }: Run, form: PdfObject, ink: Ink): void {
  const isForm = isStream(form) && isName(file.get(form.dict, "Subtype"), "Form");
  const matrix = isForm ? ownMatrix(file, form.dict) : undefined;
  const box = isForm ? boxOf(numbersOf(file, form.dict.entries.get("BBox"))) : undefined;
  if (!isForm || matrix === undefined || box === undefined) {
    throw new Odd();
  }
  const transform = multiply(matrix, ink.transform);
  const clip = common(ink.clip, boundsOf([apply(transform, box[0], box[1]), apply(transform, box[2], box[3])]));
  const isGroup = isDict(file.get(form.dict, "Group"));
  // A group is put on the page as a whole, and begins with the usual blend mode (ISO 32000-2 11.6.6).
  const inner: Blending =
    blending !== "own" || !isGroup
      ? blending
      : ink.multiplies
        ? "always"
        : isClosedGroup(file, form.dict)
          ? "never"
          : "own";
  if (clip !== undefined) {
    const start = { ...ink, transform, clip, multiplies: isGroup ? false : ink.multiplies };
    run({ file, pieces, blending: inner, depth: depth + 1 }, form, start);
  }
}

const FILLS: ReadonlySet<string> = new Set("f F f* B B* b b*".split(" "));
const STROKES: ReadonlySet<string> = new Set("S s B B* b b*".split(" "));

function paint(pieces: Piece[], operator: string, path: MarkerPath, ink: Ink): void {
  if (operator !== "n" && !FILLS.has(operator) && !STROKES.has(operator)) {
    throw new Odd();
  }
  const [a, b, c, d] = ink.transform;
  if (Math.abs(b) > 1e-6 || Math.abs(c) > 1e-6) {
    throw new Odd();
  }
  const add = (piece: Omit<Piece, "multiplies">): void => {
    const box = common(piece.box, ink.clip);
    if (box !== undefined) {
      pieces.push({ ...piece, box, multiplies: ink.multiplies });
    }
    if (pieces.length > MOST_PIECES) {
      throw new Odd();
    }
  };
  const half = (Math.abs(ink.width) * Math.max(Math.abs(a), Math.abs(d))) / 2;
  for (const part of path.parts) {
    if (FILLS.has(operator)) {
      add({ kind: "area", box: part.box, color: ink.fill, plain: part.isBarLike });
    }
    if (STROKES.has(operator)) {
      const [left, bottom, right, top] = part.box;
      const box = [left - half, bottom - half, right + half, top + half] as const;
      add({ kind: "line", box, color: ink.stroke, plain: top - bottom < 0.5 });
    }
  }
}

function common(a: TextBox, b: TextBox): TextBox | undefined {
  const box = [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])] as const;
  // Comparisons with what is no number are false.
  if (!box.every((value) => Number.isFinite(value))) {
    throw new Odd();
  }
  return box[0] < box[2] && box[1] < box[3] ? box : undefined;
}

function resource(file: PdfFile, form: PdfDict, kind: string, name: PdfObject | undefined): PdfObject {
  const resources = file.get(form, "Resources");
  const list = isDict(resources) ? file.get(resources, kind) : null;
  return isDict(list) && list.duplicates.length === 0 && isName(name) ? file.get(list, name.name) : null;
}
