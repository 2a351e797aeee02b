import { dict } from "../../pdf/objects.ts";
import type { PdfDict } from "../../pdf/objects.ts";
import { calibratedGray } from "../appearance/colour-spaces.ts";
import type { MarkFont } from "../appearance/mark-font.ts";
import type { ObjectSink } from "../appearance/object-sink.ts";
import { wrap } from "../appearance/text-layout.ts";
import { decimal } from "../pdf-values.ts";
import { PAGE_HEIGHT, PAGE_WIDTH } from "./text-page.ts";
import type { TextBlock, TextPage } from "./text-page.ts";

interface Style {
  /** Points. */
  readonly size: number;
  /** Above the block, in points. */
  readonly gap: number;
  /** 0: black. */
  readonly gray: number;
}

const STYLES: Readonly<Record<TextBlock["kind"], Style>> = {
  title: { size: 19, gap: 0, gray: 0 },
  label: { size: 9, gap: 13, gray: 0.35 },
  text: { size: 11, gap: 2, gray: 0 },
  lines: { size: 10.5, gap: 2, gray: 0 },
};
const MARGIN = { side: 64, top: 72, bottom: 56 } as const;
const LEADING = 1.36;
/** A page that is fuller than it should be is written smaller, down to this. */
const SMALLEST_SCALE = 0.6;

export interface DrawnPage {
  readonly content: string;
  readonly resources: PdfDict;
}

/**
 * The content of a page of text. `tagged`: each block is marked content with its place in the list as identifier (ISO
 * 32000-2 14.7.5.2.2). Colours are calibrated and the font is embedded, as PDF/A asks.
 */
export function drawTextPage(
  sink: ObjectSink,
  { blocks }: TextPage,
  font: MarkFont,
  options: { readonly tagged: boolean; readonly cidSet: boolean },
): DrawnPage {
  const laidOut = fit(blocks, font);
  const content: string[] = [];
  let top = PAGE_HEIGHT - MARGIN.top;
  for (const [index, { kind, lines, size, gap, gray }] of laidOut.entries()) {
    top -= gap;
    const written = lines.map((line) => {
      const base = top - size * font.ascent;
      top -= size * LEADING;
      return `1 0 0 1 ${decimal(MARGIN.side)} ${decimal(base)} Tm <${font.encode(line)}> Tj`;
    });
    const text = ["BT", `/Ink cs ${decimal(gray)} sc /F1 ${decimal(size)} Tf`, ...written, "ET"];
    content.push(...(options.tagged ? [`/${tagOf(kind)} <</MCID ${index}>> BDC`, ...text, "EMC"] : text));
  }
  return {
    content: content.join("\n"),
    resources: dict({
      ColorSpace: dict({ Ink: calibratedGray() }),
      Font: dict({ F1: font.write(sink, { cidSet: options.cidSet }) }),
    }),
  };
}

/** Standard structure types (ISO 32000-2 14.8.4). */
export const tagOf = (kind: TextBlock["kind"]): "H1" | "P" => (kind === "title" ? "H1" : "P");

interface LaidOutBlock extends Style {
  readonly kind: TextBlock["kind"];
  readonly lines: readonly string[];
}

function fit(blocks: readonly TextBlock[], font: MarkFont): readonly LaidOutBlock[] {
  const room = PAGE_HEIGHT - MARGIN.top - MARGIN.bottom;
  for (let scale = 1; scale > SMALLEST_SCALE; scale -= 0.05) {
    const laidOut = layOut(blocks, font, scale);
    if (heightOf(laidOut) <= room) {
      return laidOut;
    }
  }
  return layOut(blocks, font, SMALLEST_SCALE);
}

const heightOf = (blocks: readonly LaidOutBlock[]): number =>
  blocks.reduce((sum, { gap, lines, size }) => sum + gap + lines.length * size * LEADING, 0);

function layOut(blocks: readonly TextBlock[], font: MarkFont, scale: number): readonly LaidOutBlock[] {
  const width = PAGE_WIDTH - 2 * MARGIN.side;
  return blocks.map(({ kind, text }) => {
    const style = STYLES[kind];
    const size = style.size * scale;
    const lines = kind === "lines" ? text.split("\n") : wrap(text, width / size, font);
    return { kind, lines, size, gap: style.gap * scale, gray: style.gray };
  });
}
