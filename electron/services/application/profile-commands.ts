import { success } from "../../../shared/result.ts";
import { auditedProfiles } from "../profiles/audited-profiles.ts";
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
  readonly audit: AuditRecorder | null;
}

/** How an organisation sets its providers up. Secrets come in with `save` and `test`; no answer has one. */
export function profileCommands({ ports, profiles, imports, audit }: ProfileCommandParts): HandlersOf<"profiles"> {
  const audited = auditedProfiles(profiles, audit);
  return {
    "profiles.save": (draft) => audited.save(draft),
    "profiles.test": (draft) => profiles.test(draft),
    "profiles.remove": ({ provider, name }) => audited.remove(provider, name),
    "profiles.use": async ({ provider, name }) => audited.use(provider, name),
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
