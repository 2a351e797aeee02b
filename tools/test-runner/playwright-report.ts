import { z } from "zod";
import type { StageOutcome, TestFailure } from "./outcome.ts";

const problem = z.object({ message: z.string().optional(), stack: z.string().optional() });

const spec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(z.object({ status: z.string(), results: z.array(z.object({ errors: z.array(problem).optional() })) })),
});

interface Suite {
  readonly title: string;
  readonly specs: readonly z.infer<typeof spec>[];
  readonly suites?: readonly Suite[] | undefined;
}

const suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({ title: z.string(), specs: z.array(spec), suites: z.array(suite).optional() }),
);

const report = z.object({ suites: z.array(suite), errors: z.array(problem).optional() });

/** Counts the tests of Playwright's JSON report. A test that passed only when repeated counts as passed and is named. */
export function readPlaywrightReport(text: string): StageOutcome {
  const { suites, errors = [] } = report.parse(JSON.parse(text));
  const tests = suites.flatMap((top) => testsOf(top, []));
  const count = (...statuses: readonly string[]) => tests.filter(({ status }) => statuses.includes(status)).length;
  const flaky = tests.filter(({ status }) => status === "flaky");

  const failures: TestFailure[] = [
    ...tests.filter(({ status }) => status === "unexpected").map(({ title, detail }) => ({ title, detail })),
    ...errors.map(({ message, stack }) => ({ title: "before any test", detail: message ?? stack ?? "" })),
  ];
  return {
    passed: count("expected", "flaky"),
    failed: failures.length,
    skipped: count("skipped"),
    failures,
    ...(flaky.length > 0 ? { note: `passed only when repeated: ${flaky.map(({ title }) => title).join("; ")}` } : {}),
  };
}

interface FlatTest {
  readonly title: string;
  readonly status: string;
  readonly detail: string;
}

function testsOf(top: Suite, above: readonly string[]): readonly FlatTest[] {
  const here = [...above, top.title].filter((title) => title !== "");
  const own = top.specs.flatMap(({ title, tests }) =>
    tests.map(({ status, results }) => ({
      title: [...here, title].join(" > "),
      status,
      detail: (results.at(-1)?.errors ?? []).map(({ message, stack }) => message ?? stack ?? "").join("\n"),
    })),
  );
  return [...own, ...(top.suites ?? []).flatMap((inner) => testsOf(inner, here))];
}
