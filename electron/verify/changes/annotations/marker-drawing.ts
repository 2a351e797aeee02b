import { isArray, isDict, isName, isStream, type PdfDict, type PdfObject } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { brightnessOf, isReadableOn, PAPER, rgbOf } from "../../drawing/color.ts";
import { numbersOf } from "../../drawing/numbers.ts";
import type { TextBox } from "../../drawing/page-content.ts";
import { boundsOf } from "../../drawing/shape-bounds.ts";
import { boxOf, grown, overlap } from "../signed-content.ts";
import { isLight, keepsColors, multiplied } from "./marker-color.ts";
import { markerPieces, type Piece } from "./marker-pieces.ts";

/**
 * What a marker paints, by its own drawing or, without one, as readers draw it along its points (ISO 32000-2 12.5.6.10).
 * Undefined when that is not certain.
 */
export function piecesOf(file: PdfFile, annotation: PdfDict): readonly Piece[] | undefined {
  const box = boxOf(numbersOf(file, annotation.entries.get("Rect")));
  const appearance = file.get(annotation, "AP");
  if (box === undefined) {
    return undefined;
  }
  if (appearance === null) {
    return drawnByReaders(file, annotation, box);
  }
  const normal = isDict(appearance) ? file.get(appearance, "N") : null;
  return isStream(normal) ? markerPieces(file, normal, box) : undefined;
}

/** The signed text of a page, and what of it is not certain to be dark. */
export interface MarkedText {
  readonly text: readonly TextBox[];
  readonly coloredText: readonly TextBox[];
}

/** The drawing of a marker leaves the text under it readable, and is no sign of its own. */
export function isClear(kind: string, pieces: readonly Piece[], { text, coloredText }: MarkedText): boolean {
  if (pieces.length === 0) {
    return false;
  }
  return kind === "Highlight"
    ? pieces.every((piece) => isHighlight(piece, text) && (keepsColors(piece.color) || !isOver(piece, coloredText)))
    : pieces.every((piece) => isUnderline(piece, text, kind === "Squiggly"));
}

/** SECURITY: many light colours one upon the other are a dark one. */
export function isLightTogether(
  pieces: readonly Piece[],
  others: readonly Piece[],
  { coloredText }: MarkedText,
): boolean {
  const all = [...pieces, ...others];
  return pieces.every((piece) => {
    const color = multiplied(all.filter((other) => liesOver(piece.box, other.box)).map((one) => one.color));
    return isLight(color) && (keepsColors(color) || !isOver(piece, coloredText));
  });
}

const isOver = ({ box }: Piece, text: readonly TextBox[]): boolean => text.some((line) => liesOver(box, line));

const liesOver = (a: TextBox, b: TextBox): boolean => overlap(a, b, 0) > 0 && overlap(a, b, 1) > 0;

/** In points, and of the height of the text. */
const WIDEST_LINE = 3;
const HIGHEST_WAVE = 0.35;
const SHORTEST_LINE = 0.5;
/** In brightness; pure yellow is below. */
const PALEST_LINE = 0.9;
/** Of a piece, how much stands with signed text; places are estimates. */
const LEAST_SHARE = 0.5;
/** Of the height of the text. */
const NARROWEST = 0.5;

/** SECURITY: a bar that stands with no text could be a digit; one that is dark, or hides, takes the text away. */
function isHighlight({ kind, box, color, plain, multiplies }: Piece, text: readonly TextBox[]): boolean {
  if (kind !== "area" || !plain || !multiplies || !isLight(color)) {
    return false;
  }
  let marked = 0;
  let size = 0;
  for (const line of text) {
    const height = Math.min(line[2] - line[0], line[3] - line[1]);
    const around = grown(line, 0.45 * height);
    const common = Math.max(0, overlap(box, around, 0)) * Math.max(0, overlap(box, around, 1));
    marked += common;
    size = common > 0 ? Math.max(size, height) : size;
  }
  const [width, height] = [box[2] - box[0], box[3] - box[1]];
  // A narrow bar could be a one or a stroke of another sign, unless nobody can read its colour on paper.
  const isNarrow = Math.min(width, height) < NARROWEST * size;
  const isPale = !isReadableOn(brightnessOf(color) ?? 0, PAPER);
  return marked >= LEAST_SHARE * width * height && (!isNarrow || isPale);
}

