import { usePages } from "../../pdf/pages-context.tsx";
import { toSeen } from "../../placement/page-geometry.ts";
import type { PageGeometry, Size } from "../../placement/page-geometry.ts";
import { usePageGeometry } from "../../placement/use-page-geometry.ts";
import { useWindow } from "../../state/window-context.tsx";
import type { UserSpaceRectangle } from "../../../shared/placement.ts";

/** Size of the placed mark of the shown document in points, as seen; null while it has no drawn place. */
export function useMarkSize(): Size | null {
  const { view, current } = useWindow();
  const { viewer } = usePages();
  const place = current === null ? undefined : view.mark.places.get(current.id);
  const drawn = place?.kind === "rectangle" ? place : null;
  const geometry = usePageGeometry(viewer, drawn?.page ?? null);
  return drawn === null || geometry === null ? null : sizeInPoints(drawn.rectangle, geometry);
}

/** ISO 32000-2 table 31: a unit of user space is UserUnit points. */
export function sizeInPoints(rectangle: UserSpaceRectangle, page: PageGeometry): Size {
  const { width, height } = toSeen(rectangle, page);
  const unit = page.userUnit ?? 1;
  return { width: width * unit, height: height * unit };
}
