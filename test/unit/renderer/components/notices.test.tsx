import { expect, test } from "vitest";
import { Notices } from "../../../../renderer/components/app/notices.tsx";
import { ProblemBar } from "../../../../renderer/components/failure/problem-bar.tsx";
import { appState } from "../../../harness/renderer/scenarios.ts";
import { draw } from "./draw.tsx";

const problem = { code: "output.disk-full" } as const;

test("what went wrong is said in the window, and within the dialogs that cover it instead", () => {
  const shown = (view: Parameters<typeof draw>[2]): boolean => draw(<Notices />, appState(), view).includes("alert");
  expect(shown({ problem })).toBe(true);
  expect(shown({ problem, diagnostics: true })).toBe(false);
  expect(shown({ problem, settings: { provider: null } })).toBe(false);
  expect(draw(<ProblemBar />, appState(), { problem, diagnostics: true })).toContain('role="alert"');
});
