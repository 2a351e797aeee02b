import { setImmediate as immediately, setTimeout as delay } from "node:timers/promises";
import type { TrailCheck } from "../../../shared/history.ts";
import type { AuditReader } from "../../storage/audit/audit-log.ts";
import { AuditChecker } from "../../storage/audit/check-audit.ts";
import type { AuditYardstick } from "../../storage/audit/check-audit.ts";
import type { SecretVault } from "../../storage/vault/secret-vault.ts";
import { auditYardstick } from "../auditing/audit-trail.ts";

const CHUNK = 1_000;
/** A keychain that asks for its password may be asked for it; who waits for the check is told without it. */
const KEYCHAIN_MILLISECONDS = 3_000;

/** Checks the whole trail, giving the rest of the program its turn in between. */
export async function checkTrail(
  trail: Pick<AuditReader, "after" | "seals">,
  vault: Promise<SecretVault>,
): Promise<TrailCheck> {
  const yardstick = await yardstickOf(vault);
  // Before the entries: those that are sealed while this goes on are not missed.
  const seals = trail.seals();
  const checker = new AuditChecker(seals, yardstick);
  let last = 0;
  for (;;) {
    const entries = trail.after(last, CHUNK);
    const isRight = entries.every((entry) => checker.add(entry));
    last = entries.at(-1)?.seq ?? last;
    if (!isRight || entries.length < CHUNK) {
      break;
    }
    await immediately();
  }
  const check = checker.end();
  const isChecked = check.uncheckedSeals < seals.length;
  return { ...check, seals: isChecked ? "checked" : seals.length === 0 && yardstick.head === null ? "none" : "no-key" };
}

async function yardstickOf(vault: Promise<SecretVault>): Promise<AuditYardstick> {
  const timeout = new AbortController();
  const late = delay(KEYCHAIN_MILLISECONDS, null, { signal: timeout.signal }).catch(() => null);
  try {
    const opened = await Promise.race([vault.catch(() => null), late]);
    return opened === null ? { key: null, head: null } : await auditYardstick(opened);
  } finally {
    timeout.abort();
  }
}
