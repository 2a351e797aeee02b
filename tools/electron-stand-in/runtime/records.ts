/**
 * What the app asked the desktop for. Nothing leaves the process when headless; tests and people can look here:
 * `globalThis.__electronStandIn`.
 */
export interface Records {
  readonly opened: string[];
  readonly notifications: { readonly title: string; readonly body: string }[];
  /** Addresses of requests and targets that were refused. */
  readonly blocked: string[];
  /** Chromium's process id, once it runs. */
  chromium: number | undefined;
}

export const records: Records = { opened: [], notifications: [], blocked: [], chromium: undefined };

Object.defineProperty(globalThis, "__electronStandIn", { value: records });
