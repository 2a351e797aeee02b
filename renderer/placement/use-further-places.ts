import type { UserSpaceRectangle } from "../../shared/placement.ts";
import { stackedRectangles } from "../../shared/stacked-rectangles.ts";
import type { PageViewer } from "../pdf/page-viewer.ts";
import { useWindow } from "../state/window-context.tsx";
import { usePageGeometry } from "./use-page-geometry.ts";

/** Where the marks of the second and later signers come on the shown document. */
export interface FurtherPlaces {
  /** Counted from 1. */
  readonly page: number;
  readonly places: readonly UserSpaceRectangle[];
}

/** Null: the page has no room for all of them. "none": one signer, no place drawn yet, or it is in a field. */
export function useFurtherPlaces(viewer: PageViewer): FurtherPlaces | "none" | null {
  const { view, provider } = useWindow();
  const { mark, order, current } = view;
  const place = current === null ? undefined : mark.places.get(current);
  const drawn = mark.visible && place?.kind === "rectangle" ? place : null;
  const geometry = usePageGeometry(viewer, drawn?.page ?? null);
  const several = provider?.drawsMark === true && provider.idnow !== null && order.signers.length > 1;
  if (!several || drawn === null || geometry === null) return "none";
  const [left, bottom, right, top] = geometry.viewBox;
  const box = { x: left, y: bottom, width: right - left, height: top - bottom };
  const all = stackedRectangles(drawn.rectangle, box, order.signers.length);
  return all === null ? null : { page: drawn.page, places: all.slice(1) };
}
