import type { PdfDict } from "../../../pdf/objects.ts";
import type { Comparison } from "../comparison.ts";

/** Several rules ask the same of a widget while its field is judged; it is read for the first of them only. */
export function oncePerWidget<T>(
  read: (comparison: Comparison, widget: PdfDict) => T,
): (comparison: Comparison, widget: PdfDict) => T {
  const known = new WeakMap<Comparison, WeakMap<PdfDict, { readonly answer: T }>>();
  return (comparison, widget) => {
    const ofComparison = known.get(comparison) ?? new WeakMap<PdfDict, { readonly answer: T }>();
    known.set(comparison, ofComparison);
    const { answer } = ofComparison.get(widget) ?? { answer: read(comparison, widget) };
    ofComparison.set(widget, { answer });
    return answer;
  };
}
