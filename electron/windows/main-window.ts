import { BrowserWindow, protocol, session } from "electron";
import { permitNavigation } from "./lock-down.ts";
import { answerAppRequest, APP_ORIGIN, APP_SCHEME, APP_START_PAGE } from "./policy/app-scheme.ts";
import { originOf } from "./policy/own-origin.ts";
import { mainWindowOptions } from "./policy/window-options.ts";
import { reviveWindow } from "./revive-window.ts";

/** Once, before the app is ready. Not bypassCSP, not corsEnabled. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

/** Schemes that the window's own session may fetch from. */
const OWN_SCHEMES: readonly string[] = [`${APP_SCHEME}:`, "blob:", "data:", "devtools:"];

/** Serves the built renderer, and cuts its session off from every network. */
export function prepareMainSession(rendererFolder: string): void {
  const own = session.defaultSession;
  own.protocol.handle(APP_SCHEME, (request) => answerAppRequest(request, rendererFolder));
  // SECURITY: the window has no network at all; providers are spoken to by main, in other sessions.
  own.webRequest.onBeforeRequest((details, callback) => {
    const scheme = URL.parse(details.url)?.protocol;
    callback({ cancel: scheme === undefined || !OWN_SCHEMES.includes(scheme) });
  });
}

export function createMainWindow(preload: string, packaged: boolean): BrowserWindow {
  const window = new BrowserWindow(mainWindowOptions(preload, packaged));
  // SECURITY: the window reloads its own page and goes nowhere else; it has no frames.
  permitNavigation(window.webContents, (address, isMainFrame) => isMainFrame && originOf(address) === APP_ORIGIN);
  reviveWindow(window.webContents);
  window.once("ready-to-show", () => window.show());
  void window.loadURL(APP_START_PAGE);
  return window;
}
