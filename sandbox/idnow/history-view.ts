import type { IdnowFlaws } from "./flaws.ts";
import { offsetTime } from "./offset-time.ts";
import type { IdnowOrder, StatusEntry } from "./order.ts";
import { isExtended } from "./status-codes.ts";

interface ShownEntry {
  readonly Kind: number;
  readonly SubKind?: number;
  readonly Time: string;
  readonly Text?: string;
}

/** The history as getStatus shows it: oldest first, extended codes and sub-codes only on request. */
export function statusEntries(
  order: IdnowOrder,
  asked: { readonly extended: boolean; readonly subKinds: boolean; readonly flaw: IdnowFlaws["history"] },
): readonly ShownEntry[] {
  const shown = order.history.filter(({ kind }) => asked.extended || !isExtended(kind));
  return spoilt(shown, asked.flaw).map(({ kind, subKind, time, text }) => ({
    Kind: kind,
    ...(asked.subKinds && subKind !== undefined ? { SubKind: subKind } : {}),
    Time: offsetTime(time),
    ...(text === undefined ? {} : { Text: text }),
  }));
}

/** "The last entry is not always the newest state; two entries may carry the same second; unknown codes" may come. */
function spoilt(entries: readonly StatusEntry[], flaw: IdnowFlaws["history"]): readonly StatusEntry[] {
  switch (flaw) {
    case "in-order":
      return entries;
    case "shuffled":
      return entries.toReversed();
    case "unknown-codes":
      return entries.flatMap((entry, index) => [entry, { kind: 7000 + index, subKind: 1, time: entry.time }]);
    case "one-second":
      return entries.map((entry) => ({ ...entry, time: entries[0]?.time ?? entry.time }));
  }
}
