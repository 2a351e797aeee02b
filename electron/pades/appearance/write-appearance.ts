import { dict, name } from "../../pdf/objects.ts";
import type { PdfObject, PdfRef } from "../../pdf/objects.ts";
import { decimal, real } from "../pdf-values.ts";
import type { MarkLine } from "./appearance-lines.ts";
import { calibratedGray } from "./colour-spaces.ts";
import { deflatedStream } from "./deflated-stream.ts";
import type { MarkFont } from "./mark-font.ts";
import type { MarkImage } from "./mark-image.ts";
import type { ObjectSink } from "./object-sink.ts";
import { fitBestArrangement } from "./text-layout.ts";
import type { TextBlock, TextBox } from "./text-layout.ts";
import { writeMarkImage } from "./write-mark-image.ts";

export interface AppearanceSpec {
  /** Size of the widget's rectangle in user space, before page rotation. */
  readonly width: number;
  readonly height: number;
  /** The page's /Rotate. */
  readonly rotate: 0 | 90 | 180 | 270;
  /** Null: an empty drawing (a field without a mark still needs an appearance, ISO 32000-2 table 166). */
  readonly mark: {
    readonly lines: readonly MarkLine[];
    readonly font: MarkFont;
    readonly image: MarkImage | null;
  } | null;
  /** The file claims PDF/A-1: no transparency, and a /CIDSet. */
  readonly pdfA1: boolean;
}

const SCALES: Readonly<Record<MarkLine["role"], number>> = { name: 1.25, method: 1, time: 1, reason: 1, practice: 1 };

/** Writes the form XObject of the mark and everything it needs, and gives its reference. */
export function writeAppearance(sink: ObjectSink, spec: AppearanceSpec): PdfRef {
  const form = sink.allocate();
  const view = viewerGeometry(spec);
  const { content, resources } =
    spec.mark === null ? { content: "", resources: dict({}) } : drawMark(sink, spec.mark, view, spec.pdfA1);
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
 * box then fills the widget's rectangle exactly (ISO 32000-2 12.5.5, algorithm "appearance streams").
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

function drawMark(
  sink: ObjectSink,
  mark: NonNullable<AppearanceSpec["mark"]>,
  size: { readonly width: number; readonly height: number },
  pdfA1: boolean,
): { readonly content: string; readonly resources: PdfObject } {
  const boxes = divide(size, mark.image);
  const content = [border(size)];
  const xObjects: Record<string, PdfObject> = {};
  if (mark.image !== null && boxes.image !== null) {
    xObjects["Im1"] = writeMarkImage(sink, mark.image, { transparency: !pdfA1 });
    const { x, y, width, height } = boxes.image;
    content.push(`q ${[width, 0, 0, height, x, y].map(decimal).join(" ")} cm /Im1 Do Q`);
  }
  content.push("BT /Ink cs 0 sc");
  for (const line of fitBestArrangement(arrange(mark.lines), boxes.text, mark.font)) {
    const position = [line.x, line.y].map(decimal).join(" ");
    content.push(`/F1 ${decimal(line.size)} Tf 1 0 0 1 ${position} Tm <${mark.font.encode(line.text)}> Tj`);
  }
  content.push("ET");
  return {
    content: content.join("\n"),
    resources: dict({
      ColorSpace: dict({ Ink: calibratedGray() }),
      Font: dict({ F1: mark.font.write(sink, { cidSet: pdfA1 }) }),
      ...(Object.keys(xObjects).length === 0 ? {} : { XObject: dict(xObjects) }),
    }),
  };
}

/** Each line by itself; the name and then the rest in one run; everything in one run. */
function arrange(lines: readonly MarkLine[]): readonly (readonly TextBlock[])[] {
  const blocks = lines.map((line) => ({ text: line.text, scale: SCALES[line.role] }));
  const run = (part: readonly TextBlock[]): TextBlock => ({ text: part.map(({ text }) => text).join(" · "), scale: 1 });
  return [blocks, [...blocks.slice(0, 1), run(blocks.slice(1))], [run(blocks)]];
}

const BORDER = 0.5;

function border(size: { readonly width: number; readonly height: number }): string {
  const box = [BORDER / 2, BORDER / 2, Math.max(0, size.width - BORDER), Math.max(0, size.height - BORDER)];
  return `q /Ink CS 0.6 SC ${decimal(BORDER)} w ${box.map(decimal).join(" ")} re S Q`;
}

/** A picture stands left of the text in a wide mark and above it in a tall one, and keeps its proportions. */
function divide(
  size: { readonly width: number; readonly height: number },
  image: MarkImage | null,
): { readonly text: TextBox; readonly image: TextBox | null } {
  const padding = Math.min(5, Math.min(size.width, size.height) * 0.08);
  const inner = {
    x: padding,
    y: padding,
    width: size.width - 2 * padding,
    height: size.height - 2 * padding,
  };
  if (image === null) {
    return { text: inner, image: null };
  }
  if (inner.width >= inner.height) {
    const share = inner.width * 0.35;
    return {
      image: contain({ ...inner, width: share }, image),
      text: { ...inner, x: inner.x + share + padding, width: inner.width - share - padding },
    };
  }
  const share = inner.height * 0.4;
  return {
    image: contain({ ...inner, y: inner.y + inner.height - share, height: share }, image),
    text: { ...inner, height: inner.height - share - padding },
  };
}

function contain(box: TextBox, image: { readonly width: number; readonly height: number }): TextBox {
  const scale = Math.min(box.width / image.width, box.height / image.height);
  const width = image.width * scale;
  const height = image.height * scale;
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
}
