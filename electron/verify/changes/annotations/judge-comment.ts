import { isArray, isDict, isName, isStream, numberOf, type PdfDict, type PdfObject } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { brightnessOf } from "../../drawing/color.ts";
import { numbersOf } from "../../drawing/numbers.ts";
import { nameOf } from "../../pdf-text.ts";
import { allowed, type Change, notJudged } from "../change.ts";
import type { Comparison } from "../comparison.ts";
import { boxOf, coverOf } from "../signed-content.ts";
import { COMMENT_KEYS, COMMENTS, MARKERS, POINTS } from "./comment-kinds.ts";
import { isMarkerDrawing } from "./marker-drawing.ts";

type Found = "harmless" | { readonly covers: string } | { readonly why: string };

/**
 * An annotation that came after the signature, or that has another content now. Comments are what a certification with
 * P = 3 permits (ISO 32000-2 table 257); they must not lie over what was signed. Samples: `honest-comments.ts`.
 */
export function judgeComment(
  comparison: Comparison,
  pageNumber: number,
  num: number,
  annotation: PdfDict,
  what: "added" | "changed",
): Change {
  const kind = nameOf(comparison.current.get(annotation, "Subtype")) ?? "unknown";
  const found = examine(comparison, pageNumber, num, annotation, kind);
  const place = { object: num, page: pageNumber };
  if (found === "harmless") {
    return allowed("annotation", `changes.annotation-${what}`, `A comment (${kind}) was ${what}.`, place);
  }
  if ("covers" in found) {
    const message = `An annotation (${kind}) was ${what} that ${found.covers}.`;
    return { ...notJudged("annotation", "changes.covers-content", message, place), covers: true };
  }
  const message = `An annotation (${kind}) was ${what} that ${found.why}.`;
  return notJudged("annotation", `changes.annotation-${what}`, message, place);
}

export const isComment = (file: PdfFile, annotation: PdfObject): annotation is PdfDict =>
  isDict(annotation) && COMMENTS.has(nameOf(file.get(annotation, "Subtype")) ?? "");

/** ISO 32000-2 table 167: Invisible, Hidden, NoView, ToggleNoView. */
const UNSEEN = 1 | 2 | 32 | 256;

function examine(comparison: Comparison, pageNumber: number, num: number, annotation: PdfDict, kind: string): Found {
  const { current } = comparison;
  if (!COMMENTS.has(kind)) {
    return { why: "is no comment" };
  }
  const odd = [...annotation.entries.keys()].find((key) => !COMMENT_KEYS.has(key));
  if (odd !== undefined) {
    return { why: `has an entry /${odd}, which no comment needs` };
  }
  if (((numberOf(current.get(annotation, "F")) ?? 0) & UNSEEN) !== 0) {
    return { why: "does not show itself everywhere" };
  }
  const box = boxOf(numbersOf(current, annotation.entries.get("Rect")));
  if (box === undefined || !pointsLieIn(current, annotation, box)) {
    return { why: "has no certain place" };
  }
  const drawing = drawingOf(current, annotation);
  if (drawing === "none" && lineWidth(current, annotation) > MARGIN) {
    return { why: "has wide lines" };
  }
  if (drawing === "odd" || (kind === "Popup" && drawing !== "none")) {
    return { why: "has a drawing that is not understood" };
  }
  if (kind === "Popup") {
    return "harmless";
  }
  if (MARKERS.has(kind) && isClearMarker(current, annotation, drawing)) {
    return "harmless";
  }
  switch (coverOf(comparison, pageNumber, num, box)) {
    case "unreadable":
      return { why: "lies on a page that cannot be read" };
    case "text":
      return { covers: "covers signed text" };
    case "picture":
      return { covers: "covers a signed picture" };
    case "annotation":
      return { covers: "covers a field or an annotation that was signed" };
    case "nothing":
      return "harmless";
  }
}

/**
 * SECURITY: a comment that lay over signed content hid it from the signer; when it goes or changes, that comes to light.
 * Markers that left it readable hid nothing.
 */
export function uncovers(comparison: Comparison, pageNumber: number, num: number, annotation: PdfDict): boolean {
  const { old } = comparison;
  const kind = nameOf(old.get(annotation, "Subtype")) ?? "";
  const box = boxOf(numbersOf(old, annotation.entries.get("Rect")));
  const drawing = drawingOf(old, annotation);
  if (kind === "Popup" || (MARKERS.has(kind) && isClearMarker(old, annotation, drawing))) {
    return false;
  }
  return (
    box === undefined || !pointsLieIn(old, annotation, box) || coverOf(comparison, pageNumber, num, box) !== "nothing"
  );
}

type DrawingOf = "none" | "odd" | Extract<PdfObject, { readonly kind: "stream" }>;

function drawingOf(file: PdfFile, annotation: PdfDict): DrawingOf {
  const appearance = file.get(annotation, "AP");
  if (appearance === null) {
    return "none";
  }
  const normal = isDict(appearance) ? file.get(appearance, "N") : null;
  const isPlain = isDict(appearance) && [...appearance.entries.keys()].every((key) => key === "N");
  return isPlain && isStream(normal) ? normal : "odd";
}

/** Without a drawing of its own the reader draws a marker, in its colour; a dark one hides text where it is not multiplied. */
function isClearMarker(file: PdfFile, annotation: PdfDict, drawing: DrawingOf): boolean {
  if (drawing !== "none" && drawing !== "odd") {
    return isMarkerDrawing(file, annotation, drawing);
  }
  const color = brightnessOf(numbersOf(file, annotation.entries.get("C")));
  return !isName(file.get(annotation, "Subtype"), "Highlight") || color === undefined || color > 0.3;
}

/** In points: pens have a width. */
const MARGIN = 12;

/** SECURITY: readers that draw an annotation themselves follow its points, not its rectangle. */
function pointsLieIn(
  file: PdfFile,
  annotation: PdfDict,
  [left, bottom, right, top]: readonly [number, number, number, number],
): boolean {
  // The line that leads to a text belongs to one kind of text only (table 178).
  const isCallout = isName(file.get(annotation, "IT"), "FreeTextCallout") || file.get(annotation, "AP") === null;
  return POINTS.filter((key) => key !== "CL" || isCallout).every((key) => {
    const numbers = flat(file, annotation.entries.get(key), 0);
    return numbers.every((value, index) =>
      index % 2 === 0
        ? value >= left - MARGIN && value <= right + MARGIN
        : value >= bottom - MARGIN && value <= top + MARGIN,
    );
  });
}

/** /BS, or the third number of /Border (tables 166 and 168); 1 is the default. */
function lineWidth(file: PdfFile, annotation: PdfDict): number {
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
