import type { CdpConnection } from "../cdp/connection.ts";
import type { Chromium } from "../chromium/launch.ts";
import type { Profile } from "../chromium/profile.ts";

/** The running Chromium. */
export interface Browser {
  readonly chromium: Chromium;
  readonly connection: CdpConnection;
  readonly profile: Profile;
  readonly headless: boolean;
}

let running: Browser | undefined;

/** Called once, when Chromium has started. */
export function setBrowser(started: Browser): void {
  running = started;
}

/** The running Chromium, or undefined before the app is ready. */
export function startedBrowser(): Browser | undefined {
  return running;
}

/** The running Chromium. Throws before the app is ready, as Electron's members do. */
export function browser(): Browser {
  if (running === undefined) throw new Error("electron stand-in: this cannot be used before the app is ready");
  return running;
}
