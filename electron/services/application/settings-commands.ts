import { basename } from "node:path";
import type { SettingsView } from "../../../shared/app-state.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Settings, SettingsStore } from "../../storage/settings.ts";
import { choiceView } from "../signing/certificate-choice.ts";
import type { PolicyInForce } from "../policy/load-policy.ts";
import { fixedSettings } from "../policy/policy-rules.ts";
import type { ApplicationPorts } from "../ports.ts";
import { authorityCommands, authorityViews } from "./authority-commands.ts";
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
    ...authorityCommands({ ports, settings, policy, change }),
  };
}

/** What the window may know: names, no paths. `settings` as they hold under the policy. */
export function settingsView(settings: Settings, policy: PolicyInForce): SettingsView {
  const laidDown = policy.kind === "policy" ? policy.policy : { anchors: [], bankIdRoots: [] };
  const { theme, provider, level, outputFolder, certificate, timestampUrl } = settings;
  return {
    theme,
    provider,
    level,
    outputFolder: outputFolder === null ? null : basename(outputFolder),
    certificate: choiceView(certificate),
    timestampUrl,
    fixed: fixedSettings(policy),
    trustAnchors: authorityViews(settings.trustAnchors, laidDown.anchors),
    bankidRoots: authorityViews(settings.bankidRoots, laidDown.bankIdRoots),
  };
}
