import { useEffect, useState } from "react";
import type { PageViewer } from "../pdf/page-viewer.ts";
import type { PageGeometry } from "./page-geometry.ts";

/** Crop box and rotation of a page; null until pdf.js has read it. */
export function usePageGeometry(viewer: PageViewer | null, page: number | null): PageGeometry | null {
  const [known, setKnown] = useState<{ readonly page: number; readonly geometry: PageGeometry } | null>(null);
  useEffect(() => {
    let gone = false;
    if (viewer === null || page === null) return;
    const read = async (): Promise<void> => {
      const geometry = await viewer.geometry(page);
      if (!gone) setKnown({ page, geometry });
    };
    // A document that is closed meanwhile rejects; then there is nothing to place on.
    read().catch(() => {});
    return () => {
      gone = true;
    };
  }, [viewer, page]);
  return known !== null && known.page === page ? known.geometry : null;
}
