import { basename } from "node:path";
import type { SettingsView } from "../../../shared/app-state.ts";
import { sha256Hex } from "../../../shared/ids.ts";
import { success } from "../../../shared/result.ts";
import { fingerprint } from "../../pki/certificate.ts";
import { chooseAuthorities } from "../profiles/certificate-imports.ts";
import type { Settings, SettingsStore } from "../../storage/settings.ts";
import { choiceView, describeCertificate } from "../signing/certificate-choice.ts";
import { ownAnchors } from "../signing/own-anchors.ts";
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
      settings.change({ trustAnchors: [...new Set(pems)] });
      onChange();
      return success(null);
    },
    "settings.removeTrustAnchor": async ({ sha256 }) => {
      const { trustAnchors } = settings.current;
      const isOther = (pem: string): boolean =>
        ownAnchors({ ...settings.current, trustAnchors: [pem] }).every((anchor) => fingerprint(anchor) !== sha256);
      settings.change({ trustAnchors: trustAnchors.filter(isOther) });
      onChange();
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
    trustAnchors: ownAnchors(settings).map((anchor) => ({
      sha256: sha256Hex(fingerprint(anchor)),
      facts: describeCertificate(anchor),
    })),
  };
}
