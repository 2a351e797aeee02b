import { success } from "../../../shared/result.ts";
import { chooseAuthorities } from "../profiles/certificate-imports.ts";
import type { CertificateImports } from "../profiles/certificate-imports.ts";
import type { AuditRecorder } from "../auditing/audit-trail.ts";
import type { ProfileService } from "../profiles/profile-service.ts";
import type { ApplicationPorts } from "../ports.ts";
import type { HandlersOf } from "./command-handlers.ts";

export interface ProfileCommandParts {
  readonly ports: Pick<ApplicationPorts, "dialogs">;
  readonly profiles: ProfileService;
  readonly imports: CertificateImports;
  /** Which profile was changed, never how: its values stay where they are. */
  readonly audit: AuditRecorder | null;
}

/** How an organisation sets its providers up. Secrets come in with `save` and `test`; no answer has one. */
export function profileCommands({ ports, profiles, imports, audit }: ProfileCommandParts): HandlersOf<"profiles"> {
  return {
    "profiles.save": async (draft) => {
      const saved = await profiles.save(draft);
      if (saved.ok && saved.value.problems.length === 0) {
        const { provider, name, isNew } = draft;
        audit?.record({ kind: "profile.saved", provider, profile: name, isNew });
      }
      return saved;
    },
    "profiles.test": (draft) => profiles.test(draft),
    "profiles.remove": async ({ provider, name }) => {
      const removed = await profiles.remove(provider, name);
      if (removed.ok) {
        audit?.record({ kind: "profile.removed", provider, profile: name });
      }
      return removed;
    },
    "profiles.use": async ({ provider, name }) => {
      const used = profiles.use(provider, name);
      if (used.ok) {
        audit?.record({ kind: "profile.used", provider, profile: name });
      }
      return used;
    },
    "profiles.importCertificate": async ({ purpose }) => {
      const paths = await ports.dialogs.chooseClientCertificate();
      // A dialog that was closed changes nothing.
      return paths.length === 0 ? success(null) : imports.open(paths, purpose);
    },
    "profiles.unlockCertificate": async ({ file, password }) => imports.unlock(file, password),
    "profiles.chooseAuthorities": async () => {
      const paths = await ports.dialogs.chooseAuthorities();
      return paths.length === 0 ? success([]) : chooseAuthorities(paths);
    },
  };
}
