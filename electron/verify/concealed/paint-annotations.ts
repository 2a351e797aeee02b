import { isArray, isDict, isName, isStream, type PdfDict, type PdfStream } from "../../pdf/objects.ts";
import type { PdfPage } from "../../pdf/pdf-file.ts";
import { apply, IDENTITY, type Matrix, matrixOf, multiply } from "../drawing/matrix.ts";
import { numbersOf } from "../drawing/numbers.ts";
import { boundsOf } from "../drawing/shape-bounds.ts";
import { nameOf } from "../pdf-text.ts";
import { corners } from "./corners.ts";
import type { PagePainter, Painting } from "./page-painter.ts";
import { startState } from "./paint-state.ts";

/** ISO 32000-2 table 167: Hidden and NoView. */
const NOT_SHOWN = 2 | 32;
const MAXIMUM_ANNOTATIONS = 5000;

/** Draws the annotations of a page over it, in their order (ISO 32000-2 12.5.5). Those without a drawing hide nothing. */
export function paintAnnotations(painting: Painting, painter: PagePainter, page: PdfPage): void {
  const { file, canvas } = painting;
  const list = file.get(page.dict, "Annots");
  for (const item of isArray(list) ? list.slice(0, MAXIMUM_ANNOTATIONS) : []) {
    painting.spend(1);
    const annotation = file.resolve(item);
    const drawing = isDict(annotation) ? shownDrawing(painting, annotation) : undefined;
    const [x1, y1, x2, y2] = isDict(annotation) ? numbersOf(file, annotation.entries.get("Rect")) : [];
    if (drawing === undefined || x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) {
      continue;
    }
    const rectangle = [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)] as const;
    const fitted = placed(painting, drawing, rectangle);
    const before = canvas.count;
    if (fitted !== undefined) {
      const state = startState(multiply(fitted, canvas.transform), canvas.page);
      painter.form(drawing, null, state, { through: false, depth: 0 });
    }
    if (canvas.count > before) {
      canvas.annotation(rectangle);
    }
  }
}

/** The drawing of the annotation's state as readers show it. */
function shownDrawing({ file, layers, onLayer }: Painting, annotation: PdfDict): PdfStream | undefined {
  const flags = file.get(annotation, "F");
  const appearance = file.get(annotation, "AP");
  if (((typeof flags === "number" ? flags : 0) & NOT_SHOWN) !== 0 || isName(file.get(annotation, "Subtype"), "Popup")) {
    return undefined;
  }
  const normal = isDict(appearance) ? file.get(appearance, "N") : null;
  const drawing = isDict(normal) ? file.get(normal, nameOf(file.get(annotation, "AS")) ?? "Off") : normal;
  if (!isStream(drawing)) {
    return undefined;
  }
  const layer = annotation.entries.get("OC");
  if (layers.layer(layer).visibility !== "shown") {
    onLayer(layer);
    return undefined;
  }
  return drawing;
}

/** Algorithm 8 of ISO 32000-2 12.5.5: the box of the drawing, turned by its matrix, is fitted into the rectangle. */
function placed(
  { file }: Painting,
  drawing: PdfStream,
  rectangle: readonly [number, number, number, number],
): Matrix | undefined {
  const [left, bottom, right, top] = numbersOf(file, drawing.dict.entries.get("BBox"));
  if (left === undefined || bottom === undefined || right === undefined || top === undefined) {
    return undefined;
  }
  const own = matrixOf(numbersOf(file, drawing.dict.entries.get("Matrix"))) ?? IDENTITY;
  const box = boundsOf(corners(own, [left, bottom, right, top]));
  const x = (rectangle[2] - rectangle[0]) / (box[2] - box[0]);
  const y = (rectangle[3] - rectangle[1]) / (box[3] - box[1]);
  const [startX, startY] = apply([x, 0, 0, y, 0, 0], box[0], box[1]);
  return Number.isFinite(x) && Number.isFinite(y)
    ? [x, 0, 0, y, rectangle[0] - startX, rectangle[1] - startY]
    : undefined;
}
