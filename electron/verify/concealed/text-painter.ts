import { isArray, isString, numberOf, type PdfObject } from "../../pdf/objects.ts";
import { IDENTITY, type Matrix, matrixOf, multiply } from "../drawing/matrix.ts";
import type { PageCanvas } from "./page-canvas.ts";
import type { PaintState } from "./paint-state.ts";

/** ISO 32000-2 table 104: 3 paints nothing, 7 only clips. Recognised text of a scan stands so over its picture. */
const UNPAINTED: ReadonlySet<number> = new Set([3, 7]);
/** Who does not see this part of a sign, in units of its width and of the size, does not read it. */
const BODY = { from: 0.15, to: 0.85, bottom: 0.05, top: 0.55 } as const;
const SPACE = 32;

/** Text of a content stream (ISO 32000-2 9.4), sign by sign. */
export class TextPainter {
  private readonly canvas: PageCanvas;
  private line: Matrix = IDENTITY;
  private place: Matrix = IDENTITY;
  private clips = false;

  constructor(canvas: PageCanvas) {
    this.canvas = canvas;
  }

  /** Text since BT was added to the clip. */
  get wasClip(): boolean {
    return this.clips;
  }

  /** `isOff`: the text belongs to a layer that is not shown. */
  follow(operator: string, operands: readonly PdfObject[], state: PaintState, isOff: boolean): void {
    const [first = 0, second = 0] = operands.map((operand) => numberOf(operand) ?? 0);
    switch (operator) {
      case "BT":
      case "ET":
        this.line = IDENTITY;
        this.place = IDENTITY;
        this.clips = false;
        break;
      case "Tc":
        state.characterSpace = first;
        break;
      case "Tw":
        state.wordSpace = first;
        break;
      case "Tz":
        state.stretch = first / 100;
        break;
      case "TL":
        state.leading = first;
        break;
      case "Ts":
        state.rise = first;
        break;
      case "Tr":
        state.mode = first;
        break;
      case "TD":
        state.leading = -second;
        this.move(first, second);
        break;
      case "Td":
        this.move(first, second);
        break;
      case "Tm":
        this.line = matrixOf(operands.map((operand) => numberOf(operand))) ?? IDENTITY;
        this.place = this.line;
        break;
      case "T*":
        this.move(0, -state.leading);
        break;
      case '"':
        state.wordSpace = first;
        state.characterSpace = second;
        this.move(0, -state.leading);
        this.show(operands.slice(-1), state, isOff);
        break;
      case "'":
        this.move(0, -state.leading);
        this.show(operands, state, isOff);
        break;
      case "Tj":
        this.show(operands, state, isOff);
        break;
      case "TJ":
        this.show(isArray(operands[0]) ? operands[0] : [], state, isOff);
        break;
      default:
        break;
    }
  }

  private move(x: number, y: number): void {
    this.line = multiply([1, 0, 0, 1, x, y], this.line);
    this.place = this.line;
  }

  private show(items: readonly PdfObject[], state: PaintState, isOff: boolean): void {
    const { font, size, stretch } = state;
    this.clips ||= state.mode >= 4;
    const isPainted = !UNPAINTED.has(state.mode) && !isOff && (state.mode % 4 === 1 || state.fillOpacity > 0);
    if (font === undefined) {
      this.canvas.unmeasured();
      return;
    }
    const matrix = multiply(this.place, state.transform);
    const [bottom, top] = [state.rise + BODY.bottom * size, state.rise + BODY.top * size];
    // ISO 32000-2 9.4.4: downwards nothing is stretched, and a sign hangs below its place, in the middle.
    const stretched = font.downwards ? 1 : stretch;
    let along = 0;
    for (const item of items) {
      if (!isString(item)) {
        along -= ((numberOf(item) ?? 0) / 1000) * size * stretched;
        continue;
      }
      const { bytes } = item;
      for (let index = 0; index + font.bytes <= bytes.length; index += font.bytes) {
        const code = font.bytes === 1 ? (bytes[index] ?? 0) : (bytes[index] ?? 0) * 256 + (bytes[index + 1] ?? 0);
        const glyph = font.glyph(code);
        const width = glyph.width * size * stretch;
        if (isPainted && glyph.isSign && width !== 0) {
          if (font.downwards) {
            const half = (width * (BODY.to - BODY.from)) / 2;
            this.canvas.sign(
              glyph.text,
              matrix,
              -half,
              along - BODY.to * size,
              half,
              along - BODY.from * size,
              state.clip,
            );
          } else {
            const [left, right] = [along + BODY.from * width, along + BODY.to * width];
            this.canvas.sign(glyph.text, matrix, left, bottom, right, top, state.clip);
          }
        }
        const blank = font.bytes === 1 && code === SPACE ? state.wordSpace : 0;
        const space = (state.characterSpace + blank) * stretched;
        along += font.downwards ? -size + space : width + space;
      }
    }
    this.place = multiply(font.downwards ? [1, 0, 0, 1, 0, along] : [1, 0, 0, 1, along, 0], this.place);
  }
}
