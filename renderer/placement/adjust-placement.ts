import type { UserSpaceRectangle } from "../../shared/placement.ts";
import { fromSeen, seenSize, toSeen } from "./page-geometry.ts";
import type { PageGeometry, SeenRectangle } from "./page-geometry.ts";

/** Smaller than this nothing can be read, and the box can hardly be grabbed. Points. */
export const MINIMUM_SIDE = 12;
/** A mark that holds its four or five lines well. Points. */
export const USUAL_SIZE = { width: 190, height: 64 } as const;
const USUAL_MARGIN = 48;

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), Math.max(low, high));
const tenth = (value: number): number => Math.round(value * 10) / 10;

/** Keeps the rectangle on the page and readable; whole tenths of a point, so that what is read aloud is what is used. */
export function fitSeen(seen: SeenRectangle, page: PageGeometry): SeenRectangle {
  const size = seenSize(page);
  const width = clamp(tenth(seen.width), MINIMUM_SIDE, size.width);
  const height = clamp(tenth(seen.height), MINIMUM_SIDE, size.height);
  return {
    left: clamp(tenth(seen.left), 0, size.width - width),
    bottom: clamp(tenth(seen.bottom), 0, size.height - height),
    width,
    height,
  };
}

export function fitRectangle(rectangle: UserSpaceRectangle, page: PageGeometry): UserSpaceRectangle {
  return fromSeen(fitSeen(toSeen(rectangle, page), page), page);
}

/** Moves by points as seen: right and up are positive. */
export function moveRectangle(
  rectangle: UserSpaceRectangle,
  page: PageGeometry,
  right: number,
  up: number,
): UserSpaceRectangle {
  const seen = toSeen(rectangle, page);
  return fromSeen(fitSeen({ ...seen, left: seen.left + right, bottom: seen.bottom + up }, page), page);
}

/** Changes the size by points as seen; the top left corner stays where it is, as the reader expects. */
export function resizeRectangle(
  rectangle: UserSpaceRectangle,
  page: PageGeometry,
  wider: number,
  higher: number,
): UserSpaceRectangle {
  const seen = toSeen(rectangle, page);
  const size = seenSize(page);
  const top = seen.bottom + seen.height;
  const width = clamp(seen.width + wider, MINIMUM_SIDE, size.width - seen.left);
  const height = clamp(seen.height + higher, MINIMUM_SIDE, top);
  return fromSeen(fitSeen({ left: seen.left, bottom: top - height, width, height }, page), page);
}

/** Where a mark usually goes: lower right, a little away from the edges. */
export function usualRectangle(page: PageGeometry): UserSpaceRectangle {
  const size = seenSize(page);
  const width = Math.min(USUAL_SIZE.width, size.width);
  const height = Math.min(USUAL_SIZE.height, size.height);
  return fromSeen(
    fitSeen({ left: size.width - width - USUAL_MARGIN, bottom: USUAL_MARGIN, width, height }, page),
    page,
  );
}

export interface Step {
  readonly right: number;
  readonly up: number;
}

/** A step on the screen as a step on the upright page, when the reader has turned the view clockwise by `viewRotation` degrees. */
export function uprightStep({ right, up }: Step, viewRotation: number): Step {
  switch (((viewRotation % 360) + 360) % 360) {
    case 90:
      return { right: -up, up: right };
    case 180:
      return { right: -right, up: -up };
    case 270:
      return { right: up, up: -right };
    default:
      return { right, up };
  }
}
