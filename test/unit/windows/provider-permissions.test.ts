import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ProviderPagePolicy } from "../../../electron/providers/provider.ts";
import { grantsPermission } from "../../../electron/windows/policy/provider-permissions.ts";

const policyWith = (...permissions: ProviderPagePolicy["permissions"]): ProviderPagePolicy => ({
  allowedOrigins: ["https://merchant.example"],
  returnUrl: "https://partner.example/return",
  permissions,
  timeLimitMilliseconds: 1_000,
});
const NOTHING = policyWith();
const BOTH = policyWith("camera", "microphone");
const requestingUrl = "https://merchant.example/identify";

/** Every name that this Electron's handlers may be called with, from its own typings. */
function allPermissions(): readonly string[] {
  const typings = readFileSync(
    join(dirname(createRequire(import.meta.url).resolve("electron/package.json")), "electron.d.ts"),
    "utf8",
  );
  const handlers = [...typings.matchAll(/setPermission(?:Check|Request)Handler\(handler: .*?permission: (.*?),/gu)];
  return [
    ...new Set(handlers.flatMap(([, names = ""]) => [...names.matchAll(/'([^']+)'/gu)].map(([, name]) => name!))),
  ];
}

describe("the permissions of a provider's page", () => {
  const names = allPermissions();

  test("are asked for by the names of Electron's typings", () => {
    expect(names.length).toBeGreaterThan(40);
    expect(names).toEqual(expect.arrayContaining(["media", "fullscreen", "pointerLock", "openExternal", "smart-card"]));
  });

  test.each([...names, "a name of tomorrow", "", "__proto__"])(
    "%s is not given to a page that needs nothing",
    (name) => {
      expect(grantsPermission(name, { requestingUrl, mediaTypes: ["video", "audio"] }, NOTHING)).toBe(false);
      expect(grantsPermission(name, { requestingUrl, mediaType: "video" }, NOTHING)).toBe(false);
      expect(grantsPermission(name, { requestingUrl }, NOTHING)).toBe(false);
    },
  );

  test.each(names.filter((name) => name !== "media"))("%s is not given to a page that needs the camera", (name) => {
    expect(grantsPermission(name, { requestingUrl, mediaTypes: ["video"], mediaType: "video" }, BOTH)).toBe(false);
  });

  test("are camera and microphone, as far as the policy names them", () => {
    const granted = (types: readonly string[], policy: ProviderPagePolicy) =>
      grantsPermission("media", { requestingUrl, mediaTypes: types }, policy);
    expect(granted(["video"], BOTH)).toBe(true);
    expect(granted(["video", "audio"], BOTH)).toBe(true);
    expect(granted(["video"], policyWith("camera"))).toBe(true);
    expect(granted(["video", "audio"], policyWith("camera"))).toBe(false);
    expect(granted(["audio"], policyWith("camera"))).toBe(false);
    expect(granted([], BOTH)).toBe(false);
    expect(granted(["unknown"], BOTH)).toBe(false);
    expect(granted(["video", "screen"], BOTH)).toBe(false);
    expect(grantsPermission("media", { requestingUrl, mediaType: "audio" }, policyWith("microphone"))).toBe(true);
    expect(grantsPermission("media", { requestingUrl, mediaType: "unknown" }, BOTH)).toBe(false);
  });

  test.each([
    "https://elsewhere.example/",
    "http://merchant.example/",
    "https://merchant.example.evil.example/",
    "https://merchant.example:8443/",
    "https://somebody@merchant.example/identify",
    "https://:secret@merchant.example/identify",
    `https://merchant.example/${"a".repeat(8_192)}`,
    "data:text/html,x",
    "about:blank",
    "",
    undefined,
  ])("are not given to %s inside of it", (address) => {
    expect(grantsPermission("media", { requestingUrl: address, mediaTypes: ["video"] }, BOTH)).toBe(false);
  });
});
