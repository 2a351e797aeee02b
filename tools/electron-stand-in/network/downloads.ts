import { session } from "../api/session.ts";
import { guardObject } from "../not-implemented.ts";
import { browser } from "../runtime/browser.ts";
import { cancellableEvent } from "../runtime/cancellable-event.ts";
import { ownerOf } from "../runtime/frame-owners.ts";
import { schemeMap } from "../wire/scheme-map.ts";

/** Tells `will-download` listeners of a download. Chromium has refused it already: the stand-in saves none. */
export function watchDownloads(): void {
  browser().connection.root.on("Browser.downloadWillBegin", (download) => {
    const contents = ownerOf(download.frameId)?.contents;
    const item = guardObject("downloadItem", {
      getURL: () => schemeMap.fromWire(download.url),
      getFilename: () => download.suggestedFilename,
      getState: () => "cancelled",
      cancel: () => {},
    });
    const event = cancellableEvent({});
    (contents?.session ?? session.defaultSession).emit("will-download", event, item, contents);
    if (!event.defaultPrevented)
      console.error("electron stand-in: saving a download is not implemented; it was cancelled");
  });
}
