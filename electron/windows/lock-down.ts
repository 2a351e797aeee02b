import type { App, Session, WebContents } from "electron";

/**
 * SECURITY: deny by default, for every session and every page that will ever exist in this process, before any is made
 * (Electron checklist 5, 12, 13, 14). What a window needs beyond that it is given by name, in its own file.
 */
export function lockDown(app: App): void {
  app.on("session-created", lockSession);
  app.on("web-contents-created", (_event, contents) => lockPage(contents));
  app.on("login", (event) => event.preventDefault());
  app.on("select-client-certificate", (event, _contents, _url, _certificates, callback) => {
    // Unhandled, Electron would pick the first certificate that matches.
    event.preventDefault();
    callback();
  });
}

function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on("will-download", (event) => event.preventDefault());
}

function lockPage(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-attach-webview", (event) => event.preventDefault());
}
