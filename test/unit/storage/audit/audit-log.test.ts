import { createHash, createHmac } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { AuditLog } from "../../../../electron/storage/audit/audit-log.ts";
import { sealEntry } from "../../../../electron/storage/audit/audit-seal.ts";
import { checkAudit } from "../../../../electron/storage/audit/check-audit.ts";

const KEY = new Uint8Array(32).fill(7);
const TIME = Date.UTC(2026, 10, 28, 9);

/** A trail of three entries; those named are sealed. */
function trail(...sealed: readonly number[]) {
  const database = new DatabaseSync(":memory:");
  const log = new AuditLog(database, () => TIME);
  for (const run of ["a", "b", "c"]) {
    const entry = log.append({ kind: "signing.resumed", run });
    if (sealed.includes(entry.seq)) {
      log.addSeal(sealEntry(entry, KEY));
    }
  }
  return { database, log };
}

/** What somebody with an editor for the file can do, who does not mind the triggers. */
function edit(database: DatabaseSync, sql: string): void {
  for (const trigger of ["audit_keeps", "audit_stays", "audit_seal_keeps", "audit_seal_stays"]) {
    database.exec(`DROP TRIGGER IF EXISTS ${trigger}`);
  }
  database.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
}

const check = (log: AuditLog, key: Uint8Array | null = KEY, head: { seq: number; hash: string } | null = null) =>
  checkAudit(log.entries(), log.seals(), { key, head });

