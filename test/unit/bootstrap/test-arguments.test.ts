import { expect, test } from "vitest";
import { allStages, stagesOf } from "../../../tools/bootstrap/test-arguments.mjs";

test("npm test without arguments runs every stage in order", () => {
  expect(stagesOf([])).toEqual({ stages: allStages, rest: [] });
});

test("named stages run in their usual order", () => {
  expect(stagesOf(["e2e", "lint"]).stages).toEqual(["lint", "e2e"]);
});

test("what follows the stage goes to its own tool", () => {
  const expected = { stages: ["unit"], rest: ["test/unit/pdf", "-t", "unit"] };
  expect(stagesOf(["unit", "test/unit/pdf", "-t", "unit"])).toEqual(expected);
  expect(stagesOf(["unit", "--", "test/unit/pdf", "-t", "unit"])).toEqual(expected);
});

test("a path alone picks the stage by its folder, on Windows too", () => {
  expect(stagesOf(["test/interop/pdfsig.test.ts"]).stages).toEqual(["interop"]);
  expect(stagesOf(["./test/unit/pdf"]).stages).toEqual(["unit"]);
  expect(stagesOf(["test\\unit\\pdf"]).stages).toEqual(["unit"]);
});
