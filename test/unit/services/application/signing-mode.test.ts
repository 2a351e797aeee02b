import { beforeEach, expect, test } from "vitest";
import type { ProviderId } from "../../../../shared/ids.ts";
import type { EnvironmentKind } from "../../../../shared/profiles.ts";
import { SigningMode } from "../../../../electron/services/application/signing-mode.ts";
import { readSettings } from "../../../../electron/storage/settings.ts";
import type { Settings } from "../../../../electron/storage/settings.ts";

let settings: Settings;
let environments: Partial<Record<ProviderId, EnvironmentKind>>;
let profileRoots: readonly string[];
beforeEach(() => {
  settings = readSettings("/nowhere");
  environments = {};
  profileRoots = [];
});

const asked = (): SigningMode => {
  const profiles = {
    environmentOf: (provider: ProviderId) => environments[provider] ?? "sandbox",
    bankIdRoots: () => profileRoots,
  };
  const mode = new SigningMode(() => settings, profiles);
  mode.trustHasChanged();
  return mode;
};

test("nothing has changed while documents and persons are judged against the same roots", () => {
  const mode = asked();
  expect(mode.trustHasChanged()).toBe(false);
  settings = { ...settings, theme: "dark", provider: "idnow" };
  expect(mode.trustHasChanged()).toBe(false);
});

test.each<readonly [string, () => void]>([
  ["an authority of the settings", () => (settings = { ...settings, trustAnchors: ["pem"] })],
  ["a root of BankID in the settings", () => (settings = { ...settings, bankidRoots: ["pem"] })],
  ["a root of BankID in the profile in use", () => (profileRoots = ["pem"])],
  ["that somebody practises", () => (environments = { itsme: "production" })],
  [
    "that a certificate of one's own is signed with, so that practice BankIDs vouch for nobody",
    () =>
      (settings = {
        ...settings,
        provider: "certificate",
        certificate: { kind: "file", path: "/me.p12", known: null },
      }),
  ],
])("judging anew is called for by a change of %s", (_, change) => {
  const mode = asked();
  change();
  expect(mode.trustHasChanged()).toBe(true);
  expect(mode.trustHasChanged()).toBe(false);
});
