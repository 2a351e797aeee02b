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
import { type Brightness, BLACK, brightnessOf } from "../../drawing/color.ts";
import { operationsOf } from "../../drawing/content-operations.ts";
import { numbersOf } from "../../drawing/numbers.ts";
import { boxOf } from "../signed-content.ts";

const MOST_OPERATIONS = 5000;
const MAXIMUM_DEPTH = 3;
/** In points: a line under a word, and how far it may swing. */
const WIDEST_LINE = 3;
const WIDEST_BAND = 3;
/** In points: boxes are rounded. */
const ROUNDING = 1;
/** A lighter ink cannot be told from correction fluid, a darker highlighter hides what it marks. */
const LIGHTEST_LINE = 0.85;
const DARKEST_HIGHLIGHT = 0.3;
/** Lines or areas for each marked line of text: a shadow, a second pass. */
const MARKS_A_LINE = 2;

const QUIET: ReadonlySet<string> = new Set("n J j M d i ri W W* MP DP BMC EMC h".split(" "));
/** Path operators with the numbers of their operands' points (ISO 32000-2 table 58). */
const POINTS: ReadonlySet<string> = new Set(["m", "l", "c", "v", "y"]);
const STROKES: ReadonlySet<string> = new Set("S s B B* b b*".split(" "));
const FILLS: ReadonlySet<string> = new Set("f F f* B B* b b*".split(" "));
/** Other entries set widths, fonts, masks or transfer functions (table 57). */
const KNOWN_STATE: ReadonlySet<string> = new Set(["Type", "BM", "ca", "CA", "AIS", "SA"]);

interface Graphics {
  readonly multiplies: boolean;
  readonly stroke: Brightness;
  readonly fill: Brightness;
  readonly width: number;
}

/** Where a form is drawn: `multiplied` as a whole, or `apart` from the page, so that multiplying inside means nothing. */
interface Surroundings {
  readonly multiplied: boolean;
  readonly apart: boolean;
}

/**
 * The drawing of a highlighter or an underline leaves the text under it readable: few thin lines, or light areas that
 * multiply with what is behind (ISO 32000-2 11.3.5.2). SECURITY: everything else can hide text, or write other text over it.
 */
export function isMarkerDrawing(file: PdfFile, annotation: PdfDict, drawing: PdfStream): boolean {
  try {
    const lines = Math.floor(numbersOf(file, annotation.entries.get("QuadPoints")).length / 8);
    const marks = new Marks(file, lines * MARKS_A_LINE);
    return (
      fitsAsItIs(file, annotation, drawing) && marks.areClear(drawing, { multiplied: false, apart: false }, PAGE, 0)
    );
  } catch (error) {
    if (error instanceof PdfProblem) {
      return false;
    }
    throw error;
  }
}

const PAGE: Graphics = { multiplies: false, stroke: BLACK, fill: BLACK, width: 1 };

/** The box is moved to its rectangle (12.5.5, algorithm 8.1), not stretched. */
function fitsAsItIs(file: PdfFile, annotation: PdfDict, drawing: PdfStream): boolean {
  const rectangle = boxOf(numbersOf(file, annotation.entries.get("Rect")));
  const box = boxOf(numbersOf(file, drawing.dict.entries.get("BBox")));
  if (rectangle === undefined || box === undefined || !isMoved(file, drawing.dict.entries.get("Matrix"))) {
    return false;
  }
  const near = (one: number, other: number): boolean => Math.abs(one - other) <= ROUNDING;
  return near(rectangle[2] - rectangle[0], box[2] - box[0]) && near(rectangle[3] - rectangle[1], box[3] - box[1]);
}

/** A matrix that only moves; none is one. */
function isMoved(file: PdfFile, matrix: PdfObject | undefined): boolean {
  return matrix === undefined || onlyMoves(numbersOf(file, matrix));
}

const onlyMoves = ([a, b, c, d, e, f]: readonly (number | undefined)[]): boolean =>
  a === 1 && b === 0 && c === 0 && d === 1 && e !== undefined && f !== undefined;

class Marks {
  readonly #file: PdfFile;
  readonly #most: number;
  #lines = 0;
  #areas = 0;

  constructor(file: PdfFile, most: number) {
    this.#file = file;
    this.#most = most;
  }

