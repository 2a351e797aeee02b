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
