import { isJournalFailure } from "../../storage/journal-errors.ts";
import type { Journal } from "../../storage/journal.ts";
import type { ItemRecord, TransactionRecord } from "../../storage/journal-record.ts";
import type { AuditEntry, RunEvent } from "../../storage/audit/audit-entry.ts";
import { startEvent } from "./audited-listener.ts";
import type { AuditTrail } from "./audit-trail.ts";

/**
 * Writes what the journal knows and the trail does not: the program was ended between a step and its entry. Call before
 * runs are forgotten and before they are resumed.
 *
 * @param before runs that were touched after this time (ISO 8601) are left to whoever is at work on them
 */
export function completeTrail(
  audit: Pick<AuditTrail, "recordOnce" | "read">,
  journal: Pick<Journal, "transactions" | "items">,
  before: string,
): void {
  try {
    for (const run of journal.transactions().filter(({ updated }) => updated <= before)) {
      for (const event of missingEvents(run, journal.items(run.id), audit.read.ofRun(run.id))) {
        audit.recordOnce(event);
      }
    }
  } catch (error) {
    // A journal or a trail that cannot be read now; the next start tries again.
    if (!isJournalFailure(error)) {
      throw error;
    }
  }
}

/** Pure: what ought to stand in the trail about a run, and does not. */
export function missingEvents(
  run: TransactionRecord,
  items: readonly ItemRecord[],
  entries: readonly AuditEntry[],
): readonly RunEvent[] {
  const kinds = new Set(entries.map(({ kind }) => kind));
  const told = new Set(entries.map(({ kind, body }) => `${kind} ${itemOf(body)}`));
  const documents = items.flatMap((item) => {
    const event = endOf(run, item);
    return event === null || told.has(`${event.kind} ${item.item}`) ? [] : [event];
  });
  const isOpen = run.phase === "running" || items.some(({ phase }) => phase === "approved" || phase === "assembled");
  const hasEnd = kinds.has("signing.ended") || kinds.has("signing.failed");
  return [
    ...(kinds.has("signing.started") ? [] : [startEvent(run, items)]),
    ...documents,
    ...(isOpen || (hasEnd && documents.length === 0) ? [] : [runEnd(run, items)]),
  ];
}

function endOf({ id }: TransactionRecord, item: ItemRecord): Extract<RunEvent, { readonly item: string }> | null {
  if (item.phase === "delivered") {
    return {
      kind: "document.delivered",
      run: id,
      item: item.item,
      source: item.sourceSha256,
      result: item.resultSha256 ?? null,
      level: item.outcome?.level ?? null,
      verdict: item.outcome?.verdict ?? null,
      late: true,
    };
  }
  return item.phase === "failed"
    ? { kind: "document.failed", run: id, item: item.item, failure: item.failure?.code ?? "app.internal", late: true }
    : null;
}

function runEnd({ id, failure }: TransactionRecord, items: readonly ItemRecord[]): RunEvent {
  const signed = items.filter(({ phase }) => phase === "delivered").length;
  return failure !== null && signed === 0
    ? { kind: "signing.failed", run: id, failure: failure.code, late: true }
    : { kind: "signing.ended", run: id, signed, failed: items.length - signed, late: true };
}

/** An entry that somebody made unreadable is about nothing. */
function itemOf(body: string): string {
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === "object" && read !== null && "item" in read ? String(read.item) : "";
  } catch {
    return "";
  }
}
