import type { UserSpaceRectangle } from "../../shared/placement.ts";
import { moveRectangle, resizeRectangle, uprightStep } from "./adjust-placement.ts";
import type { Step } from "./adjust-placement.ts";
import type { PageGeometry } from "./page-geometry.ts";

export interface PlacementKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

const ARROWS: Readonly<Record<string, Step>> = {
  ArrowLeft: { right: -1, up: 0 },
  ArrowRight: { right: 1, up: 0 },
  ArrowUp: { right: 0, up: 1 },
  ArrowDown: { right: 0, up: -1 },
};

const FINE = 1;
const COARSE = 10;

/** What a key does to the box: arrows move it, with Alt or Ctrl they change its size, with Shift by ten points. Null: nothing. */
export function placementAfterKey(
  rectangle: UserSpaceRectangle,
  page: PageGeometry,
  viewRotation: number,
  event: PlacementKey,
): UserSpaceRectangle | null {
  const arrow = ARROWS[event.key];
  if (arrow === undefined) return null;
  const points = event.shiftKey ? COARSE : FINE;
  const resizes = event.altKey || event.ctrlKey || event.metaKey;
  if (!resizes) {
    const step = uprightStep({ right: arrow.right * points, up: arrow.up * points }, viewRotation);
    return moveRectangle(rectangle, page, step.right, step.up);
  }
  // Down makes it higher, as the lower right corner would move.
  const wider = arrow.right * points;
  const higher = -arrow.up * points;
  const sideways = viewRotation % 180 !== 0;
  return resizeRectangle(rectangle, page, sideways ? higher : wider, sideways ? wider : higher);
}
