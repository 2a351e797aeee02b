import { basename } from "node:path";
import type { SettingsView } from "../../../shared/app-state.ts";
import { sha256Hex } from "../../../shared/ids.ts";
import { failed, success } from "../../../shared/result.ts";
import { fingerprint } from "../../pki/certificate.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { chooseAuthorities } from "../profiles/certificate-imports.ts";
import type { Settings, SettingsStore } from "../../storage/settings.ts";
import { choiceView, describeCertificate } from "../signing/certificate-choice.ts";
import { ownAnchors } from "../signing/own-anchors.ts";
import type { PolicyInForce } from "../policy/load-policy.ts";
import { fixedSettings } from "../policy/policy-rules.ts";
import type { ApplicationPorts } from "../ports.ts";
import type { ChangeSettings } from "./change-settings.ts";
import type { HandlersOf } from "./command-handlers.ts";

export interface SettingsParts {
  readonly ports: ApplicationPorts;
  readonly settings: SettingsStore;
  readonly policy: PolicyInForce;
  readonly change: ChangeSettings;
}

export function settingsCommands({ ports, settings, policy, change }: SettingsParts): HandlersOf<"settings"> {
  const fixed: readonly string[] = fixedSettings(policy);
  return {
    "settings.change": async (wanted) => {
      const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
      if (Object.keys(given).some((name) => fixed.includes(name))) {
        return failed({ code: "policy.fixed" });
      }
      change(given);
      return success(null);
    },
    "settings.chooseOutputFolder": async ({ reset }) => {
      if (fixed.includes("outputFolder")) {
        return failed({ code: "policy.fixed" });
      }
      const folder = reset ? null : await ports.dialogs.chooseFolder();
      // A dialog that was closed changes nothing.
      if (reset || folder !== null) {
        change({ outputFolder: folder });
      }
      return success(null);
    },
    "settings.addTrustAnchors": async () => {
      const paths = await ports.dialogs.chooseAuthorities();
      if (paths.length === 0) {
        return success(null);
      }
      const chosen = await chooseAuthorities(paths);
      if (!chosen.ok) {
        return chosen;
      }
      const pems = [...settings.current.trustAnchors, ...chosen.value.map(({ pem }) => pem)];
      change({ trustAnchors: [...new Set(pems)] });
      return success(null);
    },
    "settings.removeTrustAnchor": async ({ sha256 }) => {
      const { trustAnchors } = settings.current;
      const isOther = (pem: string): boolean =>
        ownAnchors({ ...settings.current, trustAnchors: [pem] }).every((anchor) => fingerprint(anchor) !== sha256);
      change({ trustAnchors: trustAnchors.filter(isOther) });
      return success(null);
    },
  };
}

/** What the window may know: names, no paths. `settings` as they hold under the policy. */
export function settingsView(settings: Settings, policy: PolicyInForce): SettingsView {
  const laidDown = policy.kind === "policy" ? policy.policy.anchors : [];
  const administrators = new Set(ownAnchors({ trustAnchors: [...laidDown] }).map(fingerprint));
  const { theme, provider, level, outputFolder, certificate, timestampUrl } = settings;
  return {
    theme,
    provider,
    level,
    outputFolder: outputFolder === null ? null : basename(outputFolder),
    certificate: choiceView(certificate),
    timestampUrl,
    fixed: fixedSettings(policy),
    trustAnchors: distinct(ownAnchors(settings)).map((anchor) => ({
      sha256: sha256Hex(fingerprint(anchor)),
      facts: describeCertificate(anchor),
      isFixed: administrators.has(fingerprint(anchor)),
    })),
  };
}

/** Somebody may have added what the administrator lays down, too. */
const distinct = (anchors: readonly Certificate[]): readonly Certificate[] => [
  ...new Map(anchors.map((anchor) => [fingerprint(anchor), anchor] as const)).values(),
];
