import type { Session } from "../api/session.ts";
import type { WebContents } from "../api/web-contents.ts";
import { browser } from "../runtime/browser.ts";
import { schemeMap } from "../wire/scheme-map.ts";

export type PermissionRequest = (
  contents: unknown,
  permission: string,
  callback: (granted: boolean) => void,
  details: object,
) => void;
export type PermissionCheck = (contents: unknown, permission: string, origin: string, details: object) => boolean;

/** Electron's names, what it says of media, and Chromium's names. */
const PERMISSIONS: readonly {
  readonly electron: string;
  readonly chromium: string;
  readonly media?: "video" | "audio";
}[] = [
  { electron: "media", chromium: "camera", media: "video" },
  { electron: "media", chromium: "microphone", media: "audio" },
  { electron: "geolocation", chromium: "geolocation" },
  { electron: "notifications", chromium: "notifications" },
  { electron: "clipboard-read", chromium: "clipboard-read" },
  { electron: "clipboard-sanitized-write", chromium: "clipboard-write" },
  { electron: "midi", chromium: "midi" },
  { electron: "idle-detection", chromium: "idle-detection" },
  { electron: "window-management", chromium: "window-management" },
  { electron: "storage-access", chromium: "storage-access" },
  { electron: "display-capture", chromium: "display-capture" },
  { electron: "screen-wake-lock", chromium: "screen-wake-lock" },
  { electron: "local-fonts", chromium: "local-fonts" },
];

const applied = new WeakMap<Session, Set<string>>();

/**
 * Sets an origin's permissions before its first document loads. Electron asks at each use; Chromium has to be told
 * beforehand, so each handler is asked once an origin and session. Without a handler Electron grants, and so do we.
 */
export async function applyPermissions(session: Session, contents: WebContents, url: string): Promise<void> {
  const origin = URL.parse(schemeMap.toWire(url))?.origin;
  if (origin === undefined || origin === "null") return;
  const done = applied.get(session) ?? new Set<string>();
  applied.set(session, done);
  if (done.has(origin)) return;
  done.add(origin);
  const { root } = browser().connection;
  const browserContextId = await session.contextId();
  await Promise.all(
    PERMISSIONS.map(async (entry) => {
      const granted = await isGranted(session, contents, entry.electron, url, entry.media);
      const setting = granted ? "granted" : "denied";
      // An older or newer Chromium may not know a name; a permission it does not know is one it does not give.
      await root
        .send("Browser.setPermission", { permission: { name: entry.chromium }, setting, origin, browserContextId })
        .catch(() => {});
    }),
  );
}

async function isGranted(
  session: Session,
  contents: WebContents,
  permission: string,
  requestingUrl: string,
  media: "video" | "audio" | undefined,
): Promise<boolean> {
  const { permissionCheck: check, permissionRequest: request } = session;
  const origin = URL.parse(requestingUrl)?.origin ?? "";
  const details = { requestingUrl, isMainFrame: true, ...(media ? { mediaType: media, mediaTypes: [media] } : {}) };
  // A page that fails the check asks; so the answer to the request decides when there is a handler for it.
  if (request) return new Promise((resolve) => request(contents, permission, resolve, details));
  return check?.(contents, permission, origin, details) ?? true;
}