describe("the audit trail", () => {
  test("chains its entries by SHA-256 and seals them by HMAC-SHA-256, as anybody can compute again", () => {
    const { log } = trail(2);
    const [first, second] = [...log.entries()];
    const body = '{"run":"a"}';
    const zeros = "0".repeat(64);
    const time = "2026-11-28T09:00:00.000Z";
    const hash = createHash("sha256")
      .update(JSON.stringify([1, 1, time, "signing.resumed", body, zeros]))
      .digest("hex");
    expect(first).toEqual({ seq: 1, time, kind: "signing.resumed", body, previous: zeros, hash });
    expect(second?.previous).toBe(hash);
    const mac = createHmac("sha256", KEY).update(["sealdesk audit seal", "2", second?.hash].join("\0")).digest("hex");
    expect(log.seals()).toEqual([{ seq: 2, key: expect.stringMatching(/^[0-9a-f]{16}$/u), mac }]);
  });

  test("that nobody touched is whole, and says up to where it is sealed", () => {
    expect(check(trail(2).log)).toEqual({ entries: 3, problem: null, sealedTo: 2, uncheckedSeals: 0, breaks: [] });
    expect(check(trail(2).log, null)).toEqual({
      entries: 3,
      problem: null,
      sealedTo: 0,
      uncheckedSeals: 1,
      breaks: [],
    });
    expect(check(trail(2).log, new Uint8Array(32))).toMatchObject({ problem: null, sealedTo: 0, uncheckedSeals: 1 });
  });

  test("cannot be changed or shortened through the database", () => {
    const { database } = trail(1);
    for (const sql of ["UPDATE audit SET body = '{}'", "DELETE FROM audit", "DELETE FROM audit_seal"]) {
      expect(() => database.exec(sql)).toThrow(/append-only/u);
    }
  });

  const edits: readonly [string, string, object][] = [
    ["an entry's words", "UPDATE audit SET body = '{}' WHERE seq = 2", { code: "changed", seq: 2 }],
    ["an entry's time", "UPDATE audit SET time = '2020' WHERE seq = 1", { code: "changed", seq: 1 }],
    ["an entry taken out", "DELETE FROM audit WHERE seq = 2", { code: "gap", seq: 2 }],
    [
      "an entry taken out and the next moved up",
      "DELETE FROM audit WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3",
      { code: "broken-chain", seq: 2 },
    ],
    [
      "an entry put in between",
      "UPDATE audit SET seq = 4 WHERE seq = 3; INSERT INTO audit SELECT 3, time, kind, body, hash, hash FROM audit WHERE seq = 2",
      { code: "changed", seq: 3 },
    ],
    [
      "two entries that changed places",
      "UPDATE audit SET seq = 9 WHERE seq = 1; UPDATE audit SET seq = 1 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 9",
      { code: "broken-chain", seq: 1 },
    ],
    ["an entry's kind", "UPDATE audit SET kind = 'signing.ended' WHERE seq = 3", { code: "changed", seq: 3 }],
    [
      "an entry added behind",
      "INSERT INTO audit SELECT 4, time, kind, body, hash, hash FROM audit WHERE seq = 3",
      {
        code: "changed",
        seq: 4,
      },
    ],
    ["the first entry taken out", "DELETE FROM audit WHERE seq = 1", { code: "gap", seq: 1 }],
    ["the end cut off", "DELETE FROM audit WHERE seq = 3", { code: "seal-without-entry", seq: 3 }],
    ["a seal", "UPDATE audit_seal SET mac = '00' WHERE seq = 3", { code: "false-seal", seq: 3 }],
  ];
  test.each(edits)("shows %s, changed in the file", (_what, sql, problem) => {
    const { database, log } = trail(3);
    edit(database, sql);
    expect(check(log).problem).toEqual(problem);
  });

  test("that was made anew without the key shows by its false seals, and without seals by what the vault remembers", () => {
    const { log } = trail(3);
    const head = log.last();
    if (head === null) throw new Error("no entry");
    const forged = new AuditLog(new DatabaseSync(":memory:"), () => TIME);
    for (const run of ["a", "other", "c"]) forged.append({ kind: "signing.resumed", run });
    expect(check(forged, KEY, head).problem).toEqual({ code: "not-the-sealed", seq: 3 });
    for (const seal of log.seals()) forged.addSeal(seal);
    expect(check(forged).problem).toEqual({ code: "false-seal", seq: 3 });
    const shortened = new AuditLog(new DatabaseSync(":memory:"), () => TIME);
    for (const run of ["a", "b"]) shortened.append({ kind: "signing.resumed", run });
    expect(check(shortened, KEY, head).problem).toEqual({ code: "cut-off", seq: 3 });
  });

  test("finds what a run wrote and what became of a file, also beside entries that somebody made unreadable", () => {
    const { database, log } = trail();
    const [source, result] = ["1".repeat(64), "2".repeat(64)];
    log.append({ kind: "document.delivered", run: "b", item: "1", source, result, level: "B-T", verdict: null });
    edit(database, "UPDATE audit SET body = '{' WHERE seq = 1");
    expect(log.ofRun("b").map(({ seq }) => seq)).toEqual([2, 4]);
    expect(log.ofDigest(source).map(({ seq }) => seq)).toEqual([4]);
    expect(log.ofDigest(result).map(({ seq }) => seq)).toEqual([4]);
    expect(log.ofDigest("3".repeat(64))).toEqual([]);
    expect(log.after(1, 2).map(({ seq }) => seq)).toEqual([2, 3]);
    expect(log.at(9)).toBeNull();
  });

  test("looks a run and a digest up by an index", () => {
    const { database } = trail();
    const plan = (column: string): string =>
      JSON.stringify(
        database
          .prepare(
            `EXPLAIN QUERY PLAN SELECT * FROM audit WHERE CASE WHEN json_valid(body) THEN json_extract(body, '$.${column}') END = 'x'`,
          )
          .all(),
      );
    for (const column of ["run", "source", "result"]) {
      expect(plan(column)).toContain(`audit_${column}`);
    }
  });

  test("of another computer in the place of this one's is not the one that was sealed", () => {
    const { log } = trail(3);
    const head = log.last();
    const other = new AuditLog(new DatabaseSync(":memory:"), () => TIME);
    for (const run of ["x", "y", "z", "v"])
      other.addSeal(sealEntry(other.append({ kind: "signing.resumed", run }), new Uint8Array(32)));
    expect(check(other, KEY, head)).toMatchObject({
      problem: { code: "not-the-sealed", seq: 3 },
      sealedTo: 0,
      uncheckedSeals: 4,
    });
  });

  test("keeps one line when two programs append to the same file", () => {
    const { database, log } = trail();
    const second = new AuditLog(database, () => TIME);
    second.append({ kind: "signing.resumed", run: "d" });
    log.append({ kind: "signing.resumed", run: "e" });
    expect(check(log)).toMatchObject({ entries: 5, problem: null });
  });
});
