/** What the layout must know of a font; sizes are multiples of the font size. */
export interface TextMeasure {
  readonly ascent: number;
  readonly descent: number;
  width(text: string): number;
}

export interface TextBlock {
  readonly text: string;
  /** Size relative to the other blocks (1: normal). */
  readonly scale: number;
}

export interface PlacedLine {
  readonly text: string;
  /** Left end of the base line, in points from the lower left corner of the box. */
  readonly x: number;
  readonly y: number;
  /** Font size in points. */
  readonly size: number;
}

export interface TextBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const LARGEST_SIZE = 11;
/** Below this nobody reads it; it is still drawn, cut by the box, rather than silently left out. */
export const SMALLEST_SIZE = 0.5;
const READABLE_SIZE = 5;
const STEP = 0.25;
const CLEARLY_LARGER = 1.2;
/** From here on lines stay under one another, as they were written. */
const COMFORTABLE_SIZE = 6;
const LINE_GAP = 1.02;

/**
 * Wraps and shrinks text until it fits the box. The largest size wins at which no word is broken; only when the text
 * would become hard to read are words broken too. The lines are centred vertically.
 */
export function fitText(blocks: readonly TextBlock[], box: TextBox, font: TextMeasure): readonly PlacedLine[] {
  return place(wrapAll(blocks, bestSize(blocks, box, font), box.width, font), box, font);
}

/**
 * The first arrangement of the same text, unless a later one can be drawn clearly larger: in a wide and low box lines
 * that follow one another are readable where lines under one another are not.
 */
export function fitBestArrangement(
  arrangements: readonly (readonly TextBlock[])[],
  box: TextBox,
  font: TextMeasure,
  largest = LARGEST_SIZE,
): readonly PlacedLine[] {
  let best: { readonly blocks: readonly TextBlock[]; readonly size: number } = { blocks: [], size: 0 };
  for (const blocks of arrangements) {
    const size = bestSize(blocks, box, font, largest);
    if (best.size < COMFORTABLE_SIZE && size > best.size * CLEARLY_LARGER) {
      best = { blocks, size };
    }
  }
  return place(wrapAll(best.blocks, best.size, box.width, font), box, font);
}

function bestSize(blocks: readonly TextBlock[], box: TextBox, font: TextMeasure, largest = LARGEST_SIZE): number {
  const fits = (size: number): boolean => heightOf(wrapAll(blocks, size, box.width, font), font) <= box.height;
  return (
    largestSize(largest, READABLE_SIZE, (size) => wholeWords(blocks, size, box.width, font) && fits(size)) ??
    largestSize(largest, SMALLEST_SIZE, fits) ??
    SMALLEST_SIZE
  );
}

function largestSize(largest: number, smallest: number, accept: (size: number) => boolean): number | undefined {
  for (let size = largest; size >= smallest; size -= STEP) {
    if (accept(size)) {
      return size;
    }
  }
  return undefined;
}

const wholeWords = (blocks: readonly TextBlock[], size: number, width: number, font: TextMeasure): boolean =>
  blocks.every((block) => block.text.split(" ").every((word) => font.width(word) * size * block.scale <= width));

interface SizedLine {
  readonly text: string;
  readonly size: number;
}

const lineHeightOf = (font: TextMeasure): number => (font.ascent - font.descent) * LINE_GAP;

const heightOf = (lines: readonly SizedLine[], font: TextMeasure): number =>
  lines.reduce((sum, line) => sum + line.size * lineHeightOf(font), 0);

function wrapAll(blocks: readonly TextBlock[], size: number, width: number, font: TextMeasure): readonly SizedLine[] {
  return blocks.flatMap((block) => {
    const own = size * block.scale;
    return wrap(block.text, width / own, font).map((text) => ({ text, size: own }));
  });
}

/** Breaks at spaces; a word that is too long by itself is broken between characters. `width` in font sizes. */
export function wrap(text: string, width: number, font: TextMeasure): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((part) => breakWord(part, width, font))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || font.width(longer) <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return line === "" ? lines : [...lines, line];
}

function breakWord(word: string, width: number, font: TextMeasure): readonly string[] {
  if (font.width(word) <= width) {
    return [word];
  }
  const parts: string[] = [];
  let part = "";
  for (const character of word) {
    if (part !== "" && font.width(part + character) > width) {
      parts.push(part);
      part = "";
    }
    part += character;
  }
  return [...parts, part];
}

function place(lines: readonly SizedLine[], box: TextBox, font: TextMeasure): readonly PlacedLine[] {
  const free = Math.max(0, box.height - heightOf(lines, font));
  let top = box.y + box.height - free / 2;
  return lines.map(({ text, size }) => {
    const y = top - size * (font.ascent + ((LINE_GAP - 1) / 2) * (font.ascent - font.descent));
    top -= size * lineHeightOf(font);
    return { text, x: box.x, y, size };
  });
}
