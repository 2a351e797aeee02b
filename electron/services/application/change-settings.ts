import type { Settings, SettingsStore } from "../../storage/settings.ts";
import type { AuditRecorder } from "../auditing/audit-trail.ts";

export interface ChangeParts {
  readonly settings: SettingsStore;
  readonly audit: AuditRecorder | null;
  readonly onChange: () => void;
}

export type ChangeSettings = (part: Partial<Settings>) => void;

/** What a person changes is stored, stands in the audit trail by the names of the settings, and is told to the window. */
export const changeSettings =
  ({ settings, audit, onChange }: ChangeParts): ChangeSettings =>
  (part) => {
    settings.change(part);
    audit?.record({ kind: "settings.changed", settings: Object.keys(part) });
    onChange();
  };
