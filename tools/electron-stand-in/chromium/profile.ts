import { existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
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
    if (!isProcessAlive(pid)) removeProfile({ path: join(temp, name), temporary: true });
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
    if (pid === undefined || !isProcessAlive(pid)) return removeSocketFolder(path);
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

/** The folder of Chromium's own instance socket is outside the profile, and stays when Chromium is killed. */
function removeSocketFolder(path: string): void {
  try {
    const folder = dirname(readlinkSync(join(path, "SingletonSocket")));
    if (/^(org\.chromium\.Chromium|com\.google\.Chrome)\./.test(basename(folder)))
      rmSync(folder, { recursive: true, force: true });
  } catch {
    // Chromium has ended in order and has taken the link away.
  }
}

/** Removes what Chromium leaves behind; a temporary profile as a whole. Its last helper may still be writing: retries. */
export function removeProfile(profile: Profile): void {
  removeSocketFolder(profile.path);
  if (profile.temporary) rmSync(profile.path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
