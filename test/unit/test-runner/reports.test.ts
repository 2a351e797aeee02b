import { expect, test } from "vitest";
import { readPlaywrightReport } from "../../../tools/test-runner/playwright-report.ts";
import { counts, failureReport, stageLine } from "../../../tools/test-runner/summary.ts";
import { readVitestReport } from "../../../tools/test-runner/vitest-report.ts";

const asIs = (file: string) => file;

test("vitest's passed, failed, skipped and todo tests are counted", () => {
  const assertionResults = ["passed", "passed", "failed", "skipped", "todo"].map((status, index) => ({
    fullName: `test ${index}`,
    status,
    failureMessages: status === "failed" ? ["expected 1 to be 2"] : [],
  }));
  const text = JSON.stringify({
    testResults: [{ name: "a.test.ts", status: "failed", message: "", assertionResults }],
  });
  expect(readVitestReport(text, asIs)).toEqual({
    passed: 2,
    failed: 1,
    skipped: 2,
    failures: [{ title: "a.test.ts > test 2", detail: "expected 1 to be 2" }],
  });
});

test("a test of vitest that passed only when repeated is named", () => {
  // What vitest 5 writes for a test that failed once and passed at its retry.
  const repeated = { fullName: "servers are slow", status: "passed", failureMessages: ["AssertionError: too early"] };
  const text = JSON.stringify({ testResults: [{ name: "c.test.ts", status: "passed", assertionResults: [repeated] }] });
  expect(readVitestReport(text, asIs)).toMatchObject({
    passed: 1,
    failed: 0,
    note: "passed only when repeated: c.test.ts > servers are slow",
  });
});

test("a test file that cannot be loaded is a failure, not zero tests", () => {
  const file = { name: "b.test.ts", status: "failed", message: "SyntaxError: x", assertionResults: [] };
  const outcome = readVitestReport(JSON.stringify({ testResults: [file] }), asIs);
  expect(outcome.failed).toBe(1);
  expect(outcome.failures[0]?.detail).toBe("SyntaxError: x");
});

test("Playwright's nested suites are counted, and a flaky test is named", () => {
  const spec = (title: string, status: string, message?: string) => ({
    title,
    file: "sign.spec.ts",
    tests: [{ status, results: [{ errors: message === undefined ? [] : [{ message }] }] }],
  });
  const text = JSON.stringify({
    errors: [],
    suites: [
      {
        title: "sign.spec.ts",
        specs: [spec("one", "expected"), spec("two", "unexpected", "no dialog")],
        suites: [{ title: "refused", specs: [spec("three", "skipped"), spec("four", "flaky")] }],
      },
    ],
  });
  expect(readPlaywrightReport(text)).toEqual({
    passed: 2,
    failed: 1,
    skipped: 1,
    failures: [{ title: "sign.spec.ts > two", detail: "no dialog" }],
    note: "passed only when repeated: sign.spec.ts > refused > four",
  });
});

test("an error outside any Playwright test is a failure", () => {
  const outcome = readPlaywrightReport(JSON.stringify({ errors: [{ message: "no tests found" }], suites: [] }));
  expect(outcome.failed).toBe(1);
});

test("the last line sums over all stages and names skipped ones only when there are any", () => {
  const one = { passed: 3, failed: 1, skipped: 0, failures: [] };
  expect(counts([one, { ...one, passed: 4 }])).toBe("7 passed, 2 failed");
  expect(counts([one, { ...one, skipped: 2 }])).toBe("6 passed, 2 failed, 2 skipped");
});

test("a stage's line and the failures say which, how long and why", () => {
  const failures = [{ title: "a.test.ts > x", detail: "\u001b[32mexpected\u001b[39m\nreceived" }];
  const stage = { name: "unit", seconds: 12.34, outcome: { passed: 0, failed: 1, skipped: 0, failures } };
  expect(stageLine(stage)).toMatch(/^unit +FAILED +0 passed, 1 failed +12\.3 s$/u);
  expect(failureReport([stage])).toBe("FAILED unit: a.test.ts > x\n    expected\n    received");
});
