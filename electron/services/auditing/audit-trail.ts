import { randomBytes } from "node:crypto";
import { setImmediate as immediately } from "node:timers/promises";
import { z } from "zod";
import { openDatabase } from "../../storage/database.ts";
import { success } from "../../../shared/result.ts";
import { NO_ENTRY } from "../../storage/audit/audit-entry.ts";
import type { AuditEntry, AuditEvent, RunEvent } from "../../storage/audit/audit-entry.ts";
import { AuditLog } from "../../storage/audit/audit-log.ts";
import type { AuditReader } from "../../storage/audit/audit-log.ts";
import { AUDIT_KEY_BYTES, keyName, sealEntry } from "../../storage/audit/audit-seal.ts";
import type { SealedHead } from "../../storage/audit/check-audit.ts";
import type { SecretVault } from "../../storage/vault/secret-vault.ts";

const IDS = "audit/";
const KEY_ID = `${IDS}key`;
const HEAD_ID = `${IDS}head`;

/** Whether the vault keeps it for the trail: the trail's key lives as long as the trail. */
export const isAudits = (id: string): boolean => id.startsWith(IDS);

const headSchema = z.strictObject({ seq: z.number().int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/u) });

/** Where the program writes down what happened. Never throws and never waits: the trail must not stop a signature. */
export interface AuditTrail {
  record(event: AuditEvent | Promise<AuditEvent>): void;
  /** Does nothing when the run's entries say just this by now. */
  recordOnce(event: RunEvent): void;
  readonly read: AuditReader;
  /** Resolves when everything is written, also what was still waited for. */
  close(): Promise<void>;
}

/** For whoever only writes. */
export type AuditRecorder = Pick<AuditTrail, "record">;

export interface AuditTrailParts {
  readonly path: string;
  readonly now: () => number;
  /** Absent (the command line): entries are chained, and the desktop program's next seal covers them. */
  readonly vault?: Promise<SecretVault>;
  readonly unexpected?: (error: unknown) => void;
}

/** Opens (or makes) the trail. Null: the file is damaged, locked or of a newer version; it is left as it is. */
export function openAuditTrail(parts: AuditTrailParts): AuditTrail | null {
  let database: ReturnType<typeof openDatabase> | null = null;
  try {
    database = openDatabase(parts.path);
    return auditTrail(new AuditLog(database, parts.now), parts);
  } catch {
    database?.close();
    return null;
  }
}

function auditTrail(log: AuditLog, { vault, unexpected }: AuditTrailParts): AuditTrail {
  let newest: AuditEntry | null = null;
  let opened: SecretVault | null = null;
  let sealing: Promise<void> = Promise.resolve();
  const sealAfter = async (earlier: Promise<void>): Promise<void> => {
    await earlier;
    // One seal covers all entries before it: those that came while the keychain was asked need none of their own.
    const entry = newest;
    if (opened === null || entry === null) {
      return;
    }
    newest = null;
    try {
      await seal(log, opened, entry);
    } catch (error) {
      unexpected?.(error);
    }
  };
  const sealNewest = (): void => {
    sealing = sealAfter(sealing);
  };
  const writing = (write: () => AuditEntry | null): void => {
    try {
      newest = write() ?? newest;
      sealNewest();
    } catch (error) {
      unexpected?.(error);
    }
  };
  const append = (event: AuditEvent): void => writing(() => log.append(event));
  // Nobody waits for a keychain that wants its password: until it answers, entries are chained and not sealed.
  const awaitVault = async (): Promise<void> => {
    opened = (await vault?.catch(() => null)) ?? null;
    sealNewest();
  };
  const answered = awaitVault();
  const awaited = new Set<Promise<void>>();
  return {
    read: log,
    record(event) {
      if (!(event instanceof Promise)) {
        append(event);
        return;
      }
      const written = event
        .then(append, (error: unknown) => unexpected?.(error))
        .finally(() => awaited.delete(written));
      awaited.add(written);
    },
    recordOnce: (event) => writing(() => log.appendOnce(event)),
    async close() {
      await Promise.all(awaited);
      await Promise.race([answered, immediately()]);
      await sealing;
      log.close();
    },
  };
}

async function seal(log: AuditLog, vault: SecretVault, entry: AuditEntry): Promise<void> {
  // A key that lives no longer than the program would seal nothing that anybody could check later.
  if (vault.state() !== "available") {
    return;
  }
  const latest = vault.has(KEY_ID) ? entry : await withNewKey(log, vault);
  if (vault.standing(KEY_ID) !== "stored") {
    return;
  }
  const newest = await afterWhatWasSealed(log, vault, latest);
  const sealed = newest === null ? null : await vault.use(KEY_ID, (key) => Promise.resolve(sealEntry(newest, key)));
  if (newest !== null && sealed?.ok === true) {
    log.addSeal(sealed.value);
    await keepHead(vault, { seq: newest.seq, hash: newest.hash });
  }
}

/** Makes the key, and writes into the trail that from here on it is this one. */
async function withNewKey(log: AuditLog, vault: SecretVault): Promise<AuditEntry> {
  // Before the key: a key without a memory of what it sealed is one whose memory somebody took away.
  if (!vault.has(HEAD_ID)) {
    await keepHead(vault, { seq: 0, hash: NO_ENTRY });
  }
  const key = new Uint8Array(randomBytes(AUDIT_KEY_BYTES));
  await vault.put(KEY_ID, key);
  const made = log.append({ kind: "trail.key", key: keyName(key) });
  key.fill(0);
  return made;
}

/**
 * SECURITY: the next seal makes the vault forget the entry that it sealed last. When that one is not in the trail any more,
 * somebody has cut or replaced it, and that has to stay in the trail for good. Null: what was sealed cannot be told now.
 */
async function afterWhatWasSealed(log: AuditLog, vault: SecretVault, entry: AuditEntry): Promise<AuditEntry | null> {
  const known = vault.has(HEAD_ID)
    ? await vault.use(HEAD_ID, (bytes) => Promise.resolve(headFrom(bytes)))
    : success(null);
  if (!known.ok) {
    return null;
  }
  const head = known.value;
  const isThere = head !== null && (head.seq === 0 || log.at(head.seq)?.hash === head.hash);
  return isThere ? entry : log.append({ kind: "trail.broken", sealed: head?.seq ?? 0, hash: head?.hash ?? NO_ENTRY });
}

function keepHead(vault: SecretVault, head: SealedHead): Promise<unknown> {
  return vault.put(HEAD_ID, Buffer.from(JSON.stringify(head)));
}

function headFrom(bytes: Uint8Array): SealedHead {
  return headSchema.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
}

/** The key and the last sealed entry, for a check; nulls when the vault has none or cannot be opened now. */
export async function auditYardstick(
  vault: SecretVault,
): Promise<{ readonly key: Uint8Array | null; readonly head: SealedHead | null }> {
  const copy = async (id: string): Promise<Uint8Array | null> => {
    const found = await vault.use(id, (bytes) => Promise.resolve(new Uint8Array(bytes)));
    return found.ok ? found.value : null;
  };
  const [key, head] = [await copy(KEY_ID), await copy(HEAD_ID)];
  return { key, head: head === null ? null : headFrom(head) };
}
