import { Cursor } from "../../electron/pdf/cursor.ts";
import { memorySource } from "../../electron/pdf/memory-source.ts";
import { ObjectParser } from "../../electron/pdf/object-parser.ts";
import type { PdfObject } from "../../electron/pdf/objects.ts";

/** Reads operands and operators one by one. Inline images end the reading: their bytes are no operators. */
export function forEachOperation(
  bytes: Uint8Array,
  visit: (operator: string, operands: readonly PdfObject[]) => void,
): void {
  const cursor = new Cursor(memorySource(bytes));
  let operands: PdfObject[] = [];
  for (;;) {
    cursor.skipSpaceAndComments();
    const byte = cursor.peek();
    if (byte < 0) return;
    if (isOperatorStart(byte)) {
      const operator = readOperator(cursor);
      if (operator === "ID") return;
      visit(operator, operands);
      operands = [];
    } else {
      operands.push(new ObjectParser(cursor, true).parse());
    }
  }
}

/** A letter, an apostrophe or a quotation mark. */
function isOperatorStart(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x27 || byte === 0x22;
}

function readOperator(cursor: Cursor): string {
  let operator = "";
  while (isOperatorStart(cursor.peek()) || /[0-9*]/.test(String.fromCharCode(Math.max(0, cursor.peek())))) {
    operator += String.fromCharCode(cursor.next());
  }
  return operator;
}
