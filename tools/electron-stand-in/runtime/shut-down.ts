import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { removeProfile } from "../chromium/profile.ts";
import { startedBrowser } from "./browser.ts";

const PATIENCE_MILLISECONDS = 3_000;

/** Closes Chromium, waits for its end (at most three seconds, then kills it) and removes a temporary profile. */
export async function shutDown(): Promise<void> {
  const browser = startedBrowser();
  if (browser === undefined) return;
  const child = browser.chromium.process;
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, "exit");
    browser.connection.root.send("Browser.close").catch(() => {});
    await Promise.race([ended, delay(PATIENCE_MILLISECONDS)]);
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await ended;
    }
  }
  removeProfile(browser.profile);
}
