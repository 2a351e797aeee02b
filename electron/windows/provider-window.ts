import { randomUUID } from "node:crypto";
import { BrowserWindow, session } from "electron";
import type { Session, WebContents } from "electron";
import type { ProviderPage } from "../providers/provider.ts";
import type { PageEvents, PageHandle, ProviderPages } from "../services/ports.ts";
import { judgeNavigation } from "./policy/provider-navigation.ts";
import { foreignWindowOptions } from "./policy/window-options.ts";
import type { CertificateTrust } from "./policy/practice-trust.ts";

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
  guardNavigation(window.webContents, page, onReturn);
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
  // A return that comes at once rejects the load with ERR_ABORTED, which is no failure.
  window.loadURL(page.url).catch(() => undefined);

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

/** SECURITY: every request of the session passes here, redirects included: the return address never reaches the network. */
function guardSession(
  own: Session,
  page: ProviderPage,
  trust: CertificateTrust,
  onReturn: (url: string) => void,
): void {
  own.webRequest.onBeforeRequest((details, callback) => {
    const isPage = details.resourceType === "mainFrame" || details.resourceType === "subFrame";
    const verdict = judgeNavigation(details.url, page.policy);
    if (verdict === "return") {
      callback({ cancel: true });
      onReturn(details.url);
      return;
    }
    callback({ cancel: isPage && verdict === "refuse" });
  });
  own.setCertificateVerifyProc((request, callback) => callback(trust(request.hostname, request.certificate)));
  own.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(permission === "media" && isMediaAllowed(page, details));
  });
}

function isMediaAllowed(page: ProviderPage, details: { readonly mediaTypes?: readonly string[] } | object): boolean {
  const wanted = "mediaTypes" in details && Array.isArray(details.mediaTypes) ? details.mediaTypes : [];
  const granted = page.policy.permissions;
  return wanted.length > 0 && wanted.every((type) => granted.includes(type === "video" ? "camera" : "microphone"));
}

function guardNavigation(contents: WebContents, page: ProviderPage, onReturn: (url: string) => void): void {
  const judge = (event: { readonly url: string; preventDefault: () => void }): void => {
    const verdict = judgeNavigation(event.url, page.policy);
    if (verdict === "load") {
      return;
    }
    event.preventDefault();
    if (verdict === "return") {
      onReturn(event.url);
    }
  };
  contents.on("will-navigate", judge);
  contents.on("will-redirect", judge);
}

function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return "";
  }
}
