import type { PageViewer } from "../../pdf/page-viewer.ts";
import { usePageOffset } from "../../pdf/pages-context.tsx";
import { toScreen } from "../../placement/screen-geometry.ts";
import { useFurtherPlaces } from "../../placement/use-further-places.ts";
import type { FurtherPlaces } from "../../placement/use-further-places.ts";
import { ForeignMark } from "./foreign-mark.tsx";
import styles from "./placement.module.css";

/** Where the marks of the further signers come. They follow the first one, so they cannot be moved; the panel says it in words. */
export function FurtherBoxes({ viewer }: { readonly viewer: PageViewer }) {
  const further = useFurtherPlaces(viewer);
  return further === null || further === "none" ? null : <Boxes viewer={viewer} further={further} />;
}

function Boxes({ viewer, further }: { readonly viewer: PageViewer; readonly further: FurtherPlaces }) {
  const offset = usePageOffset(viewer, further.page);
  const viewport = viewer.drawnPage(further.page)?.viewport ?? null;
  if (offset === null || viewport === null) return null;
  return further.places.map((rectangle, index) => {
    const screen = toScreen(rectangle, viewport);
    const position = {
      left: offset.left + screen.left,
      top: offset.top + screen.top,
      width: screen.width,
      height: screen.height,
    };
    return (
      <div
        key={`${rectangle.x} ${rectangle.y}`}
        aria-hidden="true"
        className={styles["further"]}
        style={position}
        data-further-box=""
      >
        <ForeignMark index={index + 1} />
      </div>
    );
  });
}
