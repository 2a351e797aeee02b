import { isDict, isName, isRef, isStream, type PdfDict, type PdfObject } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { type Drawing, readDrawing } from "../../drawing/read-drawing.ts";
import type { DrawingKind } from "../../drawing/painted-ground.ts";
import { numbersOf } from "../../drawing/numbers.ts";
import type { Comparison } from "../comparison.ts";
import { inherited } from "./filled-field.ts";
import { oncePerWidget } from "./once-per-widget.ts";

/** What the drawing of a widget shows; "none" when it has none. */
export type WidgetDrawing = Drawing | "none";

/** In a document as it is, with the fonts that came with it. */
export function widgetDrawing(file: PdfFile, widget: PdfDict): WidgetDrawing {
  return drawingOf(file, widget, () => true);
}

export const drawingBefore = oncePerWidget(({ old }, widget) => widgetDrawing(old, widget));

export const drawingNow = oncePerWidget((comparison, widget) =>
  drawingOf(comparison.current, widget, (font, embedded) => isTrustedFont(comparison, font, embedded)),
);

function drawingOf(
  file: PdfFile,
  widget: PdfDict,
  isTrusted: (font: PdfObject | undefined, embedded: boolean) => boolean,
): WidgetDrawing {
  const appearance = file.get(widget, "AP");
  if (appearance === null) {
    return "none";
  }
  const normal = isDict(appearance) ? file.get(appearance, "N") : null;
  if (!isDict(appearance) || !isStream(normal) || [...appearance.entries.keys()].some((key) => key !== "N")) {
    return { clear: false, why: "its drawing has several forms" };
  }
  const problem = distortion(file, widget, normal.dict);
  return problem === undefined
    ? readDrawing(file, normal, { isTrustedFont: isTrusted, ...kindOf(file, widget) })
    : { clear: false, why: problem };
}

const COMB = 1 << 24;
const COMBO = 1 << 17;

/** ISO 32000-2 table 231: a comb has as many parts as its text may have signs; table 233: what is no combo box is a list. */
function kindOf(file: PdfFile, widget: PdfDict): DrawingKind {
  const value = inherited(file, widget, "Ff");
  const flags = typeof value === "number" ? value : 0;
  if (isName(inherited(file, widget, "FT"), "Ch")) {
    const isCombo = (flags & COMBO) !== 0;
    return { isCombo, isList: !isCombo };
  }
  const most = inherited(file, widget, "MaxLen");
  return (flags & COMB) !== 0 && typeof most === "number" && most > 0 ? { cells: most } : {};
}

/** SECURITY: its place can shrink a text to nothing, or stretch it. */
function distortion(file: PdfFile, widget: PdfDict, form: PdfDict): string | undefined {
  const placement = placementOf(file, widget, form);
  if (typeof placement === "string") {
    return placement;
  }
  return placement.every((scale) => scale > 0.7 && scale < 1.5) ? undefined : "its drawing is stretched or shrunk";
}

/**
 * ISO 32000-2 12.5.5, algorithm 8: the drawing's box, turned by its matrix, is fitted into the widget's rectangle. How
 * much wider and higher it gets, or why that is not certain. SECURITY: a turn makes a 9 of a 6.
 */
export function placementOf(
  file: PdfFile,
  widget: PdfDict,
  form: PdfDict,
): readonly [scaleX: number, scaleY: number] | string {
  const rect = numbersOf(file, widget.entries.get("Rect"));
  const box = numbersOf(file, form.entries.get("BBox"));
  const characteristics = file.get(widget, "MK");
  const turned = isDict(characteristics) ? file.get(characteristics, "R") : null;
  const angle = (((typeof turned === "number" ? turned : 0) % 360) + 360) % 360;
  const matrix = form.entries.has("Matrix") ? numbersOf(file, form.entries.get("Matrix")).slice(0, 4) : [1, 0, 0, 1];
  const expected = TURNS[angle];
  if (
    expected === undefined ||
    matrix.some((value, index) => Math.abs((value ?? 9) - (expected[index] ?? 0)) > 0.001)
  ) {
    return "its drawing is turned or distorted";
  }
  const [left, bottom, right, top] = rect;
  const [x1, y1, x2, y2] = box;
  if (
    left === undefined ||
    bottom === undefined ||
    right === undefined ||
    top === undefined ||
    x1 === undefined ||
    y1 === undefined ||
    x2 === undefined ||
    y2 === undefined
  ) {
    return "its drawing has no size";
  }
  const [width, height] = angle % 180 === 0 ? [x2 - x1, y2 - y1] : [y2 - y1, x2 - x1];
  return [Math.abs(right - left) / Math.abs(width), Math.abs(top - bottom) / Math.abs(height)];
}

const TURNS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 0, 0, 1],
  90: [0, 1, -1, 0],
  180: [-1, 0, 0, -1],
  270: [0, -1, 1, 0],
};

/** Text faces that readers have themselves (ISO 32000-2 9.6.2.2), and what programs call them. */
const STANDARD_FACE =
  /^(?:Helvetica|Courier|Times|Arial|ArialMT|CourierNew|TimesNewRoman)(?:PS)?(?:MT)?(?:[-,]?(?:Roman|Regular|Bold|Italic|Oblique|BoldItalic|BoldOblique))?(?:MT)?$/u;

/**
 * SECURITY: glyphs can be exchanged in a font that comes with the drawing. A font of the signed revision, untouched, is
 * one that the signer's document already trusted; another one must be of the reader's own faces.
 */
function isTrustedFont(comparison: Comparison, font: PdfObject | undefined, embedded: boolean): boolean {
  if (isRef(font) && !comparison.added.has(font.num) && !comparison.overridden.has(font.num)) {
    return true;
  }
  const dict = comparison.current.resolve(font);
  return isDict(dict) && isReadersFace(comparison.current, dict, embedded);
}

export function isReadersFace(file: PdfFile, font: PdfDict, embedded: boolean | undefined): boolean {
  const face = file.get(font, "BaseFont");
  return embedded === false && isName(face) && STANDARD_FACE.test(face.name);
}
