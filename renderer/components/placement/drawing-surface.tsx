import { useEffect, useRef, useState } from "react";
import type { PointerEvent, RefObject } from "react";
import type { DocumentId } from "../../../shared/ids.ts";
import type { PageViewer } from "../../pdf/page-viewer.ts";
import { MINIMUM_SIDE, fitRectangle } from "../../placement/adjust-placement.ts";
import { draggedRectangle, toUserSpace } from "../../placement/screen-geometry.ts";
import type { ScreenRectangle, Viewport } from "../../placement/screen-geometry.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { pageAt, pointOnPage } from "./page-on-screen.ts";
import styles from "./placement.module.css";

interface DrawingSurfaceProps {
  readonly document: DocumentId;
  readonly viewer: PageViewer;
  readonly container: RefObject<HTMLDivElement | null>;
}

interface Drag {
  readonly page: number;
  readonly div: HTMLElement;
  readonly viewport: Viewport;
  readonly from: { readonly x: number; readonly y: number };
}

/** Takes one drag on a page and makes it the place of the mark. */
export function DrawingSurface({ document: id, viewer, container }: DrawingSurfaceProps) {
  const { dispatch } = useWindow();
  const drag = useRef<Drag | null>(null);
  const [shape, setShape] = useState<(ScreenRectangle & { readonly page: number }) | null>(null);

  useEffect(() => {
    const stop = (event: KeyboardEvent): void => {
      if (event.key === "Escape") dispatch({ kind: "mark", change: { drawing: false } });
    };
    window.addEventListener("keydown", stop);
    return () => window.removeEventListener("keydown", stop);
  }, [dispatch]);

  const begin = (event: PointerEvent<HTMLDivElement>): void => {
    const hit = pageAt(event.clientX, event.clientY);
    const drawn = hit === null ? null : viewer.drawnPage(hit.page);
    if (event.button !== 0 || hit === null || drawn === null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { ...hit, viewport: drawn.viewport, from: pointOnPage(event.clientX, event.clientY, hit.div) };
  };
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    if (drag.current === null) return;
    const { from, div, viewport, page } = drag.current;
    setShape({ page, ...draggedRectangle(from, pointOnPage(event.clientX, event.clientY, div), viewport) });
  };
  const end = async (event: PointerEvent<HTMLDivElement>): Promise<void> => {
    if (drag.current === null) return;
    const { from, div, viewport, page } = drag.current;
    drag.current = null;
    setShape(null);
    const drawn = toUserSpace(
      draggedRectangle(from, pointOnPage(event.clientX, event.clientY, div), viewport),
      viewport,
    );
    // A click is not a rectangle.
    if (drawn.width < MINIMUM_SIDE / 2 || drawn.height < MINIMUM_SIDE / 2) return;
    const rectangle = fitRectangle(drawn, await viewer.geometry(page));
    dispatch({ kind: "place", document: id, place: { kind: "rectangle", page, rectangle } });
  };

  const offset = shape === null ? null : viewer.offset(shape.page);
  return (
    <>
      <div
        className={styles["surface"]}
        style={{ height: container.current?.scrollHeight ?? "100%" }}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={(event) => void end(event)}
      />
      {shape === null || offset === null ? null : (
        <div
          className={styles["shape"]}
          style={{
            left: offset.left + shape.left,
            top: offset.top + shape.top,
            width: shape.width,
            height: shape.height,
          }}
        />
      )}
      <p className={styles["drawingHint"]} role="status">
        {text("mark.drawing")}
      </p>
    </>
  );
}
