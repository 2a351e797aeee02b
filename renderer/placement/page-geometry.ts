import type { UserSpaceRectangle } from "../../shared/placement.ts";

/** What placement needs to know of a page. */
export interface PageGeometry {
  /** Crop box in user space: left, bottom, right, top. */
  readonly viewBox: readonly [number, number, number, number];
  /** The page's own /Rotate: clockwise degrees, a multiple of 90. */
  readonly rotation: number;
  /** Points in one unit of user space; 1 when it is not known. */
  readonly userUnit?: number;
}

/**
 * A rectangle as the reader sees the upright page: distances in user-space units from the left and bottom edge of the crop box,
 * after the page's own rotation. This is what people read and type; the truth stays in user space.
 */
export interface SeenRectangle {
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const QUARTER = 90;

function quarterTurns(rotation: number): number {
  return ((Math.round(rotation / QUARTER) % 4) + 4) % 4;
}

/** Size of the page as seen. */
export function seenSize(page: PageGeometry): Size {
  const [left, bottom, right, top] = page.viewBox;
  const width = right - left;
  const height = top - bottom;
  return quarterTurns(page.rotation) % 2 === 0 ? { width, height } : { width: height, height: width };
}

/** ISO 32000-2 table 31: /Rotate turns the page clockwise when it is shown. */
export function toSeen(rectangle: UserSpaceRectangle, page: PageGeometry): SeenRectangle {
  const [left, bottom, right, top] = page.viewBox;
  const { x, y, width, height } = rectangle;
  switch (quarterTurns(page.rotation)) {
    case 1:
      return { left: y - bottom, bottom: right - (x + width), width: height, height: width };
    case 2:
      return { left: right - (x + width), bottom: top - (y + height), width, height };
    case 3:
      return { left: top - (y + height), bottom: x - left, width: height, height: width };
    default:
      return { left: x - left, bottom: y - bottom, width, height };
  }
}

/** The inverse of `toSeen`. */
export function fromSeen(seen: SeenRectangle, page: PageGeometry): UserSpaceRectangle {
  const [left, bottom, right, top] = page.viewBox;
  switch (quarterTurns(page.rotation)) {
    case 1:
      return { x: right - seen.bottom - seen.height, y: seen.left + bottom, width: seen.height, height: seen.width };
    case 2:
      return {
        x: right - seen.left - seen.width,
        y: top - seen.bottom - seen.height,
        width: seen.width,
        height: seen.height,
      };
    case 3:
      return { x: seen.bottom + left, y: top - seen.left - seen.width, width: seen.height, height: seen.width };
    default:
      return { x: seen.left + left, y: seen.bottom + bottom, width: seen.width, height: seen.height };
  }
}
