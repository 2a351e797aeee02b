import { describe, expect, test } from "vitest";
import { foreignWindowOptions, mainWindowOptions } from "../../../electron/windows/policy/window-options.ts";

const strict = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
};

describe("the options of our windows", () => {
  test("isolate and sandbox the main window, without tools in what is installed", () => {
    expect(mainWindowOptions("/preload.cjs", true).webPreferences).toMatchObject({ ...strict, devTools: false });
    expect(mainWindowOptions("/preload.cjs", false).webPreferences).toMatchObject({ ...strict, devTools: true });
  });

  test("give other people's pages no preload, no tools, and a session that is not kept", () => {
    const preferences = foreignWindowOptions("provider-1", { width: 1, height: 1 }).webPreferences;
    expect(preferences).toMatchObject({ ...strict, devTools: false, partition: "provider-1" });
    expect(preferences).not.toHaveProperty("preload");
    expect(preferences?.partition?.startsWith("persist:")).toBe(false);
  });
});
