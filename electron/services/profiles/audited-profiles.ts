import type { AuditRecorder } from "../auditing/audit-trail.ts";
import type { ProfileService } from "./profile-service.ts";

/** Changes of profiles, and the entries that say so: whoever changes one, window or command line, does it through here. */
export type AuditedProfiles = Pick<ProfileService, "save" | "remove" | "use">;

/** @param audit which profile was changed, never how: its values stay where they are; null: there is no trail */
export function auditedProfiles(
  profiles: Pick<ProfileService, "active" | "save" | "remove" | "use">,
  audit: AuditRecorder | null,
): AuditedProfiles {
  return {
    save: async (draft) => {
      const { provider, name, isNew } = draft;
      const before = profiles.active(provider);
      const saved = await profiles.save(draft);
      if (saved.ok && saved.value.problems.length === 0) {
        audit?.record({ kind: "profile.saved", provider, profile: name, isNew });
        if (before === null && profiles.active(provider) === name) {
          // The first profile of a provider is put into use at once: practice ends with it.
          audit?.record({ kind: "profile.used", provider, profile: name });
        }
      }
      return saved;
    },
    remove: async (provider, name) => {
      const removed = await profiles.remove(provider, name);
      if (removed.ok) {
        audit?.record({ kind: "profile.removed", provider, profile: name });
      }
      return removed;
    },
    use: (provider, name) => {
      const used = profiles.use(provider, name);
      if (used.ok) {
        audit?.record({ kind: "profile.used", provider, profile: name });
      }
      return used;
    },
  };
}
