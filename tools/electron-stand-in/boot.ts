import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { app } from "./api/app.ts";
import { startApp } from "./api/start.ts";
import { quitOnSignals } from "./end-signals.ts";
import { parseCommandLine } from "./command-line.ts";
import { launchState } from "./runtime/launch-state.ts";
import type { LaunchState } from "./runtime/launch-state.ts";

// What the Electron executable does with its command line: find the app, run its main script, then become ready.
const STAND_IN_FOR = "45.4.1";

function findRoot(target: string): string {
  if (statSync(target).isDirectory()) return target;
  for (let folder = dirname(target); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json")) || folder === dirname(folder)) return folder;
  }
}

function readManifest(root: string): LaunchState["manifest"] & { readonly main?: string } {
  const file = join(root, "package.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as LaunchState["manifest"]) : {};
}

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  const commandLine = parseCommandLine(argv);
  const target = resolve(commandLine.target);
  if (!existsSync(target)) throw new Error(`Unable to find Electron app at ${target}`);
  const root = findRoot(target);
  const manifest = readManifest(root);
  const script = statSync(target).isDirectory() ? resolve(root, manifest.main ?? "index.js") : target;

  launchState.root = root;
  launchState.manifest = manifest;
  for (const [name, value] of commandLine.switches) launchState.switches.set(name, value);
  process.argv = [fileURLToPath(new URL("./dist/electron", import.meta.url)), ...argv];
  Object.defineProperty(process.versions, "electron", { value: STAND_IN_FOR, enumerable: true });
  Object.assign(process, { type: "browser", defaultApp: true });
  quitOnSignals();

  const require = createRequire(join(root, "package.json"));
  for (const preload of commandLine.preloads) require(resolve(preload));
  await import(pathToFileURL(script).href);
  // Electron, too, becomes ready only when the main script has run, its top-level awaits included.
  await startApp();
}

main().catch((error: unknown) => {
  // Chromium has gone in the middle of the start: that is being reported and cleaned up already.
  if (app.quitting) return;
  // What the stand-in itself has to say is for people; a stack is for errors of the app.
  const own = error instanceof Error && error.message.startsWith("electron stand-in: no Chromium");
  console.error(own ? error.message : error);
  process.exit(1);
});
