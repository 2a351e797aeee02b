// npm test: runs the stages in order, all of them even when one fails, and ends with one line of counts.
import path from "node:path";
import { stagesOf } from "../bootstrap/test-arguments.mjs";
import type { StageName } from "../bootstrap/test-arguments.mjs";
import { failedStage } from "./outcome.ts";
import { endAllPrograms } from "./run-program.ts";
import { runStage } from "./stages.ts";
import type { StageContext } from "./stages.ts";
import { counts, failureReport, stageLine } from "./summary.ts";
import type { FinishedStage } from "./summary.ts";

/** Short, and each leaves a core for the others; the rest measure time or use both cores themselves. */
const together: readonly StageName[] = ["format", "lint", "types"];

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    endAllPrograms();
    process.exitCode = 130;
    setTimeout(() => process.exit(130), 5000).unref();
  });
}

const { stages, rest } = stagesOf(process.argv.slice(2));
const context: StageContext = {
  root: path.resolve(import.meta.dirname, "..", ".."),
  env: testEnvironment(process.env, stages.length === 1 && process.stdout.isTTY),
  rest,
  live: stages.length === 1,
};

const finished: FinishedStage[] = [];
finished.push(...(await Promise.all(stages.filter((name) => together.includes(name)).map(timed))));
for (const name of stages.filter((stage) => !together.includes(stage))) {
  if (process.exitCode === 130) break;
  finished.push(await timed(name));
}

const report = failureReport(finished);
if (report !== "" && !context.live) process.stdout.write(`\n${report}\n`);
const outcomes = finished.map(({ outcome }) => outcome);
process.stdout.write(`\n${counts(outcomes)}\n`);
process.exitCode ||= outcomes.some(({ failed }) => failed > 0) ? 1 : 0;

/** Colours only for a person who watches: in a log they are noise. */
function testEnvironment(env: NodeJS.ProcessEnv, colours: boolean): NodeJS.ProcessEnv {
  const { FORCE_COLOR: forced, ...others } = env;
  return { ...others, NODE_ENV: "test", ...(colours ? { FORCE_COLOR: forced ?? "1" } : { NO_COLOR: "1" }) };
}

async function timed(name: StageName): Promise<FinishedStage> {
  const before = performance.now();
  const outcome = await runStage(name, context).catch((error: unknown) =>
    failedStage(name, error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  const stage = { name, outcome, seconds: (performance.now() - before) / 1000 };
  process.stdout.write(`${stageLine(stage)}\n`);
  return stage;
}
