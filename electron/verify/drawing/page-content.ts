import {
  isArray,
  isDict,
  isName,
  isStream,
  isString,
  numberOf,
  type PdfDict,
  type PdfObject,
  type PdfStream,
} from "../../pdf/objects.ts";
import type { PdfFile } from "../../pdf/pdf-file.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";
import { rgbOf } from "./color.ts";
import { type Operation, operationsOf } from "./content-operations.ts";
import { decodeShown, fontText, type FontText } from "./font-text.ts";
import { type GlyphWidths, glyphWidths } from "./glyph-widths.ts";
import { apply, IDENTITY, type Matrix, matrixOf, multiply } from "./matrix.ts";
import { numbersOf } from "./numbers.ts";
import { boundsOf, ShapeBounds } from "./shape-bounds.ts";

/** [left, bottom, right, top] in the space of the page. */
export type TextBox = readonly [number, number, number, number];

export interface PageContent {
  readonly text: readonly TextBox[];
  /** Those of them that are not certain to be dark. */
  readonly coloredText: readonly TextBox[];
  /** Images and filled shapes; letters can be drawn as shapes. */
  readonly pictures: readonly TextBox[];
  /** Those of them that are images. */
  readonly images: readonly TextBox[];
  /** Lines that are no long rules, and thin shapes: signs and signatures can be drawn with them. */
  readonly marks: readonly TextBox[];
}

const MAXIMUM_DEPTH = 8;
/** SECURITY: what one page may cost, with everything that it draws. */
const MAXIMUM_BOXES = 200_000;
const MAXIMUM_FORMS = 2000;
/** Drawings of machines have a million lines; from here on one box holds them all. */
const MAXIMUM_MARKS = 50_000;

interface State {
  transform: Matrix;
  isDark: boolean;
  font: PageFont | undefined;
  size: number;
  leading: number;
  mode: number;
  letterSpace: number;
  wordSpace: number;
  stretch: number;
  rise: number;
}

interface PageFont {
  /** Undefined when its strings cannot be read. */
  readonly text: FontText | undefined;
  readonly widths: GlyphWidths;
}

/**
 * Where a page has pictures, and text with letters or digits; lines to write on (underscores, dots) are none. How wide
 * text is, its font tells, or it is estimated. Undefined when the page cannot be read. Unlike `readDrawing` this passes over what it does not know.
 */
export function pageContent(file: PdfFile, page: PdfDict, inheritedResources: PdfObject): PageContent | undefined {
  const boxes: TextBox[] = [];
  const coloredText: TextBox[] = [];
  const pictures: TextBox[] = [];
  const images: TextBox[] = [];
  const marks: TextBox[] = [];
  const budget = { forms: 0 };
  try {
    const bytes = contentBytes(file, file.get(page, "Contents"));
    const resources = page.entries.has("Resources") ? file.get(page, "Resources") : inheritedResources;
    collect({ file, resources, boxes, coloredText, pictures, images, marks, budget, depth: 0 }, bytes, IDENTITY);
    return { text: boxes, coloredText, pictures, images, marks };
  } catch (error) {
    if (error instanceof PdfProblem) {
      return undefined;
    }
    throw error;
  }
}

/** ISO 32000-2 7.8.2: several streams are read as one, with a blank between them. */
function contentBytes(file: PdfFile, contents: PdfObject): Uint8Array {
  const streams = (isArray(contents) ? contents.map((item) => file.resolve(item)) : [contents]).filter(isStream);
  return Buffer.concat(streams.flatMap((one: PdfStream) => [file.streamBytes(one), Buffer.from("\n")]));
}

interface Collecting {
  readonly file: PdfFile;
  readonly resources: PdfObject;
  readonly boxes: TextBox[];
  readonly coloredText: TextBox[];
  readonly pictures: TextBox[];
  readonly images: TextBox[];
  readonly marks: TextBox[];
  readonly budget: { forms: number };
  readonly depth: number;
}

