import type { MarksView } from "../../../shared/mark-design.ts";
import type { ItemRecord } from "../../storage/journal-record.ts";

/** Pictures that a saved mark or a run that may go on still needs. */
export function usedPictures(marks: MarksView, items: readonly ItemRecord[]): ReadonlySet<string> {
  const used = [
    ...marks.presets.map(({ design }) => design.picture),
    ...items.flatMap(({ mark, initials }) => [mark?.picture ?? null, initials?.picture ?? null]),
  ];
  return new Set(used.filter((picture) => picture !== null));
}