/** SECURITY: a line through a text takes it back; one beside it could be a minus or a digit. */
function isUnderline({ kind, box, plain, color }: Piece, text: readonly TextBox[], waves: boolean): boolean {
  const [left, bottom, right, top] = box;
  // A white line takes the tails of commas away and is not seen itself.
  if ((brightnessOf(color) ?? 1) > PALEST_LINE) {
    return false;
  }
  const isThin = top - bottom <= WIDEST_LINE;
  const isLine = isThin && (kind === "area" || plain);
  let shared = 0;
  for (const line of text) {
    const width = overlap(box, line, 0);
    const height = line[3] - line[1];
    if (width > 0 && top > line[1] + 0.2 * height && bottom < line[3] - 0.1 * height) {
      return false;
    }
    const isWave = waves && kind === "line" && top - bottom <= HIGHEST_WAVE * height + 1.5;
    // What is shorter than a letter is a point.
    const isLong = right - left >= SHORTEST_LINE * height;
    if (
      isLong &&
      width > 0 &&
      top <= line[1] + 0.2 * height &&
      bottom >= line[1] - 0.8 * height &&
      (isLine || isWave)
    ) {
      shared += width;
    }
  }
  return shared >= LEAST_SHARE * (right - left);
}

function drawnByReaders(file: PdfFile, annotation: PdfDict, rect: TextBox): readonly Piece[] | undefined {
  const isHighlighter = isName(file.get(annotation, "Subtype"), "Highlight");
  const written = numbersOf(file, annotation.entries.get("C"));
  // Readers do not agree on the colour of a highlighter that names none; some take black.
  const color = rgbOf(written) ?? (isHighlighter ? undefined : ([0, 0, 0] as const));
  const quads = quadsOf(file, annotation.entries.get("QuadPoints"), rect, isHighlighter);
  if (color === undefined || quads === undefined) {
    return undefined;
  }
  return quads.map(([left, bottom, right, top]) =>
    isHighlighter
      ? { kind: "area", box: [left, bottom, right, top], color, plain: true, multiplies: true }
      : { kind: "line", box: [left, bottom - 0.5, right, bottom + 1.5], color, plain: true, multiplies: false },
  );
}

const MOST_QUADS = 500;

/** Upright rectangles; undefined for turned ones, and where readers could take another side for the lower one. */
function quadsOf(
  file: PdfFile,
  points: PdfObject | undefined,
  rect: TextBox,
  inAnyOrder: boolean,
): readonly TextBox[] | undefined {
  if (!isArray(file.resolve(points))) {
    return points === undefined ? [rect] : undefined;
  }
  const numbers = numbersOf(file, points).map((value) => value ?? Number.NaN);
  if (numbers.length % 8 !== 0 || numbers.length === 0 || numbers.length > 8 * MOST_QUADS) {
    return undefined;
  }
  const quads: TextBox[] = [];
  for (let index = 0; index < numbers.length; index += 8) {
    const corners = [0, 2, 4, 6].map((at) => [numbers[index + at] ?? 0, numbers[index + at + 1] ?? 0] as const);
    const box = boundsOf(corners);
    const [, bottom, , top] = box;
    const near = 0.1 * (top - bottom) + 0.5;
    const isTopFirst = corners.every(([, y], at) => (at < 2 ? y >= top - near : y <= bottom + near));
    const isUpright = corners.every(
      ([x, y]) => Math.min(x - box[0], box[2] - x) <= near && Math.min(y - bottom, top - y) <= near,
    );
    if (!box.every((value) => Number.isFinite(value)) || !isUpright || !(isTopFirst || inAnyOrder)) {
      return undefined;
    }
    quads.push(box);
  }
  return quads;
}
