import { BrowserWindow, protocol, session } from "electron";
import { answerAppRequest, APP_ORIGIN, APP_SCHEME, APP_START_PAGE } from "./policy/app-scheme.ts";
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
    const scheme = schemeOf(details.url);
    callback({ cancel: scheme === null || !OWN_SCHEMES.includes(scheme) });
  });
}

export function createMainWindow(preload: string, packaged: boolean): BrowserWindow {
  const window = new BrowserWindow(mainWindowOptions(preload, packaged));
  const stayHome = (event: { readonly url: string; preventDefault: () => void }): void => {
    if (originOf(event.url) !== APP_ORIGIN) {
      event.preventDefault();
    }
  };
  window.webContents.on("will-navigate", stayHome);
  window.webContents.on("will-frame-navigate", stayHome);
  window.webContents.on("will-redirect", stayHome);
  reviveWindow(window.webContents);
  window.once("ready-to-show", () => window.show());
  void window.loadURL(APP_START_PAGE);
  return window;
}

/** "app://bundle"; URL.origin says "null" for schemes it does not know. */
export function originOf(address: string): string | null {
  try {
    const url = new URL(address);
    return url.protocol === `${APP_SCHEME}:` ? `${url.protocol}//${url.host}` : url.origin;
  } catch {
    return null;
  }
}

function schemeOf(address: string): string | null {
  try {
    return new URL(address).protocol;
  } catch {
    return null;
  }
}
