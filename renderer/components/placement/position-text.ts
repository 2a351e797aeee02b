import type { UserSpaceRectangle } from "../../../shared/placement.ts";
import { toSeen } from "../../placement/page-geometry.ts";
import type { PageGeometry } from "../../placement/page-geometry.ts";
import { points } from "../../text/format.ts";
import { text } from "../../text/text.ts";

/** The place in words, as it is read aloud: "Page 3, 72 points from left, …". */
export function positionText(page: number, rectangle: UserSpaceRectangle, geometry: PageGeometry): string {
  const { left, bottom, width, height } = toSeen(rectangle, geometry);
  return text("mark.position", {
    page,
    left: points(left),
    bottom: points(bottom),
    width: points(width),
    height: points(height),
  });
}
