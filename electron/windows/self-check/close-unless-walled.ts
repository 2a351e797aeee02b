import type { WebContents } from "electron";
import { preferencesInForce } from "./gather-facts.ts";
import { weakPreferences } from "./judge-start.ts";

/**
 * SECURITY: windows for other people's pages come long after the check at start, so each is looked at when its first page
 * is there. One that is not walled off, or of which nobody can say so, is closed.
 */
export function closeUnlessWalled(contents: WebContents, close: () => void): void {
  contents.once("did-navigate", () => {
    const preferences = preferencesInForce(contents);
    const isWalled = preferences !== null && weakPreferences(preferences).length === 0;
    if (!isWalled || contents.session.isPersistent()) {
      close();
    }
  });
}
