import type { MarkDrawing } from "../../../shared/mark-drawing.ts";
import { dict, name } from "../../pdf/objects.ts";
import type { PdfObject } from "../../pdf/objects.ts";
import { decimal } from "../pdf-values.ts";
import { calibratedGray } from "./colour-spaces.ts";
import type { MarkFont } from "./mark-font.ts";
import type { MarkImage } from "./mark-image.ts";
import type { ObjectSink } from "./object-sink.ts";
import { writeMarkImage } from "./write-mark-image.ts";

export interface DrawnMark {
  readonly drawing: MarkDrawing;
  readonly font: MarkFont;
  readonly image: MarkImage | null;
}

const BORDER = 0.5;

/**
 * The content stream of a mark (ISO 32000-2 7.8.2) and what it uses. `transparency: false`: no soft mask and no constant
 * alpha (PDF/A-1). `cidSet`: see `MarkFont`.
 */
export function drawMark(
  sink: ObjectSink,
  { drawing, font, image }: DrawnMark,
  options: { readonly transparency: boolean; readonly cidSet: boolean },
): { readonly content: string; readonly resources: PdfObject } {
  const content = [border(drawing)];
  const resources: Record<string, PdfObject> = { ColorSpace: dict({ Ink: calibratedGray() }) };
  if (image !== null && drawing.picture !== null) {
    const { x, y, width, height, opacity } = drawing.picture;
    const faint = opacity < 1 && options.transparency;
    const picture = writeMarkImage(sink, image, {
      transparency: options.transparency,
      opacity: faint ? 1 : opacity,
    });
    resources["XObject"] = dict({ Im1: picture });
    if (faint) {
      resources["ExtGState"] = dict({
        Faint: dict({ Type: name("ExtGState"), ca: { kind: "real", value: opacity, text: decimal(opacity) } }),
      });
    }
    content.push(`q ${faint ? "/Faint gs " : ""}${[width, 0, 0, height, x, y].map(decimal).join(" ")} cm /Im1 Do Q`);
  }
  if (drawing.qr !== null) {
    content.push(qrContent(drawing.qr));
  }
  if (drawing.lines.length > 0) {
    content.push("BT /Ink cs 0 sc");
    for (const line of drawing.lines) {
      const position = [line.x, line.y].map(decimal).join(" ");
      content.push(`/F1 ${decimal(line.size)} Tf 1 0 0 1 ${position} Tm <${font.encode(line.text)}> Tj`);
    }
    content.push("ET");
    resources["Font"] = dict({ F1: font.write(sink, { cidSet: options.cidSet }) });
  }
  return { content: content.join("\n"), resources: dict(resources) };
}

function border(size: { readonly width: number; readonly height: number }): string {
  const box = [BORDER / 2, BORDER / 2, Math.max(0, size.width - BORDER), Math.max(0, size.height - BORDER)];
  return `q /Ink CS 0.6 SC ${decimal(BORDER)} w ${box.map(decimal).join(" ")} re S Q`;
}

/** A white square, then all dark modules as one path: filled at once, so that no seams show between them. */
function qrContent({ x, y, side, modules, runs }: NonNullable<MarkDrawing["qr"]>): string {
  const step = side / modules;
  const dark = runs.map(([column, row, length]) => `${column} ${modules - row - 1} ${length} 1 re`);
  const place = [step, 0, 0, step, x, y].map((value) => value.toFixed(6).replace(/\.?0+$/u, "")).join(" ");
  return `q ${place} cm /Ink cs 1 sc 0 0 ${modules} ${modules} re f 0 sc ${dark.join(" ")} f Q`;
}
