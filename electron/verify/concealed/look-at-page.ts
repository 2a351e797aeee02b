import type { PdfObject } from "../../pdf/objects.ts";
import type { PdfFile, PdfPage } from "../../pdf/pdf-file.ts";
import type { CellScratch } from "./cell-grid.ts";
import { doubleEntry } from "./double-entries.ts";
import type { FontMetrics } from "../drawing/font-metrics.ts";
import type { Layers } from "./layers.ts";
import { paintAnnotations } from "./paint-annotations.ts";
import { PageCanvas } from "./page-canvas.ts";
import { PagePainter } from "./page-painter.ts";
import { startState } from "./paint-state.ts";
import { contentOf } from "./resources.ts";

export interface LookedAtPage {
  /** Text or an annotation lies wholly under what is painted over it. */
  readonly covered: boolean;
  /** An entry that decides what the page shows is written twice. */
  readonly doubled: boolean;
}

export interface LookOptions {
  readonly file: PdfFile;
  readonly layers: Layers;
  /** Kept from page to page. */
  readonly fonts: Map<number, FontMetrics | undefined>;
  readonly scratch: CellScratch;
  readonly onLayer: (layer: PdfObject | undefined) => void;
  readonly spend: (work: number) => void;
}

/** Looks under what a page shows. Linear in what is drawn. Throws `PdfProblem` where the page cannot be read, or is too much. */
export function lookAtPage(page: PdfPage, options: LookOptions): LookedAtPage {
  const { file } = options;
  const canvas = new PageCanvas(page.cropBox, options.spend, options.scratch);
  const painting = { ...options, canvas };
  const painter = new PagePainter(painting);
  const start = startState(canvas.transform, canvas.page);
  const content = contentOf(file, file.get(page.dict, "Contents"));
  painter.run(content, page.resources ?? null, start, { through: false, depth: 0 });
  paintAnnotations(painting, painter, page);
  return { covered: canvas.hidesSomething(), doubled: doubleEntry(file, page) };
}
