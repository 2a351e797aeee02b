import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { checkTrail } from "../../../../electron/services/history/check-trail.ts";
import { HistoryIndex } from "../../../../electron/services/history/history-index.ts";
import type { AuditEvent } from "../../../../electron/storage/audit/audit-entry.ts";
import { AuditLog } from "../../../../electron/storage/audit/audit-log.ts";
import { memoryVault } from "../../../../electron/storage/vault/memory-vault.ts";

const RUN = "7f2c1f9e-0000-4000-8000-000000000001";
const [SOURCE, RESULT] = ["1".repeat(64), "2".repeat(64)];

const started: AuditEvent = {
  kind: "signing.started",
  run: RUN,
  provider: "itsme",
  profile: "Main",
  environment: "production",
  level: "B-T",
  documents: [
    { item: "1", sha256: SOURCE, size: 10 },
    { item: "2", sha256: RESULT, size: 20 },
  ],
};
const delivered: AuditEvent = {
  kind: "document.delivered",
  run: RUN,
  item: "1",
  source: SOURCE,
  result: RESULT,
  level: "B-T",
  verdict: "TOTAL-PASSED",
};

async function indexOf(events: readonly AuditEvent[]) {
  let time = Date.UTC(2026, 10, 28, 9);
  const database = new DatabaseSync(":memory:");
  const log = new AuditLog(database, () => (time += 60_000));
  for (const event of events) log.append(event);
  const index = new HistoryIndex();
  await index.refresh(log);
  return { index, log, database };
}

describe("the history of documents", () => {
  test("tells what was begun, with what, and what came of each document", async () => {
    const { index } = await indexOf([
      started,
      delivered,
      { kind: "document.failed", run: RUN, item: "2", failure: "itsme.rejected" },
      { kind: "signing.ended", run: RUN, signed: 1, failed: 1 },
    ]);
    expect(index.documents).toMatchObject([
      {
        item: "1",
        provider: "itsme",
        profile: "Main",
        environment: "production",
        wanted: "B-T",
        level: "B-T",
        outcome: "signed",
        source: SOURCE,
        result: RESULT,
        started: "2026-11-28T09:01:00.000Z",
        time: "2026-11-28T09:02:00.000Z",
      },
      { item: "2", outcome: "not-signed", failure: "itsme.rejected", time: "2026-11-28T09:03:00.000Z" },
    ]);
  });

  test("is not finished until something says so, and then not signed by what ended the run", async () => {
    expect((await indexOf([started])).index.documents.map(({ outcome }) => outcome)).toEqual([
      "unfinished",
      "unfinished",
    ]);
    const failed: AuditEvent = { kind: "signing.failed", run: RUN, failure: "provider.deadline" };
    const { index } = await indexOf([started, delivered, failed]);
    expect(index.documents).toMatchObject([
      { outcome: "signed", failure: null },
      { outcome: "not-signed", failure: "provider.deadline" },
    ]);
  });

  test("leaves an approved document unfinished when its run ends, until it is delivered", async () => {
    const waiting: AuditEvent = { kind: "document.waiting", run: RUN, item: "1", failure: "output.disk-full" };
    const end: AuditEvent = { kind: "signing.ended", run: RUN, signed: 0, failed: 2 };
    const { index, log } = await indexOf([started, waiting, end]);
    expect(index.find(RUN, "1")).toMatchObject({ outcome: "unfinished", failure: "output.disk-full" });
    log.append({ kind: "signing.resumed", run: RUN });
    log.append(delivered);
    await index.refresh(log);
    expect(index.find(RUN, "1")).toMatchObject({ outcome: "signed", failure: null });
  });

  test("knows a beginning that was written late, after what became of the document", async () => {
    const { index } = await indexOf([{ ...delivered, late: true }, started]);
    expect(index.find(RUN, "1")).toMatchObject({ outcome: "signed", late: true, provider: "itsme", wanted: "B-T" });
  });

  test("reads on where it stopped, once for several who look at the same time", async () => {
    const { index, log } = await indexOf([started]);
    log.append({ kind: "settings.changed", settings: ["level"] });
    await Promise.all([index.refresh(log), index.refresh(log)]);
    expect(index.events).toHaveLength(1);
    expect(index.documents).toHaveLength(2);
  });

  test("takes nothing from entries that somebody made unreadable, and says that they are there", async () => {
    const { database, log } = await indexOf([]);
    for (const event of [started, delivered, { kind: "signing.resumed", run: RUN } as const]) log.append(event);
    database.exec("DROP TRIGGER audit_keeps");
    const edit = database.prepare("UPDATE audit SET body = ? WHERE seq = ?");
    edit.run("[".repeat(50_000), 1);
    edit.run(JSON.stringify({ run: "../../etc/passwd", item: "<b>", result: "x", level: {}, verdict: null }), 2);
    const index = new HistoryIndex();
    await index.refresh(log);
    expect(index.documents).toEqual([]);
    expect(index.events.map(({ kind }) => kind)).toEqual(["other", "other"]);
  });
});

describe("a history of ten thousand entries", () => {
  test("is read and checked in pieces that leave others their turn", async () => {
    const { log } = await indexOf([]);
    for (let number = 1; number <= 5_000; number += 1) {
      const run = `7f2c1f9e-0000-4000-8000-${String(number).padStart(12, "0")}`;
      log.append({ ...started, run, documents: [{ item: "1", sha256: SOURCE, size: 10 }] });
      log.append({ ...delivered, run });
    }
    let turns = 0;
    let isOver = false;
    const others = (): void => {
      turns += 1;
      if (!isOver) setImmediate(others);
    };
    setImmediate(others);
    const index = new HistoryIndex();
    await index.refresh(log);
    const check = await checkTrail(log, Promise.resolve(memoryVault()));
    isOver = true;
    expect(index.documents).toHaveLength(5_000);
    expect(check).toMatchObject({ entries: 10_000, problem: null });
    expect(turns).toBeGreaterThan(15);
  });
});

describe("the history of settings and keys", () => {
  test("tells each kind of change by names alone", async () => {
    const { index } = await indexOf([
      { kind: "settings.changed", settings: ["level", "theme"] },
      { kind: "profile.saved", provider: "idnow", profile: "Main", isNew: true },
      { kind: "profile.saved", provider: "idnow", profile: "Main", isNew: false },
      { kind: "profile.used", provider: "idnow", profile: "Main" },
      { kind: "profile.used", provider: "idnow", profile: null },
      { kind: "profile.removed", provider: "idnow", profile: "Main" },
      { kind: "vault.key-renewed", records: 3 },
      { kind: "vault.emptied", records: 2 },
      { kind: "vault.started-afresh", reason: "key-lost" },
      { kind: "trail.key", key: "0011223344556677" },
      { kind: "trail.broken", sealed: 9, hash: RESULT },
    ]);
    const told = { provider: "idnow", profile: "Main" };
    expect(index.events.map(({ seq, kind, facts }) => [seq, kind, facts])).toEqual([
      [1, "settings.changed", { settings: "level, theme" }],
      [2, "profile.added", told],
      [3, "profile.changed", told],
      [4, "profile.used", told],
      [5, "profile.practice", { provider: "idnow" }],
      [6, "profile.removed", told],
      [7, "vault.key-renewed", { count: 3 }],
      [8, "vault.emptied", { count: 2 }],
      [9, "vault.started-afresh", {}],
      [10, "trail.key", { key: "0011223344556677" }],
      [11, "trail.broken", { sealed: 9 }],
    ]);
  });
});
