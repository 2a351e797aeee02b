import { dict, name } from "../../pdf/objects.ts";
import type { PdfRef } from "../../pdf/objects.ts";
import { real } from "../pdf-values.ts";
import { deflatedStream } from "./deflated-stream.ts";
import { drawMark } from "./draw-mark.ts";
import type { DrawnMark } from "./draw-mark.ts";
import type { ObjectSink } from "./object-sink.ts";

export interface AppearanceSpec {
  /** Size of the annotation's rectangle before page rotation, in points: user space units times the page's UserUnit. */
  readonly width: number;
  readonly height: number;
  /** The page's /Rotate. */
  readonly rotate: 0 | 90 | 180 | 270;
  /** Null: an empty drawing (a field without a mark still needs an appearance, ISO 32000-2 table 166). */
  readonly mark: DrawnMark | null;
  /** Soft masks and constant alpha may be used. */
  readonly transparency: boolean;
  /** The file claims PDF/A-1, which asks for a /CIDSet. */
  readonly cidSet: boolean;
}

/** Writes the form XObject of the mark and everything it needs, and gives its reference. */
export function writeAppearance(sink: ObjectSink, spec: AppearanceSpec): PdfRef {
  const form = sink.allocate();
  const view = viewerGeometry(spec);
  const { content, resources } =
    spec.mark === null ? { content: "", resources: dict({}) } : drawMark(sink, spec.mark, spec);
  sink.set(
    form,
    deflatedStream(
      {
        Type: name("XObject"),
        Subtype: name("Form"),
        BBox: [0, 0, real(view.width), real(view.height)],
        ...(spec.rotate === 0 ? {} : { Matrix: view.matrix.map((value) => real(value)) }),
        Resources: resources,
      },
      new TextEncoder().encode(content),
    ),
  );
  return form;
}

interface ViewerGeometry {
  /** Size of the mark as the viewer sees it. */
  readonly width: number;
  readonly height: number;
  readonly matrix: readonly [number, number, number, number, number, number];
}

/**
 * The page is shown turned clockwise by /Rotate, so the drawing is turned back by the form's /Matrix; the transformed
 * box then fills the annotation's rectangle exactly, whatever the UserUnit (ISO 32000-2 12.5.5, algorithm "appearance
 * streams").
 */
export function viewerGeometry(spec: Pick<AppearanceSpec, "width" | "height" | "rotate">): ViewerGeometry {
  const { width, height } = spec;
  switch (spec.rotate) {
    case 0:
      return { width, height, matrix: [1, 0, 0, 1, 0, 0] };
    case 90:
      return { width: height, height: width, matrix: [0, 1, -1, 0, width, 0] };
    case 180:
      return { width, height, matrix: [-1, 0, 0, -1, width, height] };
    case 270:
      return { width: height, height: width, matrix: [0, -1, 1, 0, 0, height] };
  }
}
