import { join } from "node:path";
import { failureWords } from "../shared/messages/words.ts";
import { openAuditTrail } from "../electron/services/auditing/audit-trail.ts";
import type { AuditTrail } from "../electron/services/auditing/audit-trail.ts";

/** The trail that the desktop program writes, too. Null: it cannot be opened, which was told. */
export function ownAuditTrail(data: string, tell: (text: string) => void): AuditTrail | null {
  const audit = openAuditTrail({ path: join(data, "audit.db"), now: Date.now });
  if (audit === null) {
    tell(failureWords({ code: "app.audit-unavailable" }).join(" "));
  }
  return audit;
}
