import { expect, test } from "vitest";
import { LinesChoice } from "../../../../renderer/components/mark-editor/lines-choice.tsx";
import { USUAL_MARK } from "../../../../shared/mark-design.ts";
import type { EnvironmentKind } from "../../../../shared/profiles.ts";
import { appState } from "../../../harness/renderer/scenarios.ts";
import { draw } from "./draw.tsx";

const drawn = (environment: EnvironmentKind): string => {
  const app = appState();
  const info = { ...app.app, practice: environment === "sandbox", environment };
  return draw(<LinesChoice design={USUAL_MARK} onChange={() => {}} />, { ...app, app: info });
};

test.each(["sandbox", "test"] as const)("own lines cannot take away that a mark binds nobody: %s", (environment) => {
  expect(drawn(environment)).toContain("the mark always says that it is not legally binding");
});

test("a mark of production says nothing of the kind", () => {
  expect(drawn("production")).not.toContain("not legally binding");
});
