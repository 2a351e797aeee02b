import type { WebContents } from "electron";

/** Chromium's ABORTED (a return, a download) and BLOCKED_BY_CLIENT (an address that we refuse): the page before stays. */
const PAGE_STAYS: readonly number[] = [-3, -20];

/**
 * Closes somebody else's page that nobody can do anything with any more: its process has crashed, or the page could not be
 * loaded. An empty window would say nothing; the run's own dialog offers the page again.
 */
export function closeWhenDead(contents: WebContents, close: () => void): void {
  contents.on("render-process-gone", (_event, { reason }) => {
    if (reason !== "clean-exit") {
      // Not from within the event: Electron is still taking the old process down.
      setImmediate(close);
    }
  });
  contents.on("did-fail-load", (_event, code, _description, _address, isMainFrame) => {
    if (isMainFrame && !PAGE_STAYS.includes(code)) {
      setImmediate(close);
    }
  });
}
