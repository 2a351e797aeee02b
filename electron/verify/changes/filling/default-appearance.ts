import { isDict, isName, isString, numberOf, type PdfDict, type PdfObject } from "../../../pdf/objects.ts";
import type { PdfFile } from "../../../pdf/pdf-file.ts";
import { PdfProblem } from "../../../pdf/pdf-problem.ts";
import { brightnessOf, isReadableOn, PAPER } from "../../drawing/color.ts";
import { operationsOf } from "../../drawing/content-operations.ts";
import { drawnFont } from "../../drawing/drawn-font.ts";
import { namedResource } from "../../drawing/plain-form.ts";
import { isReadersFace } from "./widget-drawing.ts";

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

/** Such a default appearance, in a text face that readers have themselves. */
export function hasReadersFont(file: PdfFile, resources: PdfDict | undefined, value: PdfObject): boolean {
  if (!isString(value) || !isSafeDefaultAppearance(value)) {
    return false;
  }
  const names = [...operationsOf(value.bytes, 20)].flatMap(({ operator, operands: [name] }) =>
    operator === "Tf" && isName(name) ? [name.name] : [],
  );
  return (
    names.length > 0 &&
    names.every((name) => {
      const font = file.resolve(namedResource(file, resources, "Font", name));
      return isDict(font) && isReadersFace(file, font, drawnFont(file, font)?.embedded);
    })
  );
}
