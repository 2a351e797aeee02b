import { text } from "../text/text.ts";

/**
 * pdf.js's own words come from files and are put in as markup, which Trusted Types refuse. It needs none of them here: pages get
 * their names from our catalogue, the rest stays as it is.
 */
export const silentLocalization = {
  getLanguage: () => "en",
  getDirection: () => "ltr",
  get: (_ids: unknown, _args: unknown, fallback: unknown) => Promise.resolve(fallback ?? ""),
  translate: () => Promise.resolve(),
  translateOnce: () => Promise.resolve(),
  destroy: () => Promise.resolve(),
  pause: () => {},
  resume: () => {},
};

/** Gives each page its spoken name. */
export function namePages(viewer: Element): void {
  for (const page of viewer.querySelectorAll<HTMLElement>(".page[data-page-number]")) {
    page.setAttribute("aria-label", text("pages.page-label", { page: page.dataset["pageNumber"] ?? "" }));
  }
}