function collect(context: Collecting, bytes: Uint8Array, base: Matrix): void {
  const fonts = new Map<string, PageFont | undefined>();
  const stack: State[] = [];
  const shape = new ShapeBounds(
    (box) => addTo(context.pictures, box),
    (box) => addMark(context.marks, box),
  );
  let state: State = {
    transform: base,
    isDark: true,
    font: undefined,
    size: 0,
    leading: 0,
    mode: 0,
    letterSpace: 0,
    wordSpace: 0,
    stretch: 1,
    rise: 0,
  };
  let line: Matrix = IDENTITY;
  let text: Matrix = IDENTITY;
  const move = (x: number, y: number): void => {
    line = multiply([1, 0, 0, 1, x, y], line);
    text = line;
  };
  const show = (items: readonly PdfObject[]): void => {
    const width = showText(context, state, text, items);
    text = multiply([1, 0, 0, 1, width, 0], text);
  };
  for (const { operator, operands } of operationsOf(bytes)) {
    const numbers = operands.map((operand) => numberOf(operand) ?? 0);
    const [first = 0, second = 0] = numbers;
    shape.follow(operator, numbers, state.transform);
    switch (operator) {
      case "q":
        stack.push({ ...state });
        break;
      case "Q":
        state = stack.pop() ?? state;
        break;
      case "cm":
        state.transform = multiply(matrixOf(numbers) ?? IDENTITY, state.transform);
        break;
      case "BT":
        line = IDENTITY;
        text = IDENTITY;
        break;
      case "Tf":
        state.size = second;
        state.font = fontNamed(context, fonts, operands[0]);
        break;
      case "TL":
        state.leading = first;
        break;
      case "g":
      case "rg":
      case "k":
      case "cs":
      case "sc":
      case "scn":
        state.isDark = isDark(operator, operands, state.isDark);
        break;
      case "Tc":
        state.letterSpace = first;
        break;
      case "Tw":
        state.wordSpace = first;
        break;
      case "Tz":
        state.stretch = first / 100;
        break;
      case "Ts":
        state.rise = first;
        break;
      case "Tr":
        state.mode = first;
        break;
      case "Td":
        move(first, second);
        break;
      case "TD":
        state.leading = -second;
        move(first, second);
        break;
      case "Tm":
        line = matrixOf(numbers) ?? IDENTITY;
        text = line;
        break;
      case "T*":
        move(0, -state.leading);
        break;
      case '"':
        [state.wordSpace, state.letterSpace] = [first, second];
        move(0, -state.leading);
        show(operands.slice(-1));
        break;
      case "'":
        move(0, -state.leading);
        show(operands.slice(-1));
        break;
      case "Tj":
        show(operands);
        break;
      case "TJ":
        show(isArray(operands[0]) ? operands[0] : []);
        break;
      case "ID":
        addImage(context, state.transform);
        break;
      case "Do":
        drawForm(context, { operator, operands }, state.transform);
        break;
      default:
        break;
    }
  }
}

/** In each component. */
const DARKEST = 0.35;

/** SECURITY: a marker of the same colour hides a coloured text; only what is certainly dark is taken for it. */
function isDark(operator: string, operands: readonly PdfObject[], before: boolean): boolean {
  if (operator === "cs") {
    return ["DeviceGray", "DeviceRGB", "DeviceCMYK"].some((space) => isName(operands[0], space));
  }
  const rgb = rgbOf(operands.map((operand) => numberOf(operand)));
  const isDevice = operator === "g" || operator === "rg" || operator === "k" || before;
  return isDevice && rgb !== undefined && rgb.every((part) => part <= DARKEST);
}

function addTo(boxes: TextBox[], box: TextBox): void {
  boxes.push(box);
  if (boxes.length > MAXIMUM_BOXES) {
    throw new PdfProblem("limit", "A page has too much on it.");
  }
}

function addImage({ pictures, images }: Collecting, transform: Matrix): void {
  const box = unitSquare(transform);
  addTo(pictures, box);
  addTo(images, box);
}

function addMark(marks: TextBox[], box: TextBox): void {
  const last = marks.at(-1);
  if (last === undefined || marks.length < MAXIMUM_MARKS) {
    marks.push(box);
  } else {
    marks[marks.length - 1] = boundsOf([
      [last[0], last[1]],
      [last[2], last[3]],
      [box[0], box[1]],
      [box[2], box[3]],
    ]);
  }
}

