import type { DrawnPicture, DrawnQr, MarkDrawing, MarkNote } from "../../../shared/mark-drawing.ts";
import type { MarkLayout } from "../../../shared/mark-design.ts";
import type { MarkLine } from "../../../shared/mark-lines.ts";
import { fitBestArrangement } from "./text-layout.ts";
import type { PlacedLine, TextBlock, TextBox, TextMeasure } from "./text-layout.ts";

/** What is to be put into the box. */
export interface MarkContent {
  readonly lines: readonly MarkLine[];
  readonly layout: MarkLayout;
  /** Size in pixels; only the proportions count. */
  readonly picture: { readonly width: number; readonly height: number } | null;
  /** Rows of the symbol without its quiet zone, true for dark; null: no QR code. */
  readonly qr: readonly (readonly boolean[])[] | null;
  /** The largest font size; small marks such as initials may grow with their box. */
  readonly largestText?: number;
  /** Lines stand in the middle of their box, not at its left edge. */
  readonly centred?: boolean;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const SCALES: Readonly<Record<MarkLine["role"], number>> = {
  name: 1.25,
  method: 1,
  time: 1,
  reason: 1,
  own: 1,
  practice: 1,
};
/** How much of a picture behind the text is seen: the text must stay readable on it. */
const FAINT = 0.2;
const PICTURE_SHARE = 0.35;
const QR_SHARE = 0.45;
const PRACTICE_SHARE = 0.2;
/** ISO/IEC 18004 6.3.8: four modules of white on each side. */
const QUIET_MODULES = 4;
/** A quarter of a millimetre in points: below this, cameras of telephones fail on paper. */
const SMALLEST_MODULE = 0.7;
const SMALLEST_READABLE_TEXT = 4;

/** Decides where everything stands: the one layout of the writer and of the window's preview. Pure. */
export function layOutMark(content: MarkContent, size: Size, font: TextMeasure): MarkDrawing {
  const padding = Math.min(5, Math.min(size.width, size.height) * 0.08);
  const inner: TextBox = {
    x: padding,
    y: padding,
    width: size.width - 2 * padding,
    height: size.height - 2 * padding,
  };
  const lines = content.layout === "picture-only" ? content.lines.filter(isPractice) : content.lines;
  const layout = content.picture === null ? "text" : content.layout;
  const alone = lines.length === 0 && content.picture === null;
  const { qr, rest } = placeQr(content.qr, inner, padding, alone);
  const { picture, text } = divide(rest, padding, layout, content.picture, lines.length > 0);
  const fitted = text === null ? [] : fitBestArrangement(arrange(lines), text, font, content.largestText);
  const centred = content.centred === true || content.layout === "picture-only";
  const placed = centred && text !== null ? fitted.map((line) => centre(line, text, font)) : fitted;
  const notes: MarkNote[] = [];
  if (placed.some((line) => line.size < SMALLEST_READABLE_TEXT)) {
    notes.push("text-small");
  }
  if (qr !== null && qr.side / qr.modules < SMALLEST_MODULE) {
    notes.push("qr-small");
  }
  return { ...size, picture, qr, lines: placed, notes };
}

const centre = (line: PlacedLine, box: TextBox, font: TextMeasure): PlacedLine => ({
  ...line,
  x: box.x + Math.max(0, box.width - font.width(line.text) * line.size) / 2,
});

const isPractice = (line: MarkLine): boolean => line.role === "practice";

/** A square at the right of a wide mark and at the bottom of a tall one; without anything else, in the middle. */
function placeQr(
  symbol: MarkContent["qr"],
  inner: TextBox,
  padding: number,
  alone: boolean,
): { readonly qr: DrawnQr | null; readonly rest: TextBox } {
  if (symbol === null) {
    return { qr: null, rest: inner };
  }
  const wide = inner.width >= inner.height;
  const room = alone ? 1 : wide ? QR_SHARE : QR_SHARE;
  const side = Math.max(
    0,
    wide ? Math.min(inner.height, inner.width * room) : Math.min(inner.width, inner.height * room),
  );
  const modules = symbol.length + 2 * QUIET_MODULES;
  const at = alone
    ? { x: inner.x + (inner.width - side) / 2, y: inner.y + (inner.height - side) / 2 }
    : wide
      ? { x: inner.x + inner.width - side, y: inner.y + (inner.height - side) / 2 }
      : { x: inner.x + (inner.width - side) / 2, y: inner.y };
  const rest = wide
    ? { ...inner, width: Math.max(0, inner.width - side - padding) }
    : { ...inner, y: inner.y + side + padding, height: Math.max(0, inner.height - side - padding) };
  return { qr: { ...at, side, modules, runs: runsOf(symbol) }, rest };
}

function runsOf(symbol: readonly (readonly boolean[])[]): DrawnQr["runs"] {
  return symbol.flatMap((row, y) => {
    const runs: (readonly [number, number, number])[] = [];
    let begin: number | null = null;
    for (let x = 0; x <= row.length; x += 1) {
      if (row[x] === true) {
        begin ??= x;
      } else if (begin !== null) {
        runs.push([begin + QUIET_MODULES, y + QUIET_MODULES, x - begin]);
        begin = null;
      }
    }
    return runs;
  });
}

function divide(
  inner: TextBox,
  padding: number,
  layout: MarkLayout,
  image: Size | null,
  hasText: boolean,
): { readonly picture: DrawnPicture | null; readonly text: TextBox | null } {
  if (image === null) {
    return { picture: null, text: hasText ? inner : null };
  }
  if (!hasText) {
    return { picture: { ...contain(inner, image), opacity: 1 }, text: null };
  }
  switch (layout) {
    case "text":
    case "picture-left": {
      const share = inner.width * PICTURE_SHARE;
      return {
        picture: { ...contain({ ...inner, width: share }, image), opacity: 1 },
        text: { ...inner, x: inner.x + share + padding, width: Math.max(0, inner.width - share - padding) },
      };
    }
    case "picture-above":
    case "picture-only": {
      const share = inner.height * (layout === "picture-above" ? QR_SHARE : 1 - PRACTICE_SHARE);
      return {
        picture: { ...contain({ ...inner, y: inner.y + inner.height - share, height: share }, image), opacity: 1 },
        text: { ...inner, height: Math.max(0, inner.height - share - padding / 2) },
      };
    }
    case "picture-behind":
      return { picture: { ...contain(inner, image), opacity: FAINT }, text: inner };
  }
}

function contain(box: TextBox, image: Size): TextBox {
  const scale = Math.max(0, Math.min(box.width / image.width, box.height / image.height));
  const width = image.width * scale;
  const height = image.height * scale;
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
}

/** Each line by itself; the name and then the rest in one run; everything in one run. */
function arrange(lines: readonly MarkLine[]): readonly (readonly TextBlock[])[] {
  const blocks = lines.map((line) => ({ text: line.text, scale: SCALES[line.role] }));
  const run = (part: readonly TextBlock[]): TextBlock => ({ text: part.map(({ text }) => text).join(" · "), scale: 1 });
  return blocks.length < 2 ? [blocks] : [blocks, [...blocks.slice(0, 1), run(blocks.slice(1))], [run(blocks)]];
}
