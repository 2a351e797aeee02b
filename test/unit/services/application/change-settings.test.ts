import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { certificateCommands } from "../../../../electron/services/application/certificate-commands.ts";
import { changeSettings } from "../../../../electron/services/application/change-settings.ts";
import { settingsCommands } from "../../../../electron/services/application/settings-commands.ts";
import type { AuditRecorder } from "../../../../electron/services/auditing/audit-trail.ts";
import { NO_POLICY } from "../../../../electron/services/policy/load-policy.ts";
import type { ApplicationPorts } from "../../../../electron/services/ports.ts";
import { TokenOffers } from "../../../../electron/services/signing/token-offers.ts";
import { fingerprint, parseCertificate } from "../../../../electron/pki/certificate.ts";
import { encodePem } from "../../../../electron/pki/pem.ts";
import { SettingsStore } from "../../../../electron/storage/settings.ts";
import { sha256Hex } from "../../../../shared/ids.ts";
import { makePki } from "../../../attacks/test-authority.ts";
import { CLOSED_DIALOGS } from "../../../integration/services/bare-ports.ts";

const { root } = await makePki();
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sealdesk-settings-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("every command that changes settings is in the audit trail, by their names, and the window is told", async () => {
  const recorded: unknown[] = [];
  let told = 0;
  const audit: AuditRecorder = { record: (event) => void recorded.push(event) };
  const settings = new SettingsStore(folder, Date.now);
  const change = changeSettings({ settings, audit, onChange: () => (told += 1) });
  const authority = join(folder, "authority.pem");
  writeFileSync(authority, encodePem("CERTIFICATE", root.certificate));
  const dialogs = {
    ...CLOSED_DIALOGS,
    chooseFolder: async () => folder,
    chooseAuthorities: async () => [authority],
    chooseCertificate: async () => "/me.p12",
  };
  const ports = { dialogs } as unknown as ApplicationPorts;
  const commands = {
    ...settingsCommands({ ports, settings, policy: NO_POLICY, change }),
    ...certificateCommands({ ports, tokens: new TokenOffers(() => []), change }),
  };
  await commands["settings.change"]({ theme: "dark", level: "B-B" });
  await commands["settings.chooseOutputFolder"]({ reset: false });
  await commands["settings.addTrustAnchors"]({});
  expect(settings.current.trustAnchors).toHaveLength(1);
  const sha256 = sha256Hex(fingerprint(parseCertificate(root.certificate)));
  await commands["settings.removeTrustAnchor"]({ sha256 });
  expect(settings.current.trustAnchors).toEqual([]);
  await commands["certificate.chooseFile"]({});
  await commands["certificate.usePractice"]({});
  const names = [["theme", "level"], ["outputFolder"], ["trustAnchors"], ["trustAnchors"], ["certificate"]];
  expect(recorded).toEqual(
    [...names, ["certificate"]].map((changed) => ({ kind: "settings.changed", settings: changed })),
  );
  expect(told).toBe(6);
});