/** ISO 32000-2 8.9.5: an image fills the unit square. */
const unitSquare = (matrix: Matrix): TextBox =>
  boundsOf([apply(matrix, 0, 0), apply(matrix, 1, 0), apply(matrix, 0, 1), apply(matrix, 1, 1)]);

function fontNamed(
  { file, resources }: Collecting,
  fonts: Map<string, PageFont | undefined>,
  name: PdfObject | undefined,
): PageFont | undefined {
  const key = isName(name) ? name.name : "";
  if (!fonts.has(key)) {
    const list = isDict(resources) ? file.get(resources, "Font") : null;
    const font = isDict(list) ? file.get(list, key) : null;
    fonts.set(key, isDict(font) ? { text: readable(file, font), widths: glyphWidths(file, font) } : undefined);
  }
  return fonts.get(key);
}

function readable(file: PdfFile, font: PdfDict): FontText | undefined {
  try {
    return fontText(file, font);
  } catch (error) {
    if (error instanceof PdfProblem) {
      return undefined;
    }
    throw error;
  }
}

const STROKED = 1;
const INVISIBLE = 3;
const LETTERS = /[\p{L}\p{N}]/u;

/** Gives the width of what was shown, in text space (ISO 32000-2 9.4.4). */
function showText({ boxes, coloredText }: Collecting, state: State, text: Matrix, items: readonly PdfObject[]): number {
  let width = 0;
  let hasLetters = false;
  for (const item of items) {
    if (isString(item)) {
      const shown = state.font?.text === undefined ? undefined : decodeShown(state.font.text, item.bytes);
      width += widthOf(state, item.bytes);
      hasLetters ||= shown === undefined ? item.bytes.length > 0 : LETTERS.test(shown);
    } else {
      width -= ((numberOf(item) ?? 0) / 1000) * state.size * state.stretch;
    }
  }
  if (hasLetters && state.mode !== INVISIBLE) {
    const matrix = multiply(text, state.transform);
    const top = state.rise + state.size * 0.7;
    const corners = [
      apply(matrix, 0, state.rise),
      apply(matrix, width, state.rise),
      apply(matrix, 0, top),
      apply(matrix, width, top),
    ];
    const box = boundsOf(corners);
    addTo(boxes, box);
    // Letters that are lines have the colour of lines, which is not followed.
    if (!state.isDark || state.mode === STROKED) {
      coloredText.push(box);
    }
  }
  return width;
}

const BLANK = 32;

function widthOf({ font, size, letterSpace, wordSpace, stretch }: State, bytes: Uint8Array): number {
  const step = font?.widths.bytes ?? 1;
  let width = 0;
  for (let index = 0; index < bytes.length; index += step) {
    const code = step === 1 ? (bytes[index] ?? 0) : (bytes[index] ?? 0) * 256 + (bytes[index + 1] ?? 0);
    width += (font?.widths.widthOf(code) ?? 0.6) * size + letterSpace + (step === 1 && code === BLANK ? wordSpace : 0);
  }
  return width * stretch;
}

function drawForm(context: Collecting, { operands }: Operation, transform: Matrix): void {
  const { file, resources, budget, depth } = context;
  const [name] = operands;
  const list = isDict(resources) ? file.get(resources, "XObject") : null;
  const form = isDict(list) && isName(name) ? file.get(list, name.name) : null;
  if (!isStream(form) || !isName(file.get(form.dict, "Subtype"), "Form")) {
    addImage(context, transform);
    return;
  }
  budget.forms += 1;
  if (depth >= MAXIMUM_DEPTH || budget.forms > MAXIMUM_FORMS) {
    throw new PdfProblem("limit", "A page is nested too deeply.");
  }
  const own = matrixOf(numbersOf(file, form.dict.entries.get("Matrix"))) ?? IDENTITY;
  const inner = form.dict.entries.has("Resources") ? file.get(form.dict, "Resources") : resources;
  collect({ ...context, resources: inner, depth: depth + 1 }, file.streamBytes(form), multiply(own, transform));
}
