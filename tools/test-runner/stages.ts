import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { StageName } from "../bootstrap/test-arguments.mjs";
import { findProgram } from "./find-program.ts";
import { failedStage, nothingRan, singleCheck, skippedStage } from "./outcome.ts";
import type { StageOutcome } from "./outcome.ts";
import { bringOutsideJudges } from "./outside-judges.ts";
import { readPlaywrightReport } from "./playwright-report.ts";
import { runProgram } from "./run-program.ts";
import type { ProgramResult } from "./run-program.ts";
import { openDisplay } from "./virtual-display.ts";
import { readVitestReport } from "./vitest-report.ts";

export interface StageContext {
  /** The folder of package.json. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** Arguments for the stage's own tool. */
  readonly rest: readonly string[];
  /** Whether the tool's output goes to the terminal as it comes. */
  readonly live: boolean;
}

const minute = 60_000;

export function runStage(name: StageName, context: StageContext): Promise<StageOutcome> {
  switch (name) {
    case "format":
      return check("format", ["oxfmt", "bin", "oxfmt"], ["--check", ...orAll(context.rest)], context);
    case "lint":
      return check("lint", ["oxlint", "bin", "oxlint"], ["--deny-warnings", ...orAll(context.rest)], context);
    case "types":
      return check("types", ["typescript", "bin", "tsc"], ["-b", ...context.rest], context);
    case "unit":
      return vitest("unit", [], 20 * minute, context);
    case "integration":
      return vitest("integration", keyringSession(context), 40 * minute, context);
    case "interop":
      return interop(context);
    case "e2e":
      return e2e(context);
  }
}

function orAll(rest: readonly string[]): readonly string[] {
  return rest.length > 0 ? rest : ["."];
}

/** A check that passes or not, as a whole. */
async function check(
  name: StageName,
  tool: readonly string[],
  args: readonly string[],
  context: StageContext,
): Promise<StageOutcome> {
  const result = await runTool([path.join(context.root, "node_modules", ...tool), ...args], 10 * minute, context);
  return singleCheck(name, result.timedOut ? 1 : result.code, result.output);
}

async function interop(context: StageContext): Promise<StageOutcome> {
  const missing = ["pdfsig", "mutool", "qpdf", "openssl"].filter((name) => findProgram(name) === undefined);
  if (missing.length > 0) return skippedStage(`the other validators are not installed (${missing.join(", ")})`);
  const judges = await bringOutsideJudges(context.root, context.env);
  const outcome = await vitest("interop", [], 20 * minute, { ...context, env: { ...context.env, ...judges.env } });
  const note = [...judges.notes, ...(outcome.note === undefined ? [] : [outcome.note])].join("; ");
  return note === "" ? outcome : { ...outcome, note };
}

async function vitest(
  name: "unit" | "integration" | "interop",
  wrapper: readonly string[],
  timeoutMilliseconds: number,
  context: StageContext,
): Promise<StageOutcome> {
  if (globSync(`test/${name}/**/*.test.{ts,tsx}`, { cwd: context.root }).length === 0)
    return nothingRan("no tests yet");
  const reportFile = freshFile(context, `${name}.json`);
  const tool = path.join(context.root, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  const args = [tool, "run", "-c", "build/vitest.config.ts", "--project", name, ...reporters, ...context.rest];
  const result = await runTool(args, timeoutMilliseconds, context, wrapper);
  const shorten = (file: string) => path.relative(context.root, file).replaceAll("\\", "/");
  return judge(name, result, reportFile, (text) => readVitestReport(text, shorten), context);
}

async function e2e(context: StageContext): Promise<StageOutcome> {
  const impossible = context.env["SEALDESK_E2E_IMPOSSIBLE"];
  if (impossible !== undefined) return failedStage("e2e", impossible);
  if (globSync("test/e2e/**/*.spec.ts", { cwd: context.root }).length === 0) return nothingRan("no tests yet");

  const display = await openDisplay(context.env, process.platform);
  try {
    const reportFile = freshFile(context, "e2e.json");
    // Playwright sets FORCE_COLOR for its workers by itself, and Node then complains about NO_COLOR.
    const { NO_COLOR: plain, ...own } = context.env;
    const colours = plain === undefined ? {} : { FORCE_COLOR: "0" };
    const env = { ...own, ...colours, ...display.env, PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile };
    const tool = path.join(context.root, "node_modules", "@playwright", "test", "cli.js");
    const args = [tool, "test", "-c", "build/playwright.config.ts", "--reporter=list,json", ...context.rest];
    const result = await runTool(args, 40 * minute, { ...context, env }, keyringSession(context));
    const outcome = judge("e2e", result, reportFile, readPlaywrightReport, context);
    const note = [display.note, outcome.note].filter((part) => part !== undefined).join("; ");
    return note === "" ? outcome : { ...outcome, note };
  } finally {
    display.end();
  }
}

/** What to put before a command so that it finds an unlocked keychain; nothing where that cannot be had. */
function keyringSession(context: StageContext): readonly string[] {
  const needed = ["dbus-run-session", "gnome-keyring-daemon", "dbus-send"];
  if (process.platform !== "linux" || needed.some((name) => findProgram(name) === undefined)) return [];
  const script = path.join(context.root, "tools", "test-runner", "keyring-session.ts");
  return ["dbus-run-session", "--", process.execPath, script];
}

async function runTool(
  args: readonly string[],
  timeoutMilliseconds: number,
  { root, env, live }: StageContext,
  wrapper: readonly string[] = [],
): Promise<ProgramResult> {
  const [program = process.execPath, ...rest] = [...wrapper, process.execPath, ...args];
  return runProgram(program, rest, { cwd: root, env, timeoutMilliseconds, live });
}

/** Reads the report; a tool that failed without telling which test, or that ran none, has failed all the same. */
function judge(
  name: StageName,
  result: ProgramResult,
  reportFile: string,
  read: (text: string) => StageOutcome,
  context: StageContext,
): StageOutcome {
  writeFileSync(freshFile(context, `${name}.log`), result.output);
  const tail = result.output.trim().split("\n").slice(-40).join("\n");
  if (result.timedOut) return failedStage(`${name} took too long and was ended`, tail);
  if (!existsSync(reportFile)) return failedStage(`${name} left no report`, tail);
  const outcome = read(readFileSync(reportFile, "utf8"));
  if (outcome.passed + outcome.failed + outcome.skipped === 0) return failedStage(`${name} ran no test`, tail);
  if (result.code === 0 || outcome.failed > 0) return outcome;
  const failure = { title: `${name} ended with status ${result.code} though no test failed`, detail: tail };
  return { ...outcome, failed: 1, failures: [failure] };
}

function freshFile(context: StageContext, name: string): string {
  const folder = path.join(context.root, ".cache", "test-results");
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  rmSync(file, { force: true });
  return file;
}
