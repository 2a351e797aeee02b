import { Unclear } from "./unclear.ts";

/** Text shown by one operator, in the space of the outermost form. */
export interface ShownText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** A part of it hangs out below; only in lists. */
  readonly isCut: boolean;
}

/** One sign that is not blank, in the same space; `right` is where the next one stands. */
export interface SeenSign {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
}

export type Bounds = readonly [left: number, bottom: number, right: number, top: number];

/** In points, as shown. */
const SMALLEST_TEXT = 2;
/** SECURITY: zeros as small as dust are text for a machine alone, and small digits behind a large one a fraction. */
const SMALLEST_PART = 0.75;
/** In units of the size: signs of one line stand on one height; a raised one is an exponent. */
const UNEVEN = 0.12;
/** The narrowest letters of text faces ("i", "l", "'") are about this wide, in units of the size. */
const NARROWEST = 0.17;
/** In units of the size: how much of a sign may be cut off at each side, with what estimated widths are wrong by. */
const CUT = { left: 0.1, right: 0.12, bottom: 0.12 } as const;
/** In units of the size: how far signs may stand in each other, and how far apart digits of one number. */
const KERNED = 0.25;
const APART = 0.6;
/** Capitals and digits are about 0.7 of the size high. */
const HEIGHT = 0.6;
const MIDDLE = 0.35;

/** The signs of a drawing in the order of reading, each beside or below the ones before, and within what is shown. */
export class SeenText {
  readonly runs: ShownText[] = [];
  private readonly isList: boolean;
  private readonly isComb: boolean;
  private last: SeenSign | undefined;
  private sizes: readonly [smallest: number, largest: number] = [Infinity, 0];

  /** `isList`: the last rows of a list may hang out below; `isComb`: each sign has a cell of its own. */
  constructor(isList: boolean, isComb = false) {
    this.isList = isList;
    this.isComb = isComb;
  }

  get isEmpty(): boolean {
    return this.runs.length === 0;
  }

  startRun({ left, y, size }: SeenSign): void {
    this.runs.push({ text: "", x: left, y, size, isCut: false });
  }

  /** `frame`: inside of the border, where the middle of each sign must be. */
  note(sign: SeenSign, [left, bottom, right, top]: Bounds, frame: Bounds): void {
    const { size, y } = sign;
    if (size < SMALLEST_TEXT) {
      throw new Unclear("its text is too small or turned");
    }
    this.sizes = [Math.min(this.sizes[0], size), Math.max(this.sizes[1], size)];
    if (this.sizes[0] < SMALLEST_PART * this.sizes[1]) {
      throw new Unclear("a part of its text is much smaller");
    }
    const middle = y + MIDDLE * size;
    const isCut = y < bottom - CUT.bottom * size || (this.isList && middle < frame[1]);
    if (
      sign.left < left - CUT.left * size ||
      sign.right > right + CUT.right * size ||
      (isCut && !this.isList) ||
      y + HEIGHT * size > top
    ) {
      throw new Unclear("not all of its text can be seen");
    }
    const across = (sign.left + sign.right) / 2;
    if (across < frame[0] || across > frame[2] || (middle < frame[1] && !this.isList) || middle > frame[3]) {
      throw new Unclear("its text lies in its border");
    }
    if (this.last !== undefined && !follows(sign, this.last)) {
      throw new Unclear("its text is not written in the order of reading");
    }
    // What looks like a blank is one.
    const gap = !this.isComb && this.last !== undefined && standApart(sign, this.last) ? " " : "";
    this.last = sign;
    const run = this.runs.at(-1);
    if (run !== undefined) {
      this.runs[this.runs.length - 1] = { ...run, text: run.text + gap + sign.text, isCut: run.isCut || isCut };
    }
  }

  /** Blanks count in a run, and take no place. */
  blank(text: string): void {
    const run = this.runs.at(-1);
    if (run !== undefined) {
      this.runs[this.runs.length - 1] = { ...run, text: run.text + text };
    }
  }
}

/** SECURITY: "25   00" is read as 25.00, whatever has no sign of its own between. */
function standApart(sign: SeenSign, last: SeenSign): boolean {
  const areDigits = /^\d$/u.test(sign.text) && /^\d$/u.test(last.text);
  return areDigits && Math.abs(sign.y - last.y) < UNEVEN * sign.size && sign.left - last.right > APART * sign.size;
}

/** In the same line behind the last sign, or in a line below that does not touch it. */
function follows(sign: SeenSign, last: SeenSign): boolean {
  const down = last.y - sign.y;
  const size = Math.max(sign.size, last.size);
  if (Math.abs(down) < UNEVEN * size) {
    return sign.left >= last.left + NARROWEST * last.size && sign.left >= last.right - KERNED * size;
  }
  return down >= 0.7 * Math.min(sign.size, last.size);
}
