import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { auditYardstick } from "../electron/services/auditing/audit-trail.ts";
import { trailLines } from "../electron/services/history/trail-lines.ts";
import type { AuditEntry, AuditSeal } from "../electron/storage/audit/audit-entry.ts";
import { AuditLog } from "../electron/storage/audit/audit-log.ts";
import { checkAudit } from "../electron/storage/audit/check-audit.ts";
import type { AuditProblem, AuditYardstick } from "../electron/storage/audit/check-audit.ts";
import { openDatabase } from "../electron/storage/database.ts";
import type { KeyStore } from "../electron/storage/vault/key-store.ts";
import { openVault } from "../electron/storage/vault/open-vault.ts";
import { vaultFile } from "../electron/storage/vault/vault-file.ts";
import { CannotStart, EXIT, UsageError } from "./exit-status.ts";

export interface AuditSurroundings {
  readonly data: string;
  readonly print: (text: string) => void;
  readonly keyStore: KeyStore;
}

/** One line of an exported trail. */
const lineSchema = z.union([
  z.strictObject({
    seq: z.number().int(),
    time: z.string(),
    kind: z.string(),
    body: z.unknown(),
    previous: z.string(),
    hash: z.string(),
  }),
  z.strictObject({ seal: z.strictObject({ seq: z.number().int(), key: z.string(), mac: z.string() }) }),
]);

/** `sealdesk audit export`: the trail as JSON lines, with the chain and the seals, for whoever keeps it elsewhere. */
export function auditExport({ data, print }: AuditSurroundings): number {
  const log = openLog(data);
  try {
    for (const line of trailLines(log)) {
      print(line);
    }
    return EXIT.good;
  } finally {
    log.close();
  }
}

/**
 * `sealdesk audit verify [FILE]`: checks the trail of this computer, or an exported one. Good when the chain is whole,
 * no seal is false and nothing is or was missing that the vault remembers.
 */
export async function auditVerify(file: string | null, { data, print, keyStore }: AuditSurroundings): Promise<number> {
  const yardstick = await ownYardstick(data, keyStore);
  const check = file === null ? checkOwn(data, yardstick) : await checkExported(file, yardstick);
  const { entries, problem, sealedTo, uncheckedSeals, breaks } = check;
  if (problem !== null) {
    print(`${words(problem)} ${entries} entries before it hold.`);
  } else if (breaks.length === 0) {
    print(`The trail is whole: ${entries} entries.`);
  } else {
    print(`The ${entries} entries that are here hold.`);
  }
  for (const seq of breaks) {
    print(`Before entry ${seq}, entries that had been sealed were cut off or replaced.`);
  }
  print(
    sealedTo === 0
      ? "No seal could be checked: the chain alone shows gaps and slips, not a trail that somebody made anew."
      : `Sealed by this computer's keychain up to entry ${sealedTo}.`,
  );
  if (uncheckedSeals > 0) {
    print(`${uncheckedSeals} seals were not checked: they were made with a key that is not here.`);
  }
  // SECURITY: a trail of this computer that is sealed, and of which no seal could be checked, may be one that somebody made.
  const isUnproven = file === null && uncheckedSeals > 0 && sealedTo === 0;
  return problem === null && breaks.length === 0 && !isUnproven ? EXIT.good : EXIT.notAllGood;
}

function words({ code, seq }: AuditProblem): string {
  switch (code) {
    case "changed":
      return `Entry ${seq} was changed.`;
    case "gap":
      return `Entry ${seq} is missing or not in its place.`;
    case "broken-chain":
      return `Entry ${seq} does not follow from the one before it.`;
    case "false-seal":
      return `The seal of entry ${seq} is false: this entry, or one before it, is not the one that was sealed.`;
    case "seal-without-entry":
    case "cut-off":
      return `The trail was cut off: entry ${seq} and those after it are missing.`;
    case "not-the-sealed":
      return `Entry ${seq} is not the one that this computer's vault remembers.`;
  }
}

function checkOwn(data: string, yardstick: AuditYardstick) {
  const log = openLog(data);
  try {
    return checkAudit(log.entries(), log.seals(), yardstick);
  } finally {
    log.close();
  }
}

/** What was exported earlier may end before the last entry that the vault remembers. */
async function checkExported(file: string, { key }: AuditYardstick) {
  const text = await readFile(file, "utf8").catch(() => {
    throw new UsageError(`${file} cannot be read`);
  });
  const entries: AuditEntry[] = [];
  const seals: AuditSeal[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const read = lineSchema.safeParse(parsed(line));
    if (!read.success) {
      throw new UsageError(`${file}: line ${index + 1} is no entry of an audit trail`);
    }
    if ("seal" in read.data) {
      seals.push(read.data.seal);
    } else {
      entries.push({ ...read.data, body: JSON.stringify(read.data.body) ?? "" });
    }
  }
  return checkAudit(entries, seals, { key, head: null });
}

function openLog(data: string): AuditLog {
  const path = join(data, "audit.db");
  if (!existsSync(path)) {
    throw new CannotStart("There is no audit trail here yet.");
  }
  const database = openDatabase(path);
  try {
    return new AuditLog(database, Date.now);
  } catch {
    database.close();
    throw new CannotStart("The audit trail is damaged, locked or of a newer version.");
  }
}

async function ownYardstick(data: string, keyStore: KeyStore): Promise<AuditYardstick> {
  const path = join(data, "vault.db");
  if (!existsSync(path)) {
    return { key: null, head: null };
  }
  const file = vaultFile(path, Date.now);
  try {
    return await auditYardstick(await openVault({ file, keyStore, now: Date.now }));
  } finally {
    file.close();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
