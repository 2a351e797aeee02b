import { isRegular } from "../../pdf/characters.ts";
import { Cursor } from "../../pdf/cursor.ts";
import { memorySource } from "../../pdf/memory-source.ts";
import { ObjectParser } from "../../pdf/object-parser.ts";
import type { PdfObject } from "../../pdf/objects.ts";
import { PdfProblem } from "../../pdf/pdf-problem.ts";

/** One operator of a content stream with what stands in front of it (ISO 32000-2 7.8.2). */
export interface Operation {
  readonly operator: string;
  readonly operands: readonly PdfObject[];
}

/** SECURITY: a stream of a megabyte can hold half a million operators, a hundred streams of them cost minutes. */
const MAXIMUM_OPERATIONS = 400_000;
const MAXIMUM_OPERANDS = 4096;

/**
 * Reads a content stream, or a CMap, which has the same syntax. Strict: throws `PdfProblem` at what two programs could
 * read differently. The bytes of an inline image are passed over behind its operator "ID".
 */
export function* operationsOf(bytes: Uint8Array, most = MAXIMUM_OPERATIONS): Generator<Operation> {
  const cursor = new Cursor(memorySource(bytes));
  const parser = new ObjectParser(cursor);
  let operands: PdfObject[] = [];
  let count = 0;
  for (;;) {
    cursor.skipSpaceAndComments();
    const byte = cursor.peek();
    if (byte < 0) {
      return;
    }
    if (!isOperatorStart(byte)) {
      operands.push(parser.parse());
      if (operands.length > MAXIMUM_OPERANDS) {
        throw new PdfProblem("limit", "An operator has too many operands.");
      }
      continue;
    }
    const operator = readOperator(cursor);
    if (CONSTANTS.has(operator)) {
      operands.push(CONSTANTS.get(operator) ?? null);
      continue;
    }
    count += 1;
    if (count > most) {
      throw new PdfProblem("limit", "A drawing has too many operators.");
    }
    if (operator === "ID") {
      skipImage(cursor);
    }
    yield { operator, operands };
    operands = [];
  }
}

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** Letters, and the two operators that are quotation marks. */
const isOperatorStart = (byte: number): boolean =>
  (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x27 || byte === 0x22;

function readOperator(cursor: Cursor): string {
  let text = "";
  while (isRegular(cursor.peek()) && text.length < 64) {
    text += String.fromCharCode(cursor.next());
  }
  return text;
}

/** ISO 32000-2 8.9.7: the data end with "EI" between white space. */
function skipImage(cursor: Cursor): void {
  cursor.skipLine();
  for (let byte = cursor.peek(); byte >= 0; byte = cursor.next()) {
    if (byte === 0x45 && cursor.peek() === 0x49 && !isRegular(cursor.peekAt(1))) {
      return;
    }
  }
}
