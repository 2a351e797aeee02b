import { stripVTControlCharacters } from "node:util";
import type { StageOutcome } from "./outcome.ts";

export interface FinishedStage {
  readonly name: string;
  readonly outcome: StageOutcome;
  readonly seconds: number;
}

const detailLines = 25;

/** One line for a finished stage. */
export function stageLine({ name, outcome, seconds }: FinishedStage): string {
  const mark = outcome.failed > 0 ? "FAILED" : "ok";
  const note = outcome.note === undefined ? "" : `  (${outcome.note})`;
  return `${name.padEnd(12)} ${mark.padEnd(7)} ${counts([outcome]).padEnd(36)} ${seconds.toFixed(1).padStart(6)} s${note}`;
}

/** Every failing test with the beginning of what it said. */
export function failureReport(stages: readonly FinishedStage[]): string {
  const entries = stages.flatMap(({ name, outcome }) =>
    outcome.failures.map(({ title, detail }) => {
      // Some tools colour their output whenever CI is set, whatever NO_COLOR says.
      const lines = stripVTControlCharacters(detail).trim().split("\n");
      const shown = lines.slice(0, detailLines).map((line) => `    ${line}`);
      const rest = lines.length > detailLines ? [`    … ${lines.length - detailLines} more lines`] : [];
      return [`FAILED ${name === title ? name : `${name}: ${title}`}`, ...shown, ...rest].join("\n");
    }),
  );
  return entries.join("\n\n");
}

/** `N passed, N failed`, and `, N skipped` when there are any. */
export function counts(outcomes: readonly StageOutcome[]): string {
  const sum = (key: "passed" | "failed" | "skipped") => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  const skipped = sum("skipped");
  return `${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
