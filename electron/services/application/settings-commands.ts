import { basename } from "node:path";
import type { SettingsView } from "../../../shared/app-state.ts";
import { success } from "../../../shared/result.ts";
import type { Settings, SettingsStore } from "../../storage/settings.ts";
import { choiceView } from "../signing/certificate-choice.ts";
import type { AuditTrail } from "../auditing/audit-trail.ts";
import type { ApplicationPorts } from "../ports.ts";
import type { HandlersOf } from "./command-handlers.ts";

export interface SettingsParts {
  readonly ports: ApplicationPorts;
  readonly settings: SettingsStore;
  readonly audit: AuditTrail | null;
  readonly onChange: () => void;
}

export function settingsCommands({ ports, settings, audit, onChange }: SettingsParts): HandlersOf<"settings"> {
  return {
    "settings.change": async (change) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      settings.change(given);
      audit?.record({ kind: "settings.changed", settings: Object.keys(given) });
      onChange();
      return success(null);
    },
    "settings.chooseOutputFolder": async ({ reset }) => {
      const folder = reset ? null : await ports.dialogs.chooseFolder();
      // A dialog that was closed changes nothing.
      if (reset || folder !== null) {
        settings.change({ outputFolder: folder });
        audit?.record({ kind: "settings.changed", settings: ["outputFolder"] });
        onChange();
      }
      return success(null);
    },
  };
}

/** What the window may know: names, no paths. */
export function settingsView(settings: Settings): SettingsView {
  const { theme, provider, level, outputFolder, certificate, timestampUrl } = settings;
  return {
    theme,
    provider,
    level,
    outputFolder: outputFolder === null ? null : basename(outputFolder),
    certificate: choiceView(certificate),
    timestampUrl,
  };
}
