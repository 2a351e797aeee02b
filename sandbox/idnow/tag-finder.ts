import { isArray, isDict, isName, isStream, isString, numberOf } from "../../electron/pdf/objects.ts";
import type { PdfDict, PdfObject } from "../../electron/pdf/objects.ts";
import type { PdfFile, PdfPage } from "../../electron/pdf/pdf-file.ts";
import { forEachOperation } from "./content-operations.ts";
import { fontDecoder } from "./font-decoder.ts";
import type { FontDecoder } from "./font-decoder.ts";

/** Where a text begins, in points from the lower left corner. */
export interface TagHit {
  /** From 1. */
  readonly page: number;
  readonly x: number;
  readonly y: number;
}

interface Run {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Of one character, as a guess: no widths are read. */
  readonly advance: number;
}

type Matrix = readonly [number, number, number, number, number, number];
const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** Every place in the pages' own content where the tag is written, also when it is written in several pieces. */
export function findTag(file: PdfFile, tag: string): readonly TagHit[] {
  return [...file.pages()].flatMap((page) => hitsOn(runsOf(file, page), tag, page.index + 1));
}

function hitsOn(runs: readonly Run[], tag: string, page: number): readonly TagHit[] {
  const whole = runs.map(({ text }) => text).join("");
  const hits: TagHit[] = [];
  for (let at = whole.indexOf(tag); at >= 0; at = whole.indexOf(tag, at + tag.length)) {
    let start = 0;
    const run = runs.find(({ text }) => {
      if (at < start + text.length) return true;
      start += text.length;
      return false;
    });
    if (run !== undefined) hits.push({ page, x: run.x + (at - start) * run.advance, y: run.y });
  }
  return hits;
}

/** Follows the text operators of ISO 32000-2 9.4 through the page. */
function runsOf(file: PdfFile, page: PdfPage): readonly Run[] {
  const runs: Run[] = [];
  const fonts = new Map<string, FontDecoder>();
  const stack: Matrix[] = [];
  let base = identity;
  let line = identity;
  let size = 0;
  let leading = 0;
  let decode: FontDecoder = fontDecoder(file, null);
  const move = (x: number, y: number): void => {
    line = multiply([1, 0, 0, 1, x, y], line);
  };
  const show = (text: string): void => {
    const place = multiply(line, base);
    runs.push({ text, x: place[4], y: place[5], advance: size * 0.5 * Math.abs(place[0]) });
  };
  forEachOperation(contentOf(file, page), (operator, operands) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = operands.map((operand) => numberOf(operand) ?? 0);
    switch (operator) {
      case "q":
        stack.push(base);
        break;
      case "Q":
        base = stack.pop() ?? base;
        break;
      case "cm":
        base = multiply([a, b, c, d, e, f], base);
        break;
      case "BT":
        line = identity;
        break;
      case "Tf":
        size = b;
        decode = namedFont(file, page, fonts, operands[0]);
        break;
      case "TL":
        leading = a;
        break;
      case "Tm":
        line = [a, b, c, d, e, f];
        break;
      case "TD":
        leading = -b;
        move(a, b);
        break;
      case "Td":
        move(a, b);
        break;
      case "T*":
        move(0, -leading);
        break;
      case "'":
      case '"':
        move(0, -leading);
        show(shownText(operands, decode));
        break;
      case "Tj":
      case "TJ":
        show(shownText(operands, decode));
        break;
    }
  });
  return runs;
}

function shownText(operands: readonly PdfObject[], decode: FontDecoder): string {
  const last = operands.at(-1);
  const items = isArray(last) ? last : [last];
  return items.map((item) => (isString(item) ? decode(item.bytes) : "")).join("");
}

function namedFont(
  file: PdfFile,
  page: PdfPage,
  fonts: Map<string, FontDecoder>,
  operand: PdfObject | undefined,
): FontDecoder {
  const key = isName(operand) ? operand.name : "";
  const known = fonts.get(key);
  if (known !== undefined) return known;
  const all = page.resources === undefined ? null : file.get(page.resources, "Font");
  const font: PdfDict | null = isDict(all) && isDict(file.get(all, key)) ? (file.get(all, key) as PdfDict) : null;
  const made = fontDecoder(file, font);
  fonts.set(key, made);
  return made;
}

/** ISO 32000-2 7.8.2: several streams are read as one, with a blank between them. */
function contentOf(file: PdfFile, page: PdfPage): Uint8Array {
  const contents = file.get(page.dict, "Contents");
  const streams = (isArray(contents) ? contents.map((item) => file.resolve(item)) : [contents]).filter(isStream);
  return Buffer.concat(streams.flatMap((one) => [file.streamBytes(one), Buffer.from("\n")]));
}

function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[1] * b[2],
    a[0] * b[1] + a[1] * b[3],
    a[2] * b[0] + a[3] * b[2],
    a[2] * b[1] + a[3] * b[3],
    a[4] * b[0] + a[5] * b[2] + b[4],
    a[4] * b[1] + a[5] * b[3] + b[5],
  ];
}
