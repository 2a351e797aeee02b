import { isDict, isStream, numberOf, type PdfDict, type PdfObject } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { nameOf } from "../../pdf-text.ts";
import { allowed, type Change, notJudged } from "../change.ts";
import type { Comparison } from "../comparison.ts";
import { coloredText, signedText, standsBesideText, touchedBy } from "../signed-content.ts";
import { COMMENT_KEYS, COMMENTS, MARKERS } from "./comment-kinds.ts";
import { lineWidth, reachOf } from "./comment-reach.ts";
import { isClear, isLightTogether, piecesOf } from "./marker-drawing.ts";
import { otherHighlights } from "./other-highlights.ts";

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
  if (kind === "Popup") {
    return current.get(annotation, "AP") === null ? "harmless" : { why: "has a drawing that is not understood" };
  }
  if (hasOddDrawing(current, annotation)) {
    return { why: "has a drawing that is not understood" };
  }
  const reach = reachOf(current, comparison.valueNow(pageNumber), annotation);
  if (reach === undefined) {
    return { why: "has no certain place" };
  }
  if (MARKERS.has(kind) && isClearMarker(comparison, current, pageNumber, num, annotation)) {
    return "harmless";
  }
  switch (touchedBy(comparison, pageNumber, num, reach)) {
    case "unreadable":
      return { why: "lies on a page that cannot be read" };
    case "text":
      return { covers: "covers signed text" };
    case "picture":
      return { covers: "covers a signed picture" };
    case "annotation":
      return { covers: "covers a field or an annotation that was signed" };
    case "nothing":
      // The sign of a note looks like nothing else.
      return !isNoteSign(current, annotation, kind) && standsBesideText(comparison, pageNumber, num, reach)
        ? { why: "stands right beside signed text, as if it were a part of it" }
        : "harmless";
  }
}

/**
 * SECURITY: a comment that lay over signed content hid it from the signer; when it goes or changes, that comes to light.
 * Markers that left it readable hid nothing.
 */
export function uncovers(comparison: Comparison, pageNumber: number, num: number, annotation: PdfDict): boolean {
  const { old } = comparison;
  const kind = nameOf(old.get(annotation, "Subtype")) ?? "";
  if (kind === "Popup" || (MARKERS.has(kind) && isClearMarker(comparison, old, pageNumber, num, annotation))) {
    return false;
  }
  const reach = reachOf(old, comparison.valueBefore(pageNumber), annotation);
  return reach === undefined || touchedBy(comparison, pageNumber, num, reach) !== "nothing";
}

/** Only the normal drawing, and only one. */
function hasOddDrawing(file: PdfFile, annotation: PdfDict): boolean {
  const appearance = file.get(annotation, "AP");
  if (appearance === null) {
    return false;
  }
  const normal = isDict(appearance) ? file.get(appearance, "N") : null;
  const isPlain =
    isDict(appearance) &&
    appearance.duplicates.length === 0 &&
    [...appearance.entries.keys()].every((key) => key === "N");
  return !isPlain || !isStream(normal);
}

const isNoteSign = (file: PdfFile, annotation: PdfDict, kind: string): boolean =>
  kind === "Text" && file.get(annotation, "AP") === null;

/** In points: a line under a word. */
const WIDEST_LINE = 3;

function isClearMarker(
  comparison: Comparison,
  file: PdfFile,
  pageNumber: number,
  num: number,
  annotation: PdfDict,
): boolean {
  const kind = nameOf(file.get(annotation, "Subtype")) ?? "";
  const isDrawn = file.get(annotation, "AP") !== null;
  const pieces =
    hasOddDrawing(file, annotation) || (!isDrawn && lineWidth(file, annotation) > WIDEST_LINE)
      ? undefined
      : piecesOf(file, annotation);
  const text = { text: signedText(comparison, pageNumber), coloredText: coloredText(comparison, pageNumber) };
  if (pieces === undefined || !isClear(kind, pieces, text)) {
    return false;
  }
  const others = kind === "Highlight" ? otherHighlights(comparison, pageNumber, num) : [];
  return others !== undefined && (kind !== "Highlight" || isLightTogether(pieces, others, text));
}
