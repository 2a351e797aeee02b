import { USUAL_MARK } from "../../shared/mark-design.ts";
import type { MarkDesign, MarksView } from "../../shared/mark-design.ts";
import type { MarkLook } from "./window-state.ts";

/** The preset that is in use; null: the usual mark. One that was deleted meanwhile counts as not chosen. */
export function chosenPreset(look: MarkLook, marks: MarksView): string | null {
  const known = (id: string | null): string | null => (marks.presets.some((preset) => preset.id === id) ? id : null);
  switch (look.kind) {
    case "usual":
      return null;
    case "preset":
      return known(look.id) ?? known(marks.defaultPreset);
    case "default":
      return known(marks.defaultPreset);
  }
}

export function chosenDesign(look: MarkLook, marks: MarksView): MarkDesign {
  const id = chosenPreset(look, marks);
  return marks.presets.find((preset) => preset.id === id)?.design ?? USUAL_MARK;
}
