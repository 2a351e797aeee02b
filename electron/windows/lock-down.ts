import type { App, Session, WebContents } from "electron";

/** Whether a page may go to an address. Pages that nobody gave a judge go nowhere. */
export type NavigationJudge = (address: string, isMainFrame: boolean) => boolean;

const judges = new WeakMap<WebContents, NavigationJudge>();

/**
 * SECURITY: deny by default, for every session and every page that will ever exist in this process, before any is made
 * (Electron checklist 5, 12, 13, 14). What a window needs beyond that it is given by name, in its own file.
 */
export function lockDown(app: App): void {
  app.on("session-created", lockSession);
  app.on("web-contents-created", (_event, contents) => lockPage(contents));
  app.on("login", (event, _contents, _details, _info, callback) => {
    // Prevented and never called back, the page would wait for ever for its password.
    event.preventDefault();
    callback();
  });
  app.on("select-client-certificate", (event, _contents, _url, _certificates, callback) => {
    // Unhandled, Electron would pick the first certificate that matches.
    event.preventDefault();
    callback();
  });
}

/** Lets one page go where its judge allows: by links, forms, scripts, redirects, in frames. */
export function permitNavigation(contents: WebContents, judge: NavigationJudge): void {
  judges.set(contents, judge);
}

function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on("will-download", (event) => event.preventDefault());
  // No page of ours is a file, and no page of others has business with the files of this computer.
  session.protocol.handle("file", () => new Response(null, { status: 403 }));
}

function lockPage(contents: WebContents): void {
  const judge = (event: NavigationEvent): void => {
    if (judges.get(contents)?.(event.url, event.isMainFrame) !== true) {
      event.preventDefault();
    }
  };
  contents.on("will-navigate", judge);
  contents.on("will-frame-navigate", judge);
  contents.on("will-redirect", judge);
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-attach-webview", (event) => event.preventDefault());
  // A page does not decide whether its window may be closed ("prevented" means that its wish is not heard).
  contents.on("will-prevent-unload", (event) => event.preventDefault());
  contents.on("select-bluetooth-device", (event, _devices, callback) => {
    // Unhandled, Electron would pick the first device.
    event.preventDefault();
    callback("");
  });
}

interface NavigationEvent {
  readonly url: string;
  readonly isMainFrame: boolean;
  readonly preventDefault: () => void;
}
