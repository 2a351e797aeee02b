import { isArray, numberOf, type PdfObject } from "../../pdf/objects.ts";
import type { DrawnFont, Sign } from "./drawn-font.ts";
import { apply, IDENTITY, type Matrix, multiply } from "./matrix.ts";
import type { SeenSign } from "./seen-text.ts";
import { Unclear } from "./unclear.ts";

/** The text state (ISO 32000-2 9.3), a part of the graphics state. */
export interface TextState {
  readonly font: DrawnFont | undefined;
  readonly size: number;
  readonly leading: number;
  readonly rise: number;
  readonly stretch: number;
  readonly mode: number;
  readonly signSpace: number;
  readonly wordSpace: number;
}

export const FIRST_TEXT_STATE: TextState = {
  font: undefined,
  size: 0,
  leading: 0,
  rise: 0,
  stretch: 1,
  mode: 0,
  signSpace: 0,
  wordSpace: 0,
};

/** The state after one of the operators that set it; undefined for other operators. */
export function changedTextState(state: TextState, operator: string, value: number | undefined): TextState | undefined {
  switch (operator) {
    case "Tc":
      return { ...state, signSpace: given(value) };
    case "Tw":
      return { ...state, wordSpace: given(value) };
    case "TL":
      return { ...state, leading: given(value) };
    case "Ts":
      return { ...state, rise: given(value) };
    case "Tr":
      return { ...state, mode: given(value) };
    case "Tz": {
      const stretch = given(value);
      if (stretch < 50 || stretch > 200) {
        throw new Unclear("its letters are stretched");
      }
      return { ...state, stretch: stretch / 100 };
    }
    default:
      return undefined;
  }
}

export function given(value: number | undefined): number {
  if (value === undefined) {
    throw new Unclear("its text is malformed");
  }
  return value;
}

/** Width of letters to their height, of what the font has. */
const NARROW = 0.4;
const WIDE = 2.5;

/** Where the next sign stands (ISO 32000-2 9.4). */
export class TextCursor {
  private isOpen = false;
  private line: Matrix = IDENTITY;
  private place: Matrix = IDENTITY;

  open(isOpen: boolean): void {
    this.isOpen = isOpen;
    this.set(IDENTITY);
  }

  set(matrix: Matrix): void {
    this.line = matrix;
    this.place = matrix;
  }

  move(x: number | undefined, y: number | undefined): void {
    this.set(multiply([1, 0, 0, 1, given(x), given(y)], this.line));
  }

  /** The signs of "Tj" or "TJ", blank ones too, with their places in the outermost space. */
  *show(operand: PdfObject | undefined, state: TextState, transform: Matrix): Generator<SeenSign> {
    const { font, size, stretch, rise, signSpace, wordSpace } = state;
    for (const item of isArray(operand) ? operand : [operand]) {
      const shift = isArray(operand) ? numberOf(item) : undefined;
      if (shift !== undefined) {
        this.forward((-shift / 1000) * size * stretch);
        continue;
      }
      for (const sign of this.signs(font, item)) {
        const matrix = multiply(this.place, transform);
        const ratio = (matrix[0] * stretch) / matrix[3];
        if (!(ratio > NARROW && ratio < WIDE)) {
          throw new Unclear("its letters are stretched");
        }
        const [left, y] = apply(matrix, 0, rise);
        const [right] = apply(matrix, sign.width * size * stretch, rise);
        yield { text: sign.text, left, right, y, size: size * matrix[3] };
        this.forward((sign.width * size + signSpace + (sign.isBlankCode ? wordSpace : 0)) * stretch);
      }
    }
  }

  private signs(font: DrawnFont | undefined, item: PdfObject | undefined): readonly Sign[] {
    const signs = this.isOpen ? font?.signsOf(item) : undefined;
    if (signs === undefined) {
      throw new Unclear("its letters cannot be read");
    }
    return signs;
  }

  private forward(distance: number): void {
    this.place = multiply([1, 0, 0, 1, distance, 0], this.place);
  }
}
