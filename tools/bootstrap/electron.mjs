import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "./child.mjs";
import { inProject } from "./project.mjs";
import { PlainStop, say } from "./say.mjs";
import { ensureSystemPackages, needs } from "./system-packages.mjs";

/**
 * @typedef {object} ElectronChoice
 * @property {string} program the executable to start
 * @property {boolean} standIn
 * @property {NodeJS.ProcessEnv} env what children need so that `electron` (the npm package) finds the same one
 */

const electronPackage = inProject("node_modules", "electron");
const standInFolder = inProject("tools", "electron-stand-in", "dist");
const failureFile = inProject(".cache", "electron-download-failed");
const downloadLimitMilliseconds = 2 * 60_000;
const retryAfterMilliseconds = 24 * 60 * 60_000;

/**
 * Real Electron when it is there or can be fetched, else the stand-in over the system's Chromium.
 * @param {string} node a Node 24
 * @param {{mayDownload: boolean}} options the stand-in exists for Linux only, so elsewhere a download is always tried
 * @returns {Promise<ElectronChoice>}
 */
export async function ensureElectron(node, { mayDownload }) {
  const override = process.env["ELECTRON_OVERRIDE_DIST_PATH"];
  if (override !== undefined && override !== "") return chosen(path.resolve(override));
  if (isDownloaded()) return { program: executableIn(path.join(electronPackage, "dist")), standIn: false, env: {} };

  const hasStandIn = process.platform === "linux" && existsSync(path.join(standInFolder, "electron"));
  if (mayDownload || !hasStandIn) {
    const reason = await download(node, !hasStandIn);
    if (reason === undefined) {
      return { program: executableIn(path.join(electronPackage, "dist")), standIn: false, env: {} };
    }
    if (!hasStandIn) {
      throw new PlainStop(
        `Electron is not there and could not be downloaded: ${reason}\n` +
          "Without it the program cannot open on this system. Run `node node_modules/electron/install.js` where the network " +
          "allows it, or point ELECTRON_OVERRIDE_DIST_PATH at an unpacked Electron 45.",
      );
    }
  }
  say("no Electron here: using the stand-in over the system's Chromium (development only, see docs/decisions)");
  // A browser named by SEALDESK_CHROMIUM is the stand-in's own affair.
  const wanted = needs.standInElectron.filter((key) => key !== "chromium" || !process.env["SEALDESK_CHROMIUM"]);
  const missing = await ensureSystemPackages(wanted, "the stand-in for Electron");
  if (missing.includes("chromium")) {
    throw new PlainStop("Without Electron and without Chromium there is nothing to show the program in.");
  }
  return chosen(standInFolder);
}

/** @param {string} dist */
function chosen(dist) {
  const standIn = path.resolve(dist) === standInFolder;
  return { program: executableIn(dist), standIn, env: { ELECTRON_OVERRIDE_DIST_PATH: dist } };
}

/**
 * @param {string} dist
 * @param {NodeJS.Platform} [platform]
 */
export function executableIn(dist, platform = process.platform) {
  if (platform === "darwin") return path.join(dist, "Electron.app", "Contents", "MacOS", "Electron");
  return path.join(dist, platform === "win32" ? "electron.exe" : "electron");
}

function electronVersion() {
  return /** @type {{version: string}} */ (JSON.parse(readFileSync(path.join(electronPackage, "package.json"), "utf8")))
    .version;
}

function isDownloaded() {
  try {
    const version = readFileSync(path.join(electronPackage, "dist", "version"), "utf8")
      .trim()
      .replace(/^v/u, "");
    return version === electronVersion() && existsSync(executableIn(path.join(electronPackage, "dist")));
  } catch {
    return false;
  }
}

/**
 * @param {string} node
 * @param {boolean} ignoreEarlierFailure when there is nothing else to fall back on, every start tries again
 * @returns {Promise<string | undefined>} why it failed
 */
async function download(node, ignoreEarlierFailure) {
  const earlier = earlierFailure();
  if (earlier !== undefined && !ignoreEarlierFailure) return earlier;
  say(`downloading Electron ${electronVersion()} (once, about 120 MB, given up after 2 minutes)`);
  const { code, output, timedOut } = await run(node, [path.join(electronPackage, "install.js")], {
    capture: true,
    timeoutMilliseconds: downloadLimitMilliseconds,
  });
  if (code === 0 && isDownloaded()) {
    rmSync(failureFile, { force: true });
    return undefined;
  }
  const reason = timedOut ? "it took longer than 2 minutes" : firstError(output);
  mkdirSync(path.dirname(failureFile), { recursive: true });
  writeFileSync(failureFile, `${electronVersion()}\n${reason}`);
  say(`Electron could not be downloaded (${reason}); the next try is tomorrow, or after deleting .cache/`);
  return reason;
}

function earlierFailure() {
  try {
    const age = Date.now() - statSync(failureFile).mtimeMs;
    const [version, ...reason] = readFileSync(failureFile, "utf8").split("\n");
    return version === electronVersion() && age < retryAfterMilliseconds ? reason.join("\n") : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} output */
export function firstError(output) {
  const lines = output.split("\n").map((line) => line.trim());
  return lines.find((line) => /error/iu.test(line)) ?? lines.find((line) => line !== "") ?? "no reason given";
}
