import { isArray, isString, numberOf, type PdfObject } from "../../pdf/objects.ts";
import { IDENTITY, type Matrix, matrixOf, multiply } from "../drawing/matrix.ts";
import type { PageCanvas } from "./page-canvas.ts";
import type { PaintState } from "./paint-state.ts";

/** ISO 32000-2 table 104: 3 paints nothing, 7 only clips. Recognised text of a scan stands so over its picture. */
const UNPAINTED: ReadonlySet<number> = new Set([3, 7]);
/** Who does not see this part of a sign, in units of its width and of the size, does not read it. */
const BODY = { from: 0.15, to: 0.85, bottom: 0.05, top: 0.55 } as const;
/** What a person has to read; lines to write on (underscores, dots) and ornaments are none of it. */
const MEANINGFUL = /[\p{L}\p{N}\p{Sc}]/u;
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
      return;
    }
    let along = 0;
    const matrix = multiply(this.place, state.transform);
    for (const item of items) {
      if (!isString(item)) {
        along -= ((numberOf(item) ?? 0) / 1000) * size * stretch;
        continue;
      }
      const { bytes } = item;
      for (let index = 0; index + font.bytes <= bytes.length; index += font.bytes) {
        const code = font.bytes === 1 ? (bytes[index] ?? 0) : (bytes[index] ?? 0) * 256 + (bytes[index + 1] ?? 0);
        const width = font.widthOf(code) * size * stretch;
        const character = font.characterOf(code);
        const isSign = character === undefined ? font.bytes === 2 || code !== SPACE : MEANINGFUL.test(character);
        if (isPainted && isSign && width !== 0) {
          const bottom = state.rise + BODY.bottom * size;
          const top = state.rise + BODY.top * size;
          const box = [along + BODY.from * width, bottom, along + BODY.to * width, top] as const;
          this.canvas.sign(character ?? String(code), matrix, box, state.clip);
        }
        const blank = font.bytes === 1 && code === SPACE ? state.wordSpace : 0;
        along += width + (state.characterSpace + blank) * stretch;
      }
    }
    this.place = multiply([1, 0, 0, 1, along, 0], this.place);
  }
}
