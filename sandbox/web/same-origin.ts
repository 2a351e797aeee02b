import type { WebRequest } from "./loopback-server.ts";

/**
 * Whether a state-changing request comes from the server's own pages or from a program.
 * SECURITY: any web page can post a form to loopback; browsers then name the page's origin, programs name none.
 */
export function isFromOwnPages(request: WebRequest): boolean {
  const origin = request.headers["origin"];
  if (origin === undefined) return true;
  if (typeof origin !== "string") return false;
  const parsed = URL.parse(origin);
  return parsed !== null && parsed.host === request.url.host;
}
