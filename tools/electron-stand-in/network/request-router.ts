import type { RequestPaused } from "../cdp/protocol.ts";
import { session } from "../api/session.ts";
import type { Session } from "../api/session.ts";
import { browser } from "../runtime/browser.ts";
import { awaitOwner, contentsOfOrigin, ownerOf } from "../runtime/frame-owners.ts";
import type { FrameOwner } from "../runtime/frame-owners.ts";
import { records } from "../runtime/records.ts";
import { schemeMap } from "../wire/scheme-map.ts";
import { takeBlob } from "./blobs.ts";
import { onNavigationFailure, onNavigationRequest, onNavigationResponse } from "./navigation.ts";
import { applyPermissions } from "./permissions.ts";
import { entries, fulfill, uploadOf } from "./responses.ts";
import type { RequestDetails } from "./web-request.ts";

const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  Stylesheet: "stylesheet",
  Script: "script",
  Image: "image",
  Font: "font",
  XHR: "xhr",
  Fetch: "xhr",
  Media: "media",
  WebSocket: "webSocket",
  Ping: "ping",
};

/** Decides about one request of Chromium: the app's events and handlers first, the network only if they let it. */
export async function routeRequest(paused: RequestPaused): Promise<void> {
  try {
    const answered = paused.responseStatusCode !== undefined || paused.responseErrorReason !== undefined;
    await (answered ? routeResponse(paused) : routeNewRequest(paused));
  } catch (error) {
    // SECURITY: a request that could not be judged does not go out.
    if (browser().connection.closed) return;
    if (!String(error).includes("Invalid InterceptionId")) console.error("electron stand-in: request failed:", error);
    await block(paused, "Failed");
  }
}

/** The page that asks. A worker names no frame, so its page is found by its origin. */
async function findOwner(paused: RequestPaused): Promise<FrameOwner | undefined> {
  const known = ownerOf(paused.frameId);
  if (known) return known;
  if (paused.resourceType === "Document") return awaitOwner(paused.frameId);
  const { headers, url } = paused.request;
  const origin = URL.parse(headers["Referer"] ?? headers["Origin"] ?? url)?.origin ?? "";
  const contents = contentsOfOrigin(origin) ?? contentsOfOrigin(URL.parse(url)?.origin ?? "");
  return contents && { contents, isMainFrame: false };
}

function detailsOf(paused: RequestPaused, owner: FrameOwner | undefined): RequestDetails {
  const document = owner?.isMainFrame ? "mainFrame" : "subFrame";
  const upload = uploadOf(paused);
  return {
    id: Number(paused.requestId.replace(/\D/g, "")),
    url: schemeMap.fromWire(paused.request.url),
    method: paused.request.method,
    referrer: schemeMap.fromWire(paused.request.headers["Referer"] ?? ""),
    timestamp: Date.now(),
    resourceType: paused.resourceType === "Document" ? document : (RESOURCE_TYPES[paused.resourceType] ?? "other"),
    ...(owner
      ? { webContentsId: owner.contents.id, webContents: owner.contents, frame: owner.contents.mainFrame }
      : {}),
    ...(upload ? { uploadData: [{ bytes: upload }] } : {}),
  };
}

