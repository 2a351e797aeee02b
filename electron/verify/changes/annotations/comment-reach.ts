import { isArray, isDict, isName, isStream, numberOf, type PdfDict, type PdfObject } from "../../../pdf/objects.ts";
import { rotationOf } from "../../../pdf/page-geometry.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { numbersOf } from "../../drawing/numbers.ts";
import type { TextBox } from "../../drawing/page-content.ts";
import { boundsOf } from "../../drawing/shape-bounds.ts";
import { boxOf, grown } from "../signed-content.ts";
import { POINTS } from "./comment-kinds.ts";
import { placementOf } from "./marker-pieces.ts";

/** In points: pens have a width. */
const MARGIN = 12;
/** In points: readers draw the sign of a note in their own size, down from the upper left corner of its rectangle. */
const SIGN = 24;
const LARGEST_SIGN = 40;
/** Of the line's width: an arrow at the end of a line. */
const ARROW = 9;

/** ISO 32000-2 table 167. */
const NO_ZOOM = 8;
const NO_ROTATE = 16;

/**
 * Where on its page a comment can show something; undefined when that is not certain. SECURITY: readers that draw a
 * comment themselves follow its points and its kind, not its rectangle.
 */
export function reachOf(file: PdfFile, page: PdfObject, annotation: PdfDict): TextBox | undefined {
  const rect = boxOf(numbersOf(file, annotation.entries.get("Rect")));
  if (rect === undefined || annotation.duplicates.length > 0 || !pointsLieIn(file, annotation, rect)) {
    return undefined;
  }
  const isNote = isName(file.get(annotation, "Subtype"), "Text");
  const flags = numberOf(file.get(annotation, "F")) ?? 0;
  const longest = Math.max(rect[2] - rect[0], rect[3] - rect[1], SIGN);
  // SECURITY: what does not turn or shrink with its page stands elsewhere than its rectangle says.
  if ((flags & (NO_ZOOM | NO_ROTATE)) !== 0 && (!isNote || longest > LARGEST_SIGN)) {
    return undefined;
  }
  const isDrawn = file.get(annotation, "AP") !== null;
  const shown = isDrawn ? ownPlace(file, annotation, rect) : placeByReaders(file, annotation, rect);
  if (!isNote || shown === undefined) {
    return shown;
  }
  const [left, , , top] = rect;
  const isTurned = (flags & NO_ROTATE) !== 0 && pageRotation(file, page) !== 0;
  const sign = [left, top - SIGN, left + SIGN, top] as const;
  return union(shown, isTurned ? grown([left, top, left, top], longest) : sign);
}

/** An appearance is fitted into the rectangle and cut off at its edges (ISO 32000-2 12.5.5), if it has a box. */
function ownPlace(file: PdfFile, annotation: PdfDict, rect: TextBox): TextBox | undefined {
  const appearance = file.get(annotation, "AP");
  const normal = isDict(appearance) ? file.get(appearance, "N") : null;
  return isStream(normal) && placementOf(file, normal.dict, rect) !== undefined ? rect : undefined;
}

function placeByReaders(file: PdfFile, annotation: PdfDict, rect: TextBox): TextBox | undefined {
  const isPlain =
    ["LL", "LLE", "LLO"].every((key) => (numberOf(file.get(annotation, key)) ?? 0) === 0) &&
    (file.get(annotation, "Cap") ?? false) === false &&
    file.get(annotation, "BE") === null &&
    // Below nothing, the inner edges of a text lie outside.
    numbersOf(file, annotation.entries.get("RD")).every((value) => value !== undefined && value >= 0);
  const width = lineWidth(file, annotation);
  if (!isPlain || width > MARGIN) {
    return undefined;
  }
  const points = POINTS.flatMap((key) => pairs(flat(file, annotation.entries.get(key), 0)));
  const around = points.length === 0 ? rect : union(rect, boundsOf(points));
  const ends = file.get(annotation, "LE");
  const hasArrows = (isArray(ends) ? ends : [ends]).some((end) => end !== null && !isName(end, "None"));
  return grown(around, width * (hasArrows ? ARROW : 0.5));
}

const union = (a: TextBox, b: TextBox): TextBox =>
  boundsOf([
    [a[0], a[1]],
    [a[2], a[3]],
    [b[0], b[1]],
    [b[2], b[3]],
  ]);

/** SECURITY: a /Parent chain can run in a circle. */
const MAXIMUM_PARENTS = 50;

function pageRotation(file: PdfFile, page: PdfObject): number {
  let node = page;
  for (let depth = 0; isDict(node) && depth < MAXIMUM_PARENTS; depth += 1) {
    if (node.entries.has("Rotate")) {
      return rotationOf(numberOf(file.get(node, "Rotate")));
    }
    node = file.get(node, "Parent");
  }
  return 0;
}

function pointsLieIn(file: PdfFile, annotation: PdfDict, [left, bottom, right, top]: TextBox): boolean {
  // The line that leads to a text belongs to one kind of text only (table 178).
  const isCallout = isName(file.get(annotation, "IT"), "FreeTextCallout") || file.get(annotation, "AP") === null;
  return POINTS.filter((key) => key !== "CL" || isCallout).every((key) =>
    pairs(flat(file, annotation.entries.get(key), 0)).every(
      ([x, y]) => x >= left - MARGIN && x <= right + MARGIN && y >= bottom - MARGIN && y <= top + MARGIN,
    ),
  );
}

const pairs = (numbers: readonly number[]): readonly (readonly [number, number])[] =>
  Array.from({ length: Math.ceil(numbers.length / 2) }, (_, index) => [
    numbers[2 * index] ?? Number.NaN,
    numbers[2 * index + 1] ?? Number.NaN,
  ]);

/** /BS, or the third number of /Border (tables 166 and 168); 1 is the default. */
export function lineWidth(file: PdfFile, annotation: PdfDict): number {
  const style = file.get(annotation, "BS");
  const ofStyle = isDict(style) ? numberOf(file.get(style, "W")) : undefined;
  const border = numbersOf(file, annotation.entries.get("Border"));
  return Math.max(ofStyle ?? 1, border[2] ?? 1);
}

/** /InkList is an array of arrays. */
function flat(file: PdfFile, object: PdfObject | undefined, depth: number): readonly number[] {
  const value = file.resolve(object);
  if (isArray(value)) {
    return depth > 2 ? [Number.NaN] : value.flatMap((item) => flat(file, item, depth + 1));
  }
  const number = numberOf(value);
  return number === undefined ? [] : [number];
}
