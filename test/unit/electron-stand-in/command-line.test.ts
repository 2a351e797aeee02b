import { expect, test } from "vitest";
import { parseCommandLine } from "../../../tools/electron-stand-in/command-line.ts";

test("the first word that is no switch is the app; the rest is the app's", () => {
  const line = parseCommandLine([".", "--user-data-dir=/u", "file.pdf"]);
  expect(line.target).toBe(".");
  expect(line.switches.get("user-data-dir")).toBe("/u");
});

test("Playwright's command line is understood", () => {
  const line = parseCommandLine(["-r", "/loader.js", "--inspect=0", "--remote-debugging-port=0", "app", "--a=b=c"]);
  expect(line.preloads).toEqual(["/loader.js"]);
  expect(line.target).toBe("app");
  expect([...line.switches]).toEqual([
    ["inspect", "0"],
    ["remote-debugging-port", "0"],
    ["a", "b=c"],
  ]);
});

test("no app means the current folder, and nothing behind -- is a switch", () => {
  expect(parseCommandLine([]).target).toBe(".");
  const line = parseCommandLine(["--x", "app", "--", "--y"]);
  expect([...line.switches.keys()]).toEqual(["x"]);
});
