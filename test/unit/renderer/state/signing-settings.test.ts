import { expect, test } from "vitest";
import { signingSettings } from "../../../../renderer/state/signing-settings.ts";
import { appState, CERTIFICATE } from "../../../harness/renderer/scenarios.ts";

test("a level that nobody can reach becomes B-B, and one that can be reached stays", () => {
  const { settings, providers } = appState();
  expect(settings.level).toBe("B-T");
  expect(signingSettings(settings, CERTIFICATE).level).toBe("B-B");
  expect(signingSettings(settings, providers[0]).level).toBe("B-T");
  expect(signingSettings(settings, undefined).level).toBe("B-T");
});

test("of a provider that does not offer B-B the first level that it offers is taken", () => {
  const { settings } = appState();
  expect(signingSettings({ ...settings, level: "B-LTA" }, { ...CERTIFICATE, levels: ["B-T", "B-LT"] }).level).toBe(
    "B-T",
  );
});
