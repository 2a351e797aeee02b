import { isArray, isString, type PdfObject } from "../../pdf/objects.ts";
import { operationsOf } from "./content-operations.ts";

/** What a /ToUnicode CMap says (ISO 32000-2 9.10.3), character code to text. */
export type ToUnicode = ReadonlyMap<number, string>;

/** SECURITY: a range can name four billion codes. */
const MOST_CODES = 70_000;
const UTF16 = new TextDecoder("utf-16be");

/** Throws `PdfProblem`. */
export function readToUnicode(bytes: Uint8Array): ToUnicode {
  const map = new Map<number, string>();
  for (const { operator, operands } of operationsOf(bytes)) {
    if (operator === "endbfchar") {
      for (let index = 0; index + 1 < operands.length; index += 2) {
        put(map, codeOf(operands[index]), textOf(operands[index + 1]));
      }
    } else if (operator === "endbfrange") {
      for (let index = 0; index + 2 < operands.length; index += 3) {
        putRange(map, codeOf(operands[index]), codeOf(operands[index + 1]), operands[index + 2] ?? null);
      }
    }
  }
  return map;
}

function putRange(
  map: Map<number, string>,
  first: number | undefined,
  last: number | undefined,
  target: PdfObject,
): void {
  if (first === undefined || last === undefined) {
    return;
  }
  const start = isArray(target) ? "" : textOf(target);
  for (let code = first; code <= last && map.size < MOST_CODES; code += 1) {
    if (isArray(target)) {
      put(map, code, textOf(target[code - first]));
    } else if (start !== undefined && start !== "") {
      const unit = start.charCodeAt(start.length - 1) + code - first;
      put(map, code, `${start.slice(0, -1)}${String.fromCharCode(unit)}`);
    }
  }
}

function put(map: Map<number, string>, code: number | undefined, text: string | undefined): void {
  if (code !== undefined && text !== undefined && map.size < MOST_CODES) {
    map.set(code, text);
  }
}

const codeOf = (object: PdfObject | undefined): number | undefined =>
  isString(object) && object.bytes.length > 0 && object.bytes.length <= 4
    ? object.bytes.reduce((value, byte) => value * 256 + byte, 0)
    : undefined;

const textOf = (object: PdfObject | undefined): string | undefined =>
  isString(object) ? UTF16.decode(object.bytes) : undefined;
