import { existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isProcessAlive } from "./process-alive.ts";

const PREFIX = "sealdesk-electron-stand-in-";

/** A Chromium profile folder. `temporary` ones are removed at the end. */
export interface Profile {
  readonly path: string;
  readonly temporary: boolean;
}

/** Preferences that keep Chromium off the network; prediction would look up the host of a link before we see it. */
const PREFERENCES = {
  net: { network_prediction_options: 2 },
  credentials_enable_service: false,
  profile: { password_manager_enabled: false },
  translate: { enabled: false },
  autofill: { profile_enabled: false, credit_card_enabled: false },
  safebrowsing: { enabled: false },
  alternate_error_pages: { enabled: false },
  search: { suggest_enabled: false },
  spellcheck: { use_spelling_service: false },
};

/** Removes the temporary profiles of runs that were killed: their folder's name carries the process id. */
export function removeStaleProfiles(temp: string): void {
  for (const name of readdirSync(temp)) {
    if (!name.startsWith(PREFIX)) continue;
    const pid = Number(name.slice(PREFIX.length).split("-")[0]);
    if (!isProcessAlive(pid)) rmSync(join(temp, name), { recursive: true, force: true });
  }
}

/**
 * Makes the profile of this run: inside `userData` when the command line names one (it then survives, as in Electron),
 * else a temporary folder.
 */
export function makeProfile(temp: string, userData: string | undefined): Profile {
  const path =
    userData === undefined ? mkdtempSync(join(temp, `${PREFIX}${process.pid}-`)) : join(userData, "stand-in-chromium");
  const preferences = join(path, "Default", "Preferences");
  mkdirSync(join(path, "Default"), { recursive: true });
  if (!existsSync(preferences)) writeFileSync(preferences, JSON.stringify(PREFERENCES));
  return { path, temporary: userData === undefined };
}

/**
 * Waits until no Chromium uses the profile. After a kill the old one needs a moment to end, and a new one started too
 * early would hand its window over to it.
 */
export async function waitForFreeProfile(path: string, milliseconds: number): Promise<void> {
  const lock = join(path, "SingletonLock");
  for (let waited = 0; waited < milliseconds; waited += 50) {
    const pid = lockHolder(lock);
    if (pid === undefined || !isProcessAlive(pid)) return;
    await delay(50);
  }
  throw new Error(`electron stand-in: another Chromium still uses ${path}`);
}

/** Chromium's lock is a link to `host-pid`. */
function lockHolder(lock: string): number | undefined {
  try {
    return Number(readlinkSync(lock).split("-").at(-1));
  } catch {
    return undefined;
  }
}

/** Removes a temporary profile; Chromium's last helper may still be writing, hence the retries. */
export function removeProfile(profile: Profile): void {
  if (profile.temporary) rmSync(profile.path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
