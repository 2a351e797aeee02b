import { existsSync } from "node:fs";
import path from "node:path";
import { build, ensureBuilt } from "./build-stamp.mjs";
import { run } from "./child.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { ensureElectron } from "./electron.mjs";
import { ensureNode } from "./node-runtime.mjs";
import { callersFolder, inProject, projectRoot } from "./project.mjs";
import { PlainStop, say } from "./say.mjs";
import { ensureSystemPackages, needs } from "./system-packages.mjs";

/**
 * @typedef {(node: string, args: readonly string[]) => Promise<number>} Command its exit status
 * @type {Readonly<Record<string, Command>>}
 */
const commands = { start, demo, sealdesk, build: buildCommand, test, format, fuzz, faults, bench };

/**
 * @param {string | undefined} name
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit status
 */
export async function runCommand(name, args) {
  const command = name === undefined || !Object.hasOwn(commands, name) ? undefined : commands[name];
  if (command === undefined) {
    throw new PlainStop(
      `Unknown command ${JSON.stringify(name ?? "")}. There are: ${Object.keys(commands).join(", ")}.`,
      2,
    );
  }
  const node = await ensureNode();
  await ensureDependencies(node);
  return command(node, args);
}

/** @type {Command} */
async function start(node, args) {
  if (!hasDisplay(process.env, process.platform)) {
    say("no display here: playing the main job without one (the same as `npm run demo`)");
    return demo(node, []);
  }
  await ensureBuilt(node);
  const electron = await ensureElectron(node, { mayDownload: true });
  // Chromium's sandbox refuses to run as root; without this switch real Electron would stop at once.
  const asRoot = process.getuid?.() === 0 && !electron.standIn ? ["--no-sandbox"] : [];
  const folder = callersFolder(process.env, process.cwd());
  // Electron takes its own debugging switches only before the program's folder.
  const debugging = args.filter(isDebuggingSwitch);
  const own = withAbsoluteFiles(
    args.filter((arg) => !isDebuggingSwitch(arg)),
    folder,
  );
  const { code } = await run(electron.program, [...asRoot, ...debugging, ".", ...own], {
    cwd: projectRoot,
    env: childEnvironment(node, electron.env),
  });
  return code;
}

/** @type {Command} */
async function demo(node, args) {
  await ensureBuilt(node);
  const electron = await ensureElectron(node, { mayDownload: false });
  return runScript(node, "tools/demo/run.ts", args, { cwd: projectRoot, env: electron.env });
}

/** @type {Command} */
async function sealdesk(node, args) {
  const env = { NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? inProject(".cache", "node-compile") };
  return runScript(node, "cli/main.ts", args, { cwd: callersFolder(process.env, process.cwd()), env });
}

/** @type {Command} */
async function buildCommand(node, args) {
  await build(node, args);
  return 0;
}

/** @type {Command} */
async function bench(node, args) {
  return runScript(node, "bench/run.ts", args, { cwd: projectRoot, env: {} });
}

/** @type {Command} */
async function faults(node, args) {
  return runScript(node, "test/faults/run.ts", args, { cwd: projectRoot, env: {} });
}

/** @type {Command} */
async function fuzz(node, args) {
  return runScript(node, "test/fuzz/run.ts", args, { cwd: projectRoot, env: {} });
}

/** @type {Command} */
async function format(node, args) {
  const { code } = await run(node, [inProject("node_modules", "oxfmt", "bin", "oxfmt"), ...args], { cwd: projectRoot });
  return code;
}

/** @type {Command} */
async function test(node, args) {
  const { stagesOf } = await import("./test-arguments.mjs");
  const { stages } = stagesOf(args);
  /** @type {NodeJS.ProcessEnv} */
  let env = {};
  const wanted = [
    ...(stages.includes("integration") ? needs.integration : []),
    ...(stages.includes("e2e") ? needs.e2e : []),
    ...(stages.includes("interop") ? needs.interop : []),
  ];
  // What is missing makes its tests fail or skip with a reason; the others still run.
  await ensureSystemPackages(wanted, "the tests");
  if (stages.includes("e2e")) {
    try {
      await ensureBuilt(node);
      env = (await ensureElectron(node, { mayDownload: false })).env;
    } catch (error) {
      if (!(error instanceof PlainStop)) throw error;
      env = { SEALDESK_E2E_IMPOSSIBLE: error.message };
    }
  }
  return runScript(node, "tools/test-runner/main.ts", args, { cwd: projectRoot, env });
}

/**
 * @param {string} node
 * @param {string} script
 * @param {readonly string[]} args
 * @param {{cwd: string, env: NodeJS.ProcessEnv}} options
 */
async function runScript(node, script, args, { cwd, env }) {
  const file = inProject(...script.split("/"));
  if (!existsSync(file)) throw new PlainStop(`${script} is not there yet.`);
  const { code } = await run(node, ["--disable-warning=ExperimentalWarning", file, ...args], {
    cwd,
    env: childEnvironment(node, env),
  });
  return code;
}

/**
 * @param {string} node
 * @param {NodeJS.ProcessEnv} more
 * @returns {NodeJS.ProcessEnv}
 */
function childEnvironment(node, more) {
  // Windows spells it Path; process.env there finds either, a copy does not.
  const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const folders = [path.dirname(node), process.env[pathName]].filter((part) => part !== undefined && part !== "");
  return { ...process.env, [pathName]: folders.join(path.delimiter), SEALDESK_NODE: node, ...more };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
export function hasDisplay(env, platform) {
  if (platform !== "linux") return true;
  return (env["DISPLAY"] ?? "") !== "" || (env["WAYLAND_DISPLAY"] ?? "") !== "";
}

/** @param {string} arg */
function isDebuggingSwitch(arg) {
  return /^--(inspect|remote-debugging-port)/u.test(arg);
}

/**
 * The program runs in the project's folder, the files were named in the caller's.
 * @param {readonly string[]} args
 * @param {string} folder
 */
export function withAbsoluteFiles(args, folder) {
  return args.map((arg) => {
    const full = path.resolve(folder, arg);
    return !arg.startsWith("-") && existsSync(full) ? full : arg;
  });
}
