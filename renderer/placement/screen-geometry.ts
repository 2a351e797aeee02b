import type { UserSpaceRectangle } from "../../shared/placement.ts";

/** The part of pdf.js's PageViewport used here: it knows scale, rotation (page and view), crop box and UserUnit. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
  convertToPdfPoint(x: number, y: number): readonly number[];
  convertToViewportPoint(x: number, y: number): readonly number[];
}

/** CSS pixels from the top left corner of the page as drawn. */
export interface ScreenRectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function point(pair: readonly number[]): { readonly x: number; readonly y: number } {
  return { x: pair[0] ?? 0, y: pair[1] ?? 0 };
}

export function toScreen(rectangle: UserSpaceRectangle, viewport: Viewport): ScreenRectangle {
  const one = point(viewport.convertToViewportPoint(rectangle.x, rectangle.y));
  const other = point(viewport.convertToViewportPoint(rectangle.x + rectangle.width, rectangle.y + rectangle.height));
  return {
    left: Math.min(one.x, other.x),
    top: Math.min(one.y, other.y),
    width: Math.abs(other.x - one.x),
    height: Math.abs(other.y - one.y),
  };
}

/** The inverse of `toScreen`, for a rectangle drawn with the mouse. */
export function toUserSpace(screen: ScreenRectangle, viewport: Viewport): UserSpaceRectangle {
  const one = point(viewport.convertToPdfPoint(screen.left, screen.top));
  const other = point(viewport.convertToPdfPoint(screen.left + screen.width, screen.top + screen.height));
  return {
    x: Math.min(one.x, other.x),
    y: Math.min(one.y, other.y),
    width: Math.abs(other.x - one.x),
    height: Math.abs(other.y - one.y),
  };
}

/** The rectangle between the point where dragging began and where the pointer is, cut to the page. */
export function draggedRectangle(
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  viewport: Viewport,
): ScreenRectangle {
  const inX = (x: number): number => Math.min(Math.max(x, 0), viewport.width);
  const inY = (y: number): number => Math.min(Math.max(y, 0), viewport.height);
  const left = Math.min(inX(from.x), inX(to.x));
  const top = Math.min(inY(from.y), inY(to.y));
  return { left, top, width: Math.abs(inX(to.x) - inX(from.x)), height: Math.abs(inY(to.y) - inY(from.y)) };
}
