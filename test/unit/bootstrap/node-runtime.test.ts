import { expect, test } from "vitest";
import { isNodeGoodEnough, nodePackages } from "../../../tools/bootstrap/node-runtime.mjs";

test.each(["24.15.0", "24.21.0", "24.22.1"])("Node %s is used as it is", (version) => {
  expect(isNodeGoodEnough(version)).toBe(true);
});

test.each(["16.20.2", "20.20.2", "22.22.0", "24.14.1", "25.0.0", "26.12.0"])("Node %s is replaced", (version) => {
  expect(isNodeGoodEnough(version)).toBe(false);
});

test("every Node that would be fetched is itself good enough", () => {
  for (const [, version] of Object.values(nodePackages)) expect(isNodeGoodEnough(version)).toBe(true);
});
