import type { RefObject } from "react";
import type { DocumentView } from "../../../shared/app-state.ts";
import type { PageViewer } from "../../pdf/page-viewer.ts";
import { hasPlace } from "../../state/sign-request.ts";
import { useWindow } from "../../state/window-context.tsx";
import { DrawingSurface } from "./drawing-surface.tsx";
import { FurtherBoxes } from "./further-boxes.tsx";
import { PlacementBox } from "./placement-box.tsx";

interface PlacementLayerProps {
  readonly document: DocumentView;
  readonly viewer: PageViewer;
  readonly container: RefObject<HTMLDivElement | null>;
}

/** Over the pages: the place of the visible mark, or the surface to draw it on. Scrolls with the pages. */
export function PlacementLayer({ document, viewer, container }: PlacementLayerProps) {
  const { view, provider } = useWindow();
  if (!view.mark.visible || !hasPlace(provider)) return null;
  if (view.mark.drawing) return <DrawingSurface document={document.id} viewer={viewer} container={container} />;
  const place = view.mark.places.get(document.id);
  if (place?.kind !== "rectangle") return null;
  return (
    <>
      <PlacementBox
        document={document.id}
        page={place.page}
        rectangle={place.rectangle}
        viewer={viewer}
        container={container}
      />
      <FurtherBoxes viewer={viewer} />
    </>
  );
}
