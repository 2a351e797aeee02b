import type { WebContents } from "electron";
import { atMost } from "./policy/restraint.ts";

/** More crashes than this within the time are no accident: the window stays as it is, and the log says so. */
const MOST_REVIVALS = 3;
const WITHIN_MILLISECONDS = 60_000;

/**
 * Loads the window again when the process that draws it has crashed. Runs are driven by main and have not noticed; a window that
 * stays empty would hide from the person what is waited for, and what became of an approval.
 */
export function reviveWindow(
  contents: Pick<WebContents, "on" | "reload" | "isDestroyed">,
  now: () => number = Date.now,
): void {
  const mayRevive = atMost(MOST_REVIVALS, WITHIN_MILLISECONDS, now);
  contents.on("render-process-gone", (_event, { reason }) => {
    if (reason === "clean-exit" || !mayRevive()) {
      return;
    }
    // Not from within the event: Electron is still taking the old process down.
    setImmediate(() => {
      if (!contents.isDestroyed()) {
        contents.reload();
      }
    });
  });
}
