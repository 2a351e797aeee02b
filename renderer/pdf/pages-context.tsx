import { createContext, use, useSyncExternalStore } from "react";
import type { PageOffset, PageViewState, PageViewer } from "./page-viewer.ts";

export interface PagesContextValue {
  readonly viewer: PageViewer | null;
  readonly setViewer: (viewer: PageViewer | null) => void;
}

/** The page view of the shown document, for everything around it (toolbar, thumbnails, placing). */
export const PagesContext = createContext<PagesContextValue>({ viewer: null, setViewer: () => {} });

export function usePages(): PagesContextValue {
  return use(PagesContext);
}

export function usePageViewState(viewer: PageViewer): PageViewState {
  return useSyncExternalStore(viewer.subscribe, viewer.state);
}

/** Where a page begins in the scrolled content; follows zooming, turning and resizing. */
export function usePageOffset(viewer: PageViewer, page: number): PageOffset | null {
  return useSyncExternalStore(viewer.subscribe, () => viewer.offset(page));
}
