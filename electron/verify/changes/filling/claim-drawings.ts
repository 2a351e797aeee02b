import { isDict, isRef, isStream } from "../../../pdf/objects.ts";
import type { Comparison } from "../comparison.ts";
import type { FilledField } from "./filled-field.ts";

/**
 * Speaks for the objects of a field, its widgets and their drawings that were written anew in place.
 * SECURITY: all uses count; a drawing that is also part of a page carries that page along.
 */
export function claimDrawings(comparison: Comparison, field: FilledField): void {
  const { old, overridden } = comparison;
  const own = new Set([field.num, ...field.widgets.map(({ num }) => num)]);
  const drawings = new Set<number>();
  for (const { before } of field.widgets) {
    const direct = before.entries.get("AP");
    if (isRef(direct)) {
      drawings.add(direct.num);
    }
    const appearance = old.resolve(direct);
    const normal = isDict(appearance) ? appearance.entries.get("N") : undefined;
    // The drawings of a button's states stay as they are; nobody speaks for them.
    if (isRef(normal) && isStream(old.resolve(normal))) {
      drawings.add(normal.num);
    }
  }
  for (const num of drawings) {
    if (overridden.has(num)) {
      comparison.claimExclusive(
        num,
        (use) => (own.has(use.from) && use.key === "AP") || (drawings.has(use.from) && use.key === "N"),
        "drawing of a form field",
      );
    }
  }
}
