import { isArray, isDict, isName, isStream, numberOf, type PdfDict, type PdfObject } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { brightnessOf } from "../../drawing/color.ts";
import { numbersOf } from "../../drawing/numbers.ts";
import { nameOf } from "../../pdf-text.ts";
import { allowed, type Change, notJudged } from "../change.ts";
import type { Comparison } from "../comparison.ts";
import { boxOf, liesOverBox, liesOverText, signedContent } from "../signed-content.ts";
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
  if (drawing === "odd" || (kind === "Popup" && drawing !== "none")) {
    return { why: "has a drawing that is not understood" };
  }
  if (kind === "Popup") {
    return "harmless";
  }
  const content = signedContent(comparison, pageNumber);
  if (content?.page === undefined) {
    return { why: "lies on a page that cannot be read" };
  }
  if (MARKERS.has(kind) && isClearMarker(current, annotation, drawing)) {
    return "harmless";
  }
  const { text, pictures } = content.page;
  if (text.some((line) => liesOverText(box, line))) {
    return { covers: "covers signed text" };
  }
  if (pictures.some((picture) => liesOverBox(box, picture))) {
    return { covers: "covers a signed picture" };
  }
  return content.annotations.some((other) => other.num !== num && liesOverBox(box, other.box))
    ? { covers: "covers a field or an annotation that was signed" }
    : "harmless";
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
    return isMarkerDrawing(file, drawing);
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
  return POINTS.every((key) => {
    const numbers = flat(file, annotation.entries.get(key), 0);
    return numbers.every((value, index) =>
      index % 2 === 0
        ? value >= left - MARGIN && value <= right + MARGIN
        : value >= bottom - MARGIN && value <= top + MARGIN,
    );
  });
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
