import type { WebContents } from "electron";

/** Chromium's net errors: TIMED_OUT, NETWORK_CHANGED, and from -100 on whatever concerns connections and certificates. */
const isConnectionError = (code: number): boolean => code === -7 || code === -21 || code <= -100;

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
    if (isMainFrame && isConnectionError(code)) {
      setImmediate(close);
    }
  });
}
