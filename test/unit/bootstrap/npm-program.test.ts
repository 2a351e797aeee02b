import path from "node:path";
import { expect, test } from "vitest";
import { findNpm } from "../../../tools/bootstrap/npm-program.mjs";

const at =
  (...files: readonly string[]) =>
  (file: string) =>
    files.includes(file);

test("the npm that started us is used", () => {
  const npm = path.join("/opt/npm/bin", "npm-cli.js");
  expect(findNpm({ npm_execpath: npm }, "/usr/bin/node", at(npm))).toBe(npm);
});

test("another package manager's path is not taken for npm", () => {
  const npm = path.join("/usr/lib/node_modules/npm/bin/npm-cli.js");
  const env = { npm_execpath: "/opt/yarn/bin/yarn.js" };
  expect(findNpm(env, "/usr/bin/node", at("/opt/yarn/bin/yarn.js", npm))).toBe(npm);
});

test("npm is found beside node as the official archives have it, and as Debian has it", () => {
  const archive = path.join("/opt/node/lib/node_modules/npm/bin/npm-cli.js");
  expect(findNpm({}, "/opt/node/bin/node", at(archive))).toBe(archive);
  const debian = path.join("/usr/share/nodejs/npm/bin/npm-cli.js");
  expect(findNpm({}, "/usr/bin/node", at(debian))).toBe(debian);
});

test("without npm anywhere there is no answer", () => {
  expect(findNpm({}, "/usr/bin/node", () => false)).toBeUndefined();
});
