import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { Readable } from "node:stream";
import { CONTENT_SECURITY_POLICY } from "./content-security-policy.ts";

/** The window's own address. Never `file:`: a file page has rights that ours must not have (Electron checklist 18). */
export const APP_SCHEME = "app";
export const APP_HOST = "bundle";
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const APP_START_PAGE = `${APP_ORIGIN}/index.html`;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".gif": "image/gif",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".bcmap": "application/octet-stream",
  ".pfb": "application/octet-stream",
  ".ttf": "font/ttf",
  ".icc": "application/octet-stream",
};

/** Answers a request of the window with a file below `root`; everything else is refused. */
export async function answerAppRequest(request: Request, root: string): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return refusal(405);
  }
  const path = filePath(request.url, root);
  if (path === null) {
    return refusal(404);
  }
  const type = MEDIA_TYPES[extname(path).toLowerCase()];
  const facts = await stat(path).catch(() => null);
  if (type === undefined || facts === null || !facts.isFile()) {
    return refusal(404);
  }
  const headers = { ...SECURITY_HEADERS, "content-type": type, "content-length": String(facts.size) };
  return request.method === "HEAD" ? new Response(null, { headers }) : new Response(bodyOf(path), { headers });
}

const SECURITY_HEADERS = {
  // SECURITY: as a header, so that no page of ours exists without it.
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-store",
};

function bodyOf(path: string): ReadableStream {
  return Readable.toWeb(createReadStream(path)) as ReadableStream;
}

/** Absolute path of the file that an address names, or null when it names none below `root`. */
export function filePath(address: string, root: string): string | null {
  let url: URL;
  let decoded: string;
  try {
    url = new URL(address);
    decoded = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (url.protocol !== `${APP_SCHEME}:` || url.host !== APP_HOST || url.username !== "" || url.password !== "") {
    return null;
  }
  // SECURITY: no way up, no second root, no NUL, no drive letter, also after decoding.
  if (decoded.includes("\0") || decoded.includes("\\") || decoded.includes(":") || decoded.split("/").includes("..")) {
    return null;
  }
  const base = normalize(root);
  const path = normalize(join(base, decoded));
  return path.startsWith(base.endsWith(sep) ? base : base + sep) ? path : null;
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: SECURITY_HEADERS });
}
