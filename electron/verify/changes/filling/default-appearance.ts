import { isName, isString, numberOf, type PdfObject } from "../../../pdf/objects.ts";
import { PdfProblem } from "../../../pdf/pdf-problem.ts";
import { brightnessOf, isReadableOn, PAPER } from "../../drawing/color.ts";
import { operationsOf } from "../../drawing/content-operations.ts";

/** A default appearance (ISO 32000-2 12.7.4.3) that asks for readable text: a font, a size, a dark colour. */
export function isSafeDefaultAppearance(value: PdfObject): boolean {
  if (!isString(value)) {
    return false;
  }
  try {
    return [...operationsOf(value.bytes, 20)].every(({ operator, operands }) => {
      const numbers = operands.map((operand) => numberOf(operand));
      switch (operator) {
        case "Tf": {
          const size = numbers[1] ?? -1;
          return isName(operands[0]) && (size === 0 || size >= 4);
        }
        case "g":
        case "rg":
        case "k": {
          const brightness = brightnessOf(numbers);
          return brightness !== undefined && isReadableOn(brightness, PAPER);
        }
        default:
          return false;
      }
    });
  } catch (error) {
    if (error instanceof PdfProblem) {
      return false;
    }
    throw error;
  }
}
