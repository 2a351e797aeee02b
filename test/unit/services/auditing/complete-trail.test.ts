import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { completeTrail, missingEvents } from "../../../../electron/services/auditing/complete-trail.ts";
import { AuditLog } from "../../../../electron/storage/audit/audit-log.ts";
import type { AuditEvent, RunEvent } from "../../../../electron/storage/audit/audit-entry.ts";
import type { ItemRecord, TransactionRecord } from "../../../../electron/storage/journal-record.ts";
import { sha256Hex, transactionId } from "../../../../shared/ids.ts";

const NOW = Date.UTC(2026, 10, 28, 12);
const [SOURCE, RESULT] = [sha256Hex("1".repeat(64)), sha256Hex("2".repeat(64))];

/** What the journal would give, as far as it is looked at. */
function run(phase: TransactionRecord["phase"], updated = "2026-11-28T11:00:00.000Z"): TransactionRecord {
  const id = transactionId("7f2c1f9e-0000-4000-8000-000000000001");
  const told = { provider: "itsme", profile: "sandbox", environment: "sandbox", level: "B-T", failure: null } as const;
  return { id, phase, updated, ...told } as unknown as TransactionRecord;
}

function item(number: string, phase: ItemRecord["phase"], more: Partial<ItemRecord> = {}): ItemRecord {
  return { item: number, phase, sourceSha256: SOURCE, sourceSize: 10, failure: null, ...more } as unknown as ItemRecord;
}

const delivered = (number: string): ItemRecord =>
  item(number, "delivered", { resultSha256: RESULT, outcome: { level: "B-T", verdict: "TOTAL-PASSED" } });

function trailWith(events: readonly AuditEvent[]) {
  const log = new AuditLog(new DatabaseSync(":memory:"), () => NOW);
  for (const event of events) log.append(event);
  const complete = (record: TransactionRecord, items: readonly ItemRecord[], before = "2026-11-28T12:00:00.000Z") => {
    const length = events.length;
    const recorder = { read: log, recordOnce: (event: RunEvent) => void log.appendOnce(event) };
    completeTrail(recorder, { transactions: () => [record], items: () => items }, before);
    return log.after(length, 100).map(({ kind, body }) => ({ kind, ...(JSON.parse(body) as object) }));
  };
  return complete;
}

const { id } = run("done");
const started: AuditEvent = {
  kind: "signing.started",
  run: id,
  provider: "itsme",
  profile: "sandbox",
  level: "B-T",
  documents: [{ item: "1", sha256: SOURCE, size: 10 }],
};
const ended: AuditEvent = { kind: "signing.ended", run: id, signed: 1, failed: 0 };
const told = (number: string): AuditEvent => ({
  kind: "document.delivered",
  run: id,
  item: number,
  source: SOURCE,
  result: RESULT,
  level: "B-T",
  verdict: "TOTAL-PASSED",
});

describe("a trail that the program was ended before", () => {
  test("gets the delivery that was not written, with what was checked then, and the end", () => {
    expect(trailWith([started])(run("done"), [delivered("1")])).toEqual([
      { ...told("1"), late: true },
      { ...ended, late: true },
    ]);
  });

  test("gets only what is missing of a run that goes on", () => {
    const items = [
      delivered("1"),
      item("2", "failed", { failure: { code: "output.disk-full" } }),
      item("3", "pending"),
    ];
    expect(trailWith([started])(run("running"), items)).toEqual([
      { ...told("1"), late: true },
      { kind: "document.failed", run: id, item: "2", failure: "output.disk-full", late: true },
    ]);
  });

  test("gets the beginning of a run when that is missing, too", () => {
    expect(trailWith([])(run("running"), [item("1", "prepared")])).toEqual([{ ...started, environment: "sandbox" }]);
  });

  test("gets nothing twice", () => {
    expect(trailWith([started, told("1"), ended])(run("done"), [delivered("1")])).toEqual([]);
  });

  test("gets a second end when the first was told before everything was delivered", () => {
    const early: AuditEvent = { kind: "signing.ended", run: id, signed: 0, failed: 1 };
    expect(trailWith([started, early])(run("done"), [delivered("1")])).toEqual([
      { ...told("1"), late: true },
      { ...ended, late: true },
    ]);
  });

  test("gets no end while an approved document waits for its delivery", () => {
    expect(trailWith([started])(run("done"), [item("1", "assembled")])).toEqual([]);
  });

  test("is left alone about a run that another program was at work on a moment ago", () => {
    const busy = run("done", "2026-11-28T11:59:30.000Z");
    expect(trailWith([started])(busy, [delivered("1")], "2026-11-28T11:59:00.000Z")).toEqual([]);
  });

  test("is not told twice when two programs find at the same time that it is missing", () => {
    const log = new AuditLog(new DatabaseSync(":memory:"), () => NOW);
    const items = [delivered("1")];
    const found = missingEvents(run("done"), items, []);
    completeTrail(
      { read: log, recordOnce: (event) => void log.appendOnce(event) },
      { transactions: () => [run("done")], items: () => items },
      "2026-11-28T12:00:00.000Z",
    );
    expect(log.after(0, 10)).toHaveLength(3);
    expect(found.map((event) => log.appendOnce(event))).toEqual([null, null, null]);
    expect(log.after(0, 10)).toHaveLength(3);
  });
});
