import type { DocumentView } from "../../shared/app-state.ts";
import type { DocumentId } from "../../shared/ids.ts";
import type { Placement } from "../../shared/placement.ts";
import type { MarkChoices, VisiblePlacement } from "./window-state.ts";

/** Where the mark of this document goes; null when a visible mark is wanted but has no place yet. */
export function placementOf(document: DocumentView, mark: MarkChoices, current: DocumentId | null): Placement | null {
  if (!mark.visible) return { kind: "invisible" };
  const own = mark.places.get(document.id);
  const shared = mark.sameForAll && current !== null ? mark.places.get(current) : undefined;
  const place = shared ?? own;
  return place === undefined ? null : onExistingPage(place, document.pages);
}

/** A shorter document takes the mark on its last page. */
function onExistingPage(place: VisiblePlacement, pages: number): VisiblePlacement {
  return place.kind === "rectangle" && place.page > pages ? { ...place, page: pages } : place;
}
