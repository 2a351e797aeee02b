import type { WebContents } from "../api/web-contents.ts";
import type { CdpSession } from "../cdp/connection.ts";
import { browser } from "../runtime/browser.ts";
import { addFrame, removeFrame } from "../runtime/frame-owners.ts";

/**
 * Learns of all sub-frames of a page, so that their requests can be told to the right window. A frame of another site
 * lives in a target of its own, which reports the frames inside it.
 */
export async function trackFrames(contents: WebContents, cdp: CdpSession): Promise<void> {
  cdp.on("Page.frameAttached", ({ frameId }) => addFrame(frameId, { contents, isMainFrame: false }));
  cdp.on("Page.frameDetached", ({ frameId, reason }) => {
    if (reason === "remove") removeFrame(frameId);
  });
  cdp.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
    const inner = browser().connection.session(sessionId);
    if (targetInfo.type !== "iframe") {
      // A worker: nothing to learn from it, but Chromium holds it until somebody lets it go, whatever the filter says.
      inner
        .send("Runtime.runIfWaitingForDebugger")
        .then(() => cdp.send("Target.detachFromTarget", { sessionId }))
        .catch(() => {});
      return;
    }
    addFrame(targetInfo.targetId, { contents, isMainFrame: false });
    Promise.all([inner.send("Page.enable"), trackFrames(contents, inner)])
      .then(() => inner.send("Runtime.runIfWaitingForDebugger"))
      .catch(() => {});
  });
  await cdp.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: "iframe" }, { type: "worker" }, { exclude: true }],
  });
}
