import { useId } from "react";
import type { KeyboardEvent, RefObject } from "react";
import type { DocumentId } from "../../../shared/ids.ts";
import type { UserSpaceRectangle } from "../../../shared/placement.ts";
import type { PageViewer } from "../../pdf/page-viewer.ts";
import { usePageOffset, usePageViewState } from "../../pdf/pages-context.tsx";
import { placementAfterKey } from "../../placement/placement-keys.ts";
import { toScreen } from "../../placement/screen-geometry.ts";
import { usePageGeometry } from "../../placement/use-page-geometry.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ForeignMark } from "./foreign-mark.tsx";
import { MarkInBox } from "./mark-in-box.tsx";
import styles from "./placement.module.css";
import { positionText } from "./position-text.ts";
import { useBoxDrag } from "./use-box-drag.ts";

interface PlacementBoxProps {
  readonly document: DocumentId;
  readonly page: number;
  readonly rectangle: UserSpaceRectangle;
  readonly viewer: PageViewer;
  readonly container: RefObject<HTMLDivElement | null>;
}

/** The place of the mark as a box on its page: dragged with the mouse, moved and sized with the arrow keys. */
export function PlacementBox({ document: id, page, rectangle, viewer, container }: PlacementBoxProps) {
  const { dispatch, provider } = useWindow();
  const { rotation } = usePageViewState(viewer);
  const geometry = usePageGeometry(viewer, page);
  const offset = usePageOffset(viewer, page);
  const keysId = useId();

  const place = (next: UserSpaceRectangle): void =>
    dispatch({ kind: "place", document: id, place: { kind: "rectangle", page, rectangle: next } });
  const viewport = viewer.drawnPage(page)?.viewport ?? null;
  const drag = useBoxDrag({ rectangle, viewport, geometry, onMove: place });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      dispatch({ kind: "place", document: id, place: null });
      container.current?.focus();
      return;
    }
    const next = geometry === null ? null : placementAfterKey(rectangle, geometry, rotation, event);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    place(next);
  };

  if (viewport === null || offset === null) return null;
  const screen = toScreen(rectangle, viewport);
  return (
    <>
      <div
        className={styles["box"]}
        style={{
          left: offset.left + screen.left,
          top: offset.top + screen.top,
          width: screen.width,
          height: screen.height,
        }}
        role="application"
        tabIndex={0}
        data-placement-box=""
        aria-label={text("mark.box")}
        aria-roledescription={text("mark.box-role")}
        aria-describedby={keysId}
        onKeyDown={onKeyDown}
        {...drag.box}
      >
        <span aria-hidden="true" className={styles["content"]}>
          {provider?.drawsMark === true ? <ForeignMark index={0} /> : null}
          {geometry === null || provider?.drawsMark === true ? null : (
            <MarkInBox rectangle={rectangle} geometry={geometry} turn={rotation} />
          )}
        </span>
        <span aria-hidden="true" className={styles["corner"]} {...drag.corner} />
      </div>
      <span id={keysId} className={styles["spoken"]}>
        {text("mark.keys")}
      </span>
      <span className={styles["spoken"]} role="status">
        {geometry === null ? "" : positionText(page, rectangle, geometry)}
      </span>
    </>
  );
}
