import { expect, test } from "vitest";
import { chromiumArguments } from "../../../tools/electron-stand-in/chromium/arguments.ts";
import { findChromium, wantsHeadless } from "../../../tools/electron-stand-in/chromium/find-chromium.ts";

const linux = { platform: "linux", env: {}, exists: (path: string) => path === "/usr/bin/google-chrome" };

test("Chromium is found where the system puts it, or where the environment says", () => {
  expect(findChromium(linux)).toBe("/usr/bin/google-chrome");
  expect(findChromium({ ...linux, exists: () => true })).toBe("/usr/bin/chromium");
  expect(findChromium({ ...linux, platform: "darwin", exists: () => true })).toContain("/Applications/Chromium.app/");
  const chosen = { ...linux, env: { SEALDESK_CHROMIUM: "/mine" } };
  expect(findChromium({ ...chosen, exists: (path) => path === "/mine" })).toBe("/mine");
});

test("a chosen Chromium that is not there is not replaced by another", () => {
  expect(findChromium({ ...linux, env: { SEALDESK_CHROMIUM: "/gone" } })).toBeUndefined();
});

test.each([
  ["linux", {}, true],
  ["linux", { DISPLAY: ":0" }, false],
  ["linux", { WAYLAND_DISPLAY: "wayland-0" }, false],
  ["linux", { DISPLAY: ":0", SEALDESK_HEADLESS: "1" }, true],
  ["linux", { SEALDESK_HEADLESS: "0" }, false],
  ["darwin", {}, false],
])("on %s with %j headless is %s", (platform, env, headless) => {
  expect(wantsHeadless({ platform, env, exists: () => false })).toBe(headless);
});

const options = { profile: "/p", headless: true, root: false, appName: "App", switches: new Map<string, string>() };

test("the sandbox is switched off for root only", () => {
  expect(chromiumArguments(options)).not.toContain("--no-sandbox");
  expect(chromiumArguments({ ...options, switches: new Map([["no-sandbox", ""]]) })).not.toContain("--no-sandbox");
  expect(chromiumArguments({ ...options, root: true })).toContain("--no-sandbox");
});

test("the app's switches are passed on, and disabled features are joined with ours", () => {
  const switches = new Map([
    ["lang", "nl"],
    ["disable-features", "Mine"],
    ["user-data-dir", "/elsewhere"],
    ["inspect", "0"],
  ]);
  const args = chromiumArguments({ ...options, switches });
  expect(args).toContain("--lang=nl");
  expect(args.filter((argument) => argument.startsWith("--user-data-dir"))).toEqual(["--user-data-dir=/p"]);
  const [disabled, ...others] = args.filter((argument) => argument.startsWith("--disable-features="));
  expect(disabled).toMatch(/Translate.*,Mine$/);
  expect(others).toEqual([]);
  expect(args.some((argument) => argument.startsWith("--inspect"))).toBe(false);
});

test("a debugging port is opened only when it was asked for", () => {
  expect(chromiumArguments(options).join(" ")).not.toContain("remote-debugging-port");
  const args = chromiumArguments({ ...options, switches: new Map([["remote-debugging-port", "0"]]) });
  expect(args.filter((argument) => argument.includes("remote-debugging-port"))).toEqual(["--remote-debugging-port=0"]);
});
