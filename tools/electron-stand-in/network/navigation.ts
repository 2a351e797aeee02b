import type { RequestPaused } from "../cdp/protocol.ts";
import { cancellableEvent } from "../runtime/cancellable-event.ts";
import type { FrameOwner } from "../runtime/frame-owners.ts";
import { schemeMap } from "../wire/scheme-map.ts";

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function withoutFragment(url: string): string {
  return url.split("#")[0] ?? "";
}

/**
 * A document is asked for: emits `will-frame-navigate` and, for the main frame, `will-navigate`. Not for what the app
 * itself loads, and not for the next step of a redirect (see `onNavigationResponse`), as in Electron.
 *
 * @returns whether the navigation may go on.
 */
export function onNavigationRequest(paused: RequestPaused, { contents, isMainFrame }: FrameOwner): boolean {
  if (paused.redirectedRequestId !== undefined) return true;
  const expected = contents.expectedLoad;
  if (isMainFrame && expected !== undefined && withoutFragment(expected) === withoutFragment(paused.request.url)) {
    contents.expectedLoad = undefined;
    return true;
  }
  return announceNavigation(schemeMap.fromWire(paused.request.url), { contents, isMainFrame });
}

/** Emits the two events of a navigation that the page wants. */
export function announceNavigation(url: string, { contents, isMainFrame }: FrameOwner): boolean {
  const event = cancellableEvent({
    url,
    isMainFrame,
    isSameDocument: false,
    frame: isMainFrame ? contents.mainFrame : null,
    initiator: contents.mainFrame,
  });
  contents.emit("will-frame-navigate", event);
  if (isMainFrame && !event.defaultPrevented) contents.emit("will-navigate", event, url, false, true, 1, 1);
  return !event.defaultPrevented;
}

/** Chromium's reason (`ConnectionRefused`) as the name of its error (`ERR_CONNECTION_REFUSED`). */
function errorName(reason: string): string {
  return `ERR${reason.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** The main frame's document will not come. What `loadURL` asked for is reported by `loadURL`. */
export function onNavigationFailure(
  paused: RequestPaused,
  { contents, isMainFrame }: FrameOwner,
  reason: string,
): void {
  if (!isMainFrame || contents.loadPending) return;
  contents.reportFailedLoad(contents.refusedCertificate ?? errorName(reason), schemeMap.fromWire(paused.request.url));
  contents.refusedCertificate = undefined;
}

/**
 * A document's response: emits `will-redirect` when the server sends the page elsewhere, and `did-fail-load` when the
 * network failed for a navigation of the page's own.
 *
 * @returns whether the navigation may go on.
 */
export function onNavigationResponse(paused: RequestPaused, { contents, isMainFrame }: FrameOwner): boolean {
  const location = paused.responseHeaders?.find(({ name }) => name.toLowerCase() === "location")?.value;
  if (location === undefined || !REDIRECTS.has(paused.responseStatusCode ?? 0)) return true;
  const target = URL.parse(location, paused.request.url);
  if (target === null) return true;
  const url = schemeMap.fromWire(target.href);
  const frame = isMainFrame ? contents.mainFrame : null;
  const event = cancellableEvent({ url, isMainFrame, isSameDocument: false, frame });
  contents.emit("will-redirect", event, url, false, isMainFrame, 1, 1);
  if (!event.defaultPrevented) contents.emit("did-redirect-navigation", event, url, false, isMainFrame, 1, 1);
  return !event.defaultPrevented;
}
