import { APP_SCHEME } from "./app-scheme.ts";

/** "app://bundle"; `URL.origin` says "null" for schemes it does not know. Null: no address. */
export function originOf(address: string): string | null {
  const url = URL.parse(address);
  if (url === null) {
    return null;
  }
  return url.protocol === `${APP_SCHEME}:` ? `${url.protocol}//${url.host}` : url.origin;
}
