import type { WebRequest } from "./loopback-server.ts";

/** Whether the request comes with this user and password (RFC 7617, UTF-8). */
export function hasBasicAuth(
  { headers }: WebRequest,
  { user, password }: { readonly user: string; readonly password: string },
): boolean {
  return headers["authorization"] === `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`;
}
