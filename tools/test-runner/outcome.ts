/** What one stage of `npm test` came to. */
export interface StageOutcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly TestFailure[];
  /** Said beside the stage's line, such as why something was skipped. */
  readonly note?: string;
}

export interface TestFailure {
  /** File and title, as the developer would look for it. */
  readonly title: string;
  readonly detail: string;
}

export function nothingRan(note: string): StageOutcome {
  return { passed: 0, failed: 0, skipped: 0, failures: [], note };
}

export function skippedStage(reason: string): StageOutcome {
  return { passed: 0, failed: 0, skipped: 1, failures: [], note: `skipped: ${reason}` };
}

export function failedStage(title: string, detail: string): StageOutcome {
  return { passed: 0, failed: 1, skipped: 0, failures: [{ title, detail }] };
}

/** For checks that are one thing: format, lint, types. */
export function singleCheck(title: string, exitCode: number, output: string): StageOutcome {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0, failures: [] } : failedStage(title, output.trim());
}
