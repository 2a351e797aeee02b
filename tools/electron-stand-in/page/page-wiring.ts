import { readFileSync } from "node:fs";
import { ISOLATED_WORLD, isolatedWorldScript, mainWorldScript } from "./scripts.ts";
import { BINDING, IpcTransport } from "../api/ipc-transport.ts";
import { nativeTheme } from "../api/native-theme.ts";
import type { WebContents } from "../api/web-contents.ts";
import type { CdpSession } from "../cdp/connection.ts";
import { watchCertificates } from "../network/certificate-check.ts";
import { announceNavigation } from "../network/navigation.ts";
import { notImplemented } from "../not-implemented.ts";
import { cancellableEvent } from "../runtime/cancellable-event.ts";
import { rememberPage } from "../runtime/attached-pages.ts";
import { addFrame } from "../runtime/frame-owners.ts";
import { schemeMap } from "../wire/scheme-map.ts";
import { trackFrames } from "./frame-tracking.ts";

/** Joins a web contents to the page that Chromium made for it, and lets the page start. */
export async function wirePage(contents: WebContents, cdp: CdpSession, targetId: string): Promise<void> {
  addFrame(targetId, { contents, isMainFrame: true });
  rememberPage(cdp);
  const transport = new IpcTransport(contents, cdp, contents.secret);
  watchLoading(contents, cdp, targetId);
  watchContexts(transport, cdp, targetId);
  watchPopups(contents, cdp);
  watchDialogs(contents, cdp);
  cdp.on("detached", () => contents.destroyed());
  cdp.on("Inspector.targetCrashed", () =>
    contents.emit("render-process-gone", cancellableEvent({}), { reason: "crashed", exitCode: 1 }),
  );
  await Promise.all([
    cdp.send("Page.enable"),
    cdp.send("Runtime.enable"),
    trackFrames(contents, cdp),
    watchCertificates(contents, cdp),
    nativeTheme.applyTo(cdp),
    ...installScripts(contents, cdp),
  ]);
  await cdp.send("Runtime.runIfWaitingForDebugger");
  contents.attached.resolve({ cdp, targetId, transport });
}

function installScripts(contents: WebContents, cdp: CdpSession): readonly Promise<unknown>[] {
  const { preload } = contents.preferences;
  const addScript = (source: string, worldName?: string): Promise<unknown> =>
    cdp.send("Page.addScriptToEvaluateOnNewDocument", { source, worldName });
  if (preload === undefined) return [addScript(mainWorldScript(undefined))];
  const { electron, chrome, node } = process.versions as Record<string, string>;
  const config = {
    secret: contents.secret,
    platform: process.platform,
    arch: process.arch,
    versions: { electron: electron ?? "", chrome: chrome ?? "", node: node ?? "" },
  };
  return [
    cdp.send("Runtime.addBinding", { name: BINDING, executionContextName: ISOLATED_WORLD }),
    addScript(mainWorldScript(contents.secret)),
    addScript(isolatedWorldScript(config, readFileSync(preload, "utf8")), ISOLATED_WORLD),
  ];
}

function watchContexts(transport: IpcTransport, cdp: CdpSession, targetId: string): void {
  cdp.on("Runtime.executionContextCreated", ({ context }) => {
    if (context.name === ISOLATED_WORLD && context.auxData?.frameId === targetId) transport.enterDocument(context.id);
  });
  cdp.on("Runtime.executionContextsCleared", () => transport.leaveDocument());
  cdp.on("Runtime.bindingCalled", (call) => {
    if (call.name === BINDING) transport.receive(call);
  });
}

/**
 * `disableDialogs`: alert, confirm and prompt answer at once, as if the person had cancelled them. A page that does not want
 * to be left is Electron's `will-prevent-unload`: without a listener the page stays, and nobody is asked.
 */
function watchDialogs(contents: WebContents, cdp: CdpSession): void {
  cdp.on("Page.javascriptDialogOpening", ({ type }) => {
    if (type === "beforeunload") {
      const event = cancellableEvent({});
      contents.emit("will-prevent-unload", event);
      cdp.send("Page.handleJavaScriptDialog", { accept: event.defaultPrevented }).catch(() => {});
    } else if (contents.preferences.disableDialogs)
      cdp.send("Page.handleJavaScriptDialog", { accept: false }).catch(() => {});
  });
}

/** The page wants a window. The answer can only be no: the popup itself is closed before it runs (see targets.ts). */
function watchPopups(contents: WebContents, cdp: CdpSession): void {
  cdp.on("Page.windowOpen", (popup) => {
    const sized = popup.windowFeatures.some((feature) => /^(popup|width|height|left|top)\b/.test(feature));
    const answer = contents.windowOpenHandler?.({
      url: schemeMap.fromWire(popup.url),
      frameName: popup.windowName,
      features: popup.windowFeatures.join(","),
      disposition: sized ? "new-window" : "foreground-tab",
      referrer: { url: "", policy: "" },
    });
    if (answer?.action !== "deny")
      console.error(notImplemented("window.open without setWindowOpenHandler's deny").message);
  });
}

function watchLoading(contents: WebContents, cdp: CdpSession, targetId: string): void {
  let failed = false;
  let shown = false;
  cdp.on("Page.frameStartedLoading", ({ frameId }) => {
    if (frameId !== targetId) return;
    contents.loading = true;
    contents.emit("did-start-loading");
  });
  cdp.on("Page.frameStoppedLoading", ({ frameId }) => {
    if (frameId !== targetId) return;
    contents.loading = false;
    contents.emit("did-stop-loading");
  });
  cdp.on("Page.frameNavigated", ({ frame }) => {
    if (frame.parentId !== undefined) return;
    failed = frame.unreachableUrl !== undefined;
    contents.url = schemeMap.fromWire((frame.unreachableUrl ?? frame.url) + (frame.urlFragment ?? ""));
    if (!failed) contents.emit("did-navigate", cancellableEvent({}), contents.url, 200, "OK");
  });
  cdp.on("Page.navigatedWithinDocument", ({ frameId, url }) => {
    if (frameId !== targetId) return;
    contents.url = schemeMap.fromWire(url);
    contents.emit("did-navigate-in-page", cancellableEvent({}), contents.url, true, 1, 1);
  });
  cdp.on("Page.domContentEventFired", () => {
    if (!failed) contents.emit("dom-ready", cancellableEvent({}));
  });
  cdp.on("Page.loadEventFired", () => {
    // Chromium's error page loads too, but Electron does not call that finished.
    if (failed || contents.url === "" || contents.url === "about:blank") return;
    contents.emit("did-finish-load", cancellableEvent({}));
    if (!shown) contents.emit("-first-load");
    shown = true;
  });
  cdp.on("Page.frameRequestedNavigation", ({ frameId, url }) => {
    // A scheme that Chromium does not load itself never becomes a request, so this is where the app hears of it.
    if (frameId !== targetId || /^(https?|file|data|blob|about|javascript|chrome-error):/.test(url)) return;
    announceNavigation(url, { contents, isMainFrame: true });
    cdp.send("Page.stopLoading").catch(() => {});
  });
}