async function routeNewRequest(paused: RequestPaused): Promise<void> {
  const { root } = browser().connection;
  const { requestId, request } = paused;
  const blob = takeBlob(request.url);
  if (blob !== "none") return fulfill(requestId, new Response(blob as BodyInit | null, { status: blob ? 200 : 404 }));

  // Chromium asks for an icon to show in its tab; Electron has no tabs and does not ask.
  if (paused.resourceType === "Other" && URL.parse(request.url)?.pathname === "/favicon.ico")
    return fulfill(requestId, new Response(null, { status: 204 }));

  const owner = await findOwner(paused);
  // A document in a frame that belongs to no window: a popup that has not been judged, or a tab that nobody asked for.
  if (owner === undefined && paused.resourceType === "Document") return block(paused, "BlockedByClient");
  const ses = owner?.contents.session ?? session.defaultSession;

  if (owner && paused.resourceType === "Document") {
    const url = schemeMap.fromWire(request.url);
    if (!onNavigationRequest(paused, owner)) return block(paused, "Aborted");
    await applyPermissions(ses, owner.contents, url);
  }

  const details = detailsOf(paused, owner);
  const before = await ses.webRequest.beforeRequest.ask(details);
  if (before?.cancel) {
    await block(paused, "BlockedByClient");
    if (owner && paused.resourceType === "Document") onNavigationFailure(paused, owner, "BlockedByClient");
    return;
  }
  if (before?.redirectURL !== undefined) {
    const location = schemeMap.toWire(before.redirectURL);
    return fulfill(requestId, new Response(null, { status: 307, headers: { location } }));
  }

  if (await serveOwnScheme(paused, ses, details)) return;
  const sending = await ses.webRequest.beforeSendHeaders.ask({ ...details, requestHeaders: request.headers });
  if (sending?.cancel) return block(paused, "BlockedByClient");
  const headers = sending?.requestHeaders && { headers: entries(sending.requestHeaders) };
  await root.send("Fetch.continueRequest", { requestId, ...headers });
}

/** Answers from the session's `protocol.handle`, when there is one for the scheme. */
async function serveOwnScheme(paused: RequestPaused, ses: Session, details: RequestDetails): Promise<boolean> {
  const { requestId, request } = paused;
  const handler = ses.protocol.handlerOf(new URL(details.url).protocol.slice(0, -1));
  if (handler === undefined) {
    // SECURITY: an app address without a handler must not fall through to the network.
    if (schemeMap.isWire(request.url)) await block(paused, "NameNotResolved");
    return schemeMap.isWire(request.url);
  }
  const body = uploadOf(paused);
  const asked = new Request(request.url, {
    method: request.method,
    headers: request.headers,
    ...(body && !["GET", "HEAD"].includes(request.method) ? { body: body as BodyInit } : {}),
  });
  Object.defineProperty(asked, "url", { value: details.url });
  const response = await handler(asked);
  if (response.type === "error") {
    await block(paused, "Failed");
    return true;
  }
  const received = await ses.webRequest.headersReceived.ask({
    ...details,
    statusCode: response.status,
    statusLine: `HTTP/1.1 ${response.status}`,
    responseHeaders: Object.fromEntries([...response.headers].map(([name, value]) => [name, [value]])),
  });
  if (received?.cancel) await block(paused, "BlockedByClient");
  else await fulfill(requestId, response, received?.responseHeaders);
  return true;
}

async function routeResponse(paused: RequestPaused): Promise<void> {
  const { root } = browser().connection;
  const { requestId } = paused;
  const owner = await findOwner(paused);
  if (owner && paused.resourceType === "Document") {
    if (paused.responseErrorReason !== undefined) onNavigationFailure(paused, owner, paused.responseErrorReason);
    if (!onNavigationResponse(paused, owner)) return block(paused, "Aborted");
  }
  const ses = owner?.contents.session ?? session.defaultSession;
  const received =
    paused.responseStatusCode === undefined
      ? undefined
      : await ses.webRequest.headersReceived.ask({
          ...detailsOf(paused, owner),
          statusCode: paused.responseStatusCode,
          statusLine: `HTTP/1.1 ${paused.responseStatusCode}`,
          responseHeaders: Object.fromEntries((paused.responseHeaders ?? []).map(({ name, value }) => [name, [value]])),
        });
  if (received?.cancel) return block(paused, "BlockedByClient");
  if (received?.responseHeaders)
    await root.send("Fetch.continueResponse", {
      requestId,
      responseCode: paused.responseStatusCode,
      responseHeaders: entries(received.responseHeaders),
    });
  else await root.send("Fetch.continueRequest", { requestId });
}

async function block(paused: RequestPaused, errorReason: string): Promise<void> {
  records.blocked.push(schemeMap.fromWire(paused.request.url));
  const { root } = browser().connection;
  await root.send("Fetch.failRequest", { requestId: paused.requestId, errorReason }).catch(() => {});
}
