import { auditExport, auditVerify } from "../../../cli/audit-command.ts";
import type { SecretSearch } from "../../harness/secrets/secret-search.ts";
import { keychain } from "../services/bare-ports.ts";

/** What `audit export` and `audit verify` print. */
export async function lookAtAudit(search: SecretSearch, data: string): Promise<void> {
  const print = (line: string): void => search.look("audit export", line);
  auditExport({ data, print, keyStore: keychain() });
  await auditVerify(null, { data, print, keyStore: keychain() });
}
