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
