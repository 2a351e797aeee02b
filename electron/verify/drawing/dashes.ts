import { isArray, numberOf, type PdfObject } from "../../pdf/objects.ts";

/** In points; a border of such dashes has many of them on each side. */
const LONGEST_DASH = 6;

/** SECURITY: one long dash with a long gap (ISO 32000-2 8.4.3.6) is an upright stroke in the margin. */
export function areEvenDashes(list: PdfObject | undefined): boolean {
  const lengths = isArray(list) ? list.map((item) => numberOf(item) ?? Infinity) : [Infinity];
  return lengths.length <= 2 && lengths.every((length) => length > 0 && length <= LONGEST_DASH);
}
