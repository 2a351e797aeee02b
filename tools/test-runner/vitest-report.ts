import { z } from "zod";
import type { StageOutcome, TestFailure } from "./outcome.ts";

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

/**
 * Counts the tests of vitest's JSON report. A file that could not even be loaded holds no tests and counts as one failure.
 * A test that passed only when repeated counts as passed and is named.
 * @param text the report
 * @param shorten turns an absolute file name into one for people
 */
export function readVitestReport(text: string, shorten: (file: string) => string): StageOutcome {
  const files = report.parse(JSON.parse(text)).testResults;
  const tests = files.flatMap((file) => file.assertionResults.map((test) => ({ file: shorten(file.name), test })));
  const count = (...statuses: readonly string[]) => tests.filter(({ test }) => statuses.includes(test.status)).length;

  const failures: TestFailure[] = tests
    .filter(({ test }) => test.status === "failed")
    .map(({ file, test }) => ({
      title: `${file} > ${test.fullName.trim()}`,
      detail: (test.failureMessages ?? []).join("\n"),
    }));
  const unloaded = files.filter(
    (file) => file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  );
  for (const file of unloaded) failures.push({ title: shorten(file.name), detail: file.message ?? "" });

  // The messages of a test that passed are those of its first try.
  const repeated = tests
    .filter(({ test }) => test.status === "passed" && (test.failureMessages ?? []).length > 0)
    .map(({ file, test }) => `${file} > ${test.fullName.trim()}`);
  return {
    passed: count("passed"),
    failed: failures.length,
    skipped: count("skipped", "pending", "todo", "disabled"),
    failures,
    ...(repeated.length > 0 ? { note: `passed only when repeated: ${repeated.join("; ")}` } : {}),
  };
}
