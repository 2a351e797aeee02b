import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { chromiumArguments } from "../chromium/arguments.ts";
import { findChromium, wantsHeadless } from "../chromium/find-chromium.ts";
import { launchChromium } from "../chromium/launch.ts";
import { makeProfile, removeProfile, removeStaleProfiles, waitForFreeProfile } from "../chromium/profile.ts";
import type { TargetInfo } from "../cdp/protocol.ts";
import { watchDownloads } from "../network/downloads.ts";
import { interceptRequests } from "../network/interception.ts";
import { watchLogins } from "../network/logins.ts";
import { routeRequest } from "../network/request-router.ts";
import { browser, setBrowser } from "../runtime/browser.ts";
import { launchState } from "../runtime/launch-state.ts";
import { records } from "../runtime/records.ts";
import { shutDown } from "../runtime/shut-down.ts";
import { watchTargets } from "../runtime/targets.ts";
import { app } from "./app.ts";
import { BrowserWindow } from "./browser-window.ts";
import { session } from "./session.ts";

const DEBUG = process.env["SEALDESK_STANDIN_DEBUG"] === "1";
const PROFILE_PATIENCE_MILLISECONDS = 10_000;

/** Starts Chromium, joins it to the app's events and makes the app ready. Does nothing when the app is already ending. */
export async function startApp(): Promise<void> {
  if (app.quitting) return;
  await startChromium();
  if (app.quitting) return app.exit(0);
  const { connection, chromium } = browser();
  connection.root.on("Fetch.requestPaused", (paused) => void routeRequest(paused));
  connection.root.on("Target.targetInfoChanged", ({ targetInfo }) => titleChanged(targetInfo));
  watchDownloads();
  watchLogins();
  const { product } = await connection.root.send<{ product: string }>("Browser.getVersion");
  Object.defineProperty(process.versions, "chrome", { value: product.split("/")[1], enumerable: true });
  await interceptRequests();
  await session.defaultSession.contextId();
  await watchTargets();
  if (launchState.switches.has("remote-debugging-port"))
    process.stderr.write(`\nDevTools listening on ${await chromium.debuggerAddress}\n`);
  app.becomeReady();
}

async function startChromium(): Promise<void> {
  const surroundings = { platform: process.platform, env: process.env, exists: existsSync };
  const executable = findChromium(surroundings);
  if (executable === undefined)
    throw new Error("electron stand-in: no Chromium was found; install chromium or set SEALDESK_CHROMIUM");
  const headless = wantsHeadless(surroundings);
  const temp = tmpdir();
  removeStaleProfiles(temp);
  const profile = makeProfile(temp, launchState.switches.get("user-data-dir") || undefined);
  await waitForFreeProfile(profile.path, PROFILE_PATIENCE_MILLISECONDS);
  const root = process.getuid?.() === 0;
  const args = chromiumArguments({
    profile: profile.path,
    headless,
    root,
    appName: app.name,
    switches: launchState.switches,
  });
  const chromium = launchChromium(executable, args, onChromiumGone, DEBUG);
  setBrowser({ chromium, connection: chromium.connection, profile, headless });
  records.chromium = chromium.process.pid;
  process.once("exit", () => {
    // Also after an uncaught exception: no Chromium may outlive its main process.
    chromium.process.kill("SIGKILL");
    removeProfile(profile);
  });
}

/** Chromium ended by itself: nothing can go on, and the person should see why. */
function onChromiumGone(): void {
  if (app.quitting) return;
  app.quitting = true;
  console.error(`electron stand-in: Chromium has gone\n${browser().chromium.lastWords().slice(-2_000)}`);
  // The pipe closes a moment before Chromium's last process lets go of its profile.
  void shutDown().finally(() => process.exit(1));
}

function titleChanged({ targetId, title, url }: TargetInfo): void {
  const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.targetId === targetId);
  // Before a page has a title, Chromium reports its address as one.
  if (window === undefined || title === "" || title === url || url.endsWith(title)) return;
  if (window.webContents.title !== title) window.pageTitleUpdated(title);
}
