import { randomUUID } from "node:crypto";
import { BrowserWindow, session } from "electron";
import type { Session } from "electron";
import type { ProviderPage } from "../providers/provider.ts";
import type { PageEvents, PageHandle, ProviderPages } from "../services/ports.ts";
import { closeWhenDead } from "./close-when-dead.ts";
import { permitNavigation } from "./lock-down.ts";
import { judgeFrame, judgeNavigation, judgeRequest } from "./policy/provider-navigation.ts";
import { grantsPermission } from "./policy/provider-permissions.ts";
import type { PermissionDetails } from "./policy/provider-permissions.ts";
import { foreignWindowOptions } from "./policy/window-options.ts";
import type { CertificateTrust } from "./policy/practice-trust.ts";
import { closeUnlessWalled } from "./self-check/close-unless-walled.ts";

export interface ProviderWindowParts {
  readonly parent: () => BrowserWindow | null;
  /** Which servers' certificates are accepted beyond the system's own judgement (practice mode: the sandbox's). */
  readonly trust: CertificateTrust;
  /** A page asked for a new window, which it never gets; practice mode knows the address of its own phone page. */
  readonly onNewWindow: (address: string) => void;
}

/** Opens providers' pages, each in a window and a memory-only session of its own, without preload. */
export function providerPages(parts: ProviderWindowParts): ProviderPages {
  return { open: (page, events) => openProviderPage(page, events, parts) };
}

function openProviderPage(page: ProviderPage, events: PageEvents, parts: ProviderWindowParts): PageHandle {
  const partition = `provider-${randomUUID()}`;
  const own = session.fromPartition(partition);
  const parent = parts.parent();
  const window = new BrowserWindow({
    ...foreignWindowOptions(partition, { width: 520, height: 760 }),
    ...(parent === null ? {} : { parent }),
    title: hostOf(page.url),
  });
  let settled = false;

  const settle = (tell: () => void): void => {
    if (settled) {
      return;
    }
    settled = true;
    clearTimeout(limit);
    tell();
    if (!window.isDestroyed()) {
      window.destroy();
    }
    void own.clearData();
  };
  const limit = setTimeout(() => settle(events.onClosed), page.policy.timeLimitMilliseconds);
  const onReturn = (url: string): void => settle(() => events.onReturn(url));

  guardSession(own, page, parts.trust, onReturn);
  permitNavigation(window.webContents, (address, isMainFrame) => {
    const verdict = judgeFrame(address, isMainFrame, page.policy);
    if (verdict === "return") {
      onReturn(address);
    }
    return verdict === "load";
  });
  closeUnlessWalled(window.webContents, () => settle(events.onClosed));
  closeWhenDead(window.webContents, () => settle(events.onClosed));
  window.webContents.setWindowOpenHandler(({ url }) => {
    parts.onNewWindow(url);
    return { action: "deny" };
  });
  // SECURITY: the title bar names the host we really show, whatever the page calls itself.
  window.on("page-title-updated", (event) => {
    event.preventDefault();
    window.setTitle(hostOf(window.webContents.getURL()));
  });
  window.once("ready-to-show", () => window.show());
  window.on("closed", () => settle(events.onClosed));
  load(window, page, () => settle(events.onClosed), onReturn);

  return {
    focus: () => {
      if (!window.isDestroyed()) {
        window.show();
        window.focus();
      }
    },
    close: () => settle(() => undefined),
  };
}

/** SECURITY: what a program loads itself passes no navigation event, so the first address is judged here. */
function load(window: BrowserWindow, page: ProviderPage, onRefused: () => void, onReturn: (url: string) => void): void {
  switch (judgeNavigation(page.url, page.policy)) {
    case "load":
      // A return that comes at once rejects the load with ERR_ABORTED, which is no failure.
      window.loadURL(page.url).catch(() => undefined);
      return;
    case "return":
      // Not before the caller has the handle of the page.
      setImmediate(onReturn, page.url);
      return;
    case "refuse":
      setImmediate(onRefused);
  }
}

/** SECURITY: every request of the session passes here, redirects included: the return address never reaches the network. */
function guardSession(
  own: Session,
  page: ProviderPage,
  trust: CertificateTrust,
  onReturn: (url: string) => void,
): void {
  own.webRequest.onBeforeRequest((details, callback) => {
    const verdict = judgeRequest(details, page.policy);
    callback({ cancel: verdict !== "load" });
    if (verdict === "return") {
      onReturn(details.url);
    }
  });
  own.setCertificateVerifyProc((request, callback) => callback(trust(request.hostname, request.certificate)));
  own.setPermissionRequestHandler((_contents, permission, callback, details: PermissionDetails) =>
    callback(grantsPermission(permission, details, page.policy)),
  );
  own.setPermissionCheckHandler((_contents, permission, _origin, details: PermissionDetails) =>
    grantsPermission(permission, details, page.policy),
  );
}

function hostOf(address: string): string {
  return URL.parse(address)?.host ?? "";
}