  areClear(drawing: PdfStream, outside: Surroundings, start: Graphics, depth: number): boolean {
    const { dict } = drawing;
    const group = this.#file.get(dict, "Group");
    const isOdd = isDict(group) && (group.duplicates.length > 0 || this.#file.get(group, "K") === true);
    if (depth > MAXIMUM_DEPTH || dict.duplicates.length > 0 || dict.entries.has("OC") || isOdd) {
      return false;
    }
    const apart = outside.apart || (isDict(group) && this.#file.get(group, "I") === true);
    const around = { ...outside, apart };
    let graphics = start;
    const saved: Graphics[] = [];
    let path: Path = [];
    for (const { operator, operands } of operationsOf(this.#file.streamBytes(drawing), MOST_OPERATIONS)) {
      const numbers = operands.map(numberOf);
      const paints = STROKES.has(operator) || FILLS.has(operator);
      if (operator === "q") {
        saved.push(graphics);
      } else if (operator === "Q") {
        graphics = saved.pop() ?? start;
      } else if (operator === "cm") {
        if (!onlyMoves(numbers)) return false;
      } else if (operator === "w") {
        graphics = { ...graphics, width: numbers[0] ?? Infinity };
      } else if (operator === "G" || operator === "RG" || operator === "K") {
        graphics = { ...graphics, stroke: brightnessOf(numbers) };
      } else if (operator === "g" || operator === "rg" || operator === "k") {
        graphics = { ...graphics, fill: brightnessOf(numbers) };
      } else if (operator === "gs") {
        const multiplies = this.#multiplies(dict, operands[0], graphics);
        if (multiplies === undefined) return false;
        graphics = { ...graphics, multiplies };
      } else if (operator === "Do") {
        if (!this.#isClearForm(dict, operands[0], around, graphics, depth)) return false;
      } else if (POINTS.has(operator)) {
        path = [...path, ...pairs(numbers)];
      } else if (operator === "re") {
        const [x = Number.NaN, y = Number.NaN, width = Number.NaN, height = Number.NaN] = numbers;
        path = [...path, [x, y], [x + width, y + height]];
      } else if (paints) {
        if (!this.#isClearPaint(operator, path, graphics, around)) return false;
      } else if (!QUIET.has(operator)) {
        return false;
      }
      path = paints || operator === "n" ? [] : path;
    }
    return true;
  }

  #isClearPaint(operator: string, path: Path, graphics: Graphics, around: Surroundings): boolean {
    const { stroke, fill, width } = graphics;
    const multiplied = isMultiplied(graphics, around);
    if (FILLS.has(operator)) {
      this.#areas += 1;
      if (!multiplied || fill === undefined || fill < DARKEST_HIGHLIGHT || this.#areas > this.#most) return false;
    }
    if (STROKES.has(operator)) {
      this.#lines += 1;
      const hidesNothing = stroke !== undefined && (multiplied || stroke < LIGHTEST_LINE);
      return hidesNothing && width <= WIDEST_LINE && isBand(path) && this.#lines <= this.#most;
    }
    return true;
  }

  /** Undefined: it sets something that can change what lines and areas do. */
  #multiplies(form: PdfDict, name: PdfObject | undefined, before: Graphics): boolean | undefined {
    const state = this.#resource(form, "ExtGState", name);
    if (
      !isDict(state) ||
      state.duplicates.length > 0 ||
      [...state.entries.keys()].some((key) => !KNOWN_STATE.has(key))
    ) {
      return undefined;
    }
    const mode = this.#file.get(state, "BM");
    const first = isArray(mode) ? this.#file.resolve(mode[0]) : mode;
    if (first === null) {
      return before.multiplies;
    }
    if (isName(first, "Multiply")) {
      return true;
    }
    return isName(first, "Normal") || isName(first, "Compatible") ? false : undefined;
  }

  #isClearForm(
    form: PdfDict,
    name: PdfObject | undefined,
    around: Surroundings,
    graphics: Graphics,
    depth: number,
  ): boolean {
    const inner = this.#resource(form, "XObject", name);
    if (!isStream(inner) || !isName(this.#file.get(inner.dict, "Subtype"), "Form")) {
      return false;
    }
    if (!isMoved(this.#file, inner.dict.entries.get("Matrix"))) {
      return false;
    }
    const isGroup = inner.dict.entries.has("Group");
    // A group is painted as a whole, and begins with the normal mode (11.6.6); another form goes on with what was set.
    const multiplied = around.multiplied || (isGroup && isMultiplied(graphics, around));
    const start = isGroup ? { ...graphics, multiplies: false } : graphics;
    return this.areClear(inner, { ...around, multiplied }, start, depth + 1);
  }

  #resource(form: PdfDict, kind: string, name: PdfObject | undefined): PdfObject {
    const resources = this.#file.get(form, "Resources");
    const list = isDict(resources) ? this.#file.get(resources, kind) : null;
    return isDict(list) && isName(name) ? this.#file.get(list, name.name) : null;
  }
}

const isMultiplied = ({ multiplies }: Graphics, { multiplied, apart }: Surroundings): boolean =>
  multiplied || (multiplies && !apart);

type Path = readonly (readonly [x: number, y: number])[];

const pairs = (numbers: readonly (number | undefined)[]): Path =>
  numbers.flatMap((x, index) =>
    index % 2 === 0 ? [[x ?? Number.NaN, numbers[index + 1] ?? Number.NaN] as const] : [],
  );

/** A line along the text, straight or waved. */
function isBand(path: Path): boolean {
  const extent = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
  const [width, height] = [extent(path.map(([x]) => x)), extent(path.map(([, y]) => y))];
  return path.length > 0 && Math.min(width, height) <= WIDEST_BAND;
}
