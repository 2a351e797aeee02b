import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hasDisplay, withAbsoluteFiles } from "../../../tools/bootstrap/commands.mjs";
import { callersFolder, projectRoot } from "../../../tools/bootstrap/project.mjs";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sealdesk-commands-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("files named on the command line are found from the caller's folder, switches stay as they are", () => {
  writeFileSync(path.join(folder, "côntract 1.pdf"), "");
  expect(withAbsoluteFiles(["côntract 1.pdf", "--lang=nl", "missing.pdf"], folder)).toEqual([
    path.join(folder, "côntract 1.pdf"),
    "--lang=nl",
    "missing.pdf",
  ]);
});

test("a display is asked for on Linux only, and an empty variable is none", () => {
  expect(hasDisplay({}, "linux")).toBe(false);
  expect(hasDisplay({ DISPLAY: "" }, "linux")).toBe(false);
  expect(hasDisplay({ DISPLAY: ":0" }, "linux")).toBe(true);
  expect(hasDisplay({ WAYLAND_DISPLAY: "wayland-0" }, "linux")).toBe(true);
  expect(hasDisplay({}, "win32")).toBe(true);
  expect(hasDisplay({}, "darwin")).toBe(true);
});

test("the caller's folder is npm's INIT_CWD when npm started us in the project", () => {
  const env = { INIT_CWD: folder, npm_lifecycle_script: "node tools/bootstrap/run.mjs sealdesk" };
  expect(callersFolder(env, projectRoot)).toBe(folder);
});

test("an INIT_CWD left over from an outer npm is not believed", () => {
  const env = { INIT_CWD: folder, npm_lifecycle_script: "vitest run" };
  expect(callersFolder(env, projectRoot)).toBe(projectRoot);
  const outer = { INIT_CWD: folder, npm_lifecycle_script: "node tools/bootstrap/run.mjs test" };
  expect(callersFolder(outer, tmpdir())).toBe(tmpdir());
});
