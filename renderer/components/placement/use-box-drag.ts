import { useRef } from "react";
import type { PointerEvent } from "react";
import type { UserSpaceRectangle } from "../../../shared/placement.ts";
import { fitRectangle } from "../../placement/adjust-placement.ts";
import type { PageGeometry } from "../../placement/page-geometry.ts";
import { toScreen, toUserSpace } from "../../placement/screen-geometry.ts";
import type { ScreenRectangle, Viewport } from "../../placement/screen-geometry.ts";

interface BoxDrag {
  readonly rectangle: UserSpaceRectangle;
  readonly viewport: Viewport | null;
  readonly geometry: PageGeometry | null;
  readonly onMove: (rectangle: UserSpaceRectangle) => void;
}

interface Grip {
  readonly part: "box" | "corner";
  readonly x: number;
  readonly y: number;
  readonly start: ScreenRectangle;
}

/** Pointer handlers for the box (moves it) and for its corner (sizes it). */
export function useBoxDrag({ rectangle, viewport, geometry, onMove }: BoxDrag) {
  const grip = useRef<Grip | null>(null);

  const begin =
    (part: Grip["part"]) =>
    (event: PointerEvent<HTMLElement>): void => {
      if (event.button !== 0 || viewport === null) return;
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      grip.current = { part, x: event.clientX, y: event.clientY, start: toScreen(rectangle, viewport) };
    };
  const move = (event: PointerEvent<HTMLElement>): void => {
    if (grip.current === null || viewport === null || geometry === null) return;
    event.stopPropagation();
    const { part, x, y, start } = grip.current;
    const dx = event.clientX - x;
    const dy = event.clientY - y;
    const next =
      part === "box"
        ? { ...start, left: start.left + dx, top: start.top + dy }
        : { ...start, width: Math.max(1, start.width + dx), height: Math.max(1, start.height + dy) };
    onMove(fitRectangle(toUserSpace(next, viewport), geometry));
  };
  const end = (): void => {
    grip.current = null;
  };
  const handlers = (part: Grip["part"]) => ({
    onPointerDown: begin(part),
    onPointerMove: move,
    onPointerUp: end,
    onPointerCancel: end,
  });
  return { box: handlers("box"), corner: handlers("corner") };
}
