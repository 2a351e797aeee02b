import type { PageViewer } from "../../pdf/page-viewer.ts";

export interface Offset {
  readonly left: number;
  readonly top: number;
}

/** Where the page's upper left corner lies in the scrolled content of the container, in CSS pixels. */
export function pageOffset(viewer: PageViewer, container: HTMLElement, page: number): Offset | null {
  const drawn = viewer.drawnPage(page);
  if (drawn === null) return null;
  const outer = container.getBoundingClientRect();
  const inner = drawn.div.getBoundingClientRect();
  return {
    left: inner.left - outer.left + container.scrollLeft - container.clientLeft + drawn.div.clientLeft,
    top: inner.top - outer.top + container.scrollTop - container.clientTop + drawn.div.clientTop,
  };
}

/** The page under a point of the window. */
export function pageAt(clientX: number, clientY: number): { readonly page: number; readonly div: HTMLElement } | null {
  for (const element of document.elementsFromPoint(clientX, clientY)) {
    const div = element.closest<HTMLElement>(".page[data-page-number]");
    if (div !== null) return { page: Number(div.dataset["pageNumber"]), div };
  }
  return null;
}

/** A point of the window as a point of the page, in CSS pixels from its upper left corner. */
export function pointOnPage(
  clientX: number,
  clientY: number,
  div: HTMLElement,
): { readonly x: number; readonly y: number } {
  const { left, top } = div.getBoundingClientRect();
  return { x: clientX - left - div.clientLeft, y: clientY - top - div.clientTop };
}
