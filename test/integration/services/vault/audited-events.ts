import { join } from "node:path";
import { AuditLog } from "../../../../electron/storage/audit/audit-log.ts";
import { openDatabase } from "../../../../electron/storage/database.ts";

/** What the audit trail of a program that has ended tells. */
export function auditedEvents(data: string): readonly object[] {
  const log = new AuditLog(openDatabase(join(data, "audit.db")), Date.now);
  try {
    return [...log.entries()].map(({ kind, body }) => ({ kind, ...(JSON.parse(body) as object) }));
  } finally {
    log.close();
  }
}
