import type { DatabaseSync } from "node:sqlite";
import { atomically } from "../atomically.ts";
import { migrate } from "../migrate.ts";
import { entryHash, NO_ENTRY } from "./audit-entry.ts";
import type { AuditEntry, AuditEvent, AuditSeal, RunEvent } from "./audit-entry.ts";

/** A member of an entry's body; null where somebody's edit left no JSON. Spelt as in the indexes, so that they are used. */
const member = (name: string): string => `CASE WHEN json_valid(body) THEN json_extract(body, '$.${name}') END`;

const MIGRATIONS = [
  `
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  time TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TABLE audit_seal (
  seq INTEGER NOT NULL REFERENCES audit (seq),
  key TEXT NOT NULL,
  mac TEXT NOT NULL,
  PRIMARY KEY (seq, key)
) STRICT;
CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE (ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE (ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_seal_keeps BEFORE UPDATE ON audit_seal
  BEGIN SELECT RAISE (ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_seal_stays BEFORE DELETE ON audit_seal
  BEGIN SELECT RAISE (ABORT, 'the audit trail is append-only'); END;
`,
  `
CREATE INDEX audit_run ON audit (${member("run")});
CREATE INDEX audit_source ON audit (${member("source")});
CREATE INDEX audit_result ON audit (${member("result")});
`,
] as const;

/** What can be asked of a trail. */
export type AuditReader = Pick<AuditLog, "last" | "at" | "after" | "ofRun" | "knowsRun" | "ofDigest" | "seals">;

/**
 * The audit trail: append-only, each entry with the hash of the one before. A file of its own, because it is kept when
 * the journal is tidied, and because a damaged journal must not take it along. Several programs may append at once.
 */
export class AuditLog {
  readonly #database: DatabaseSync;
  readonly #now: () => number;

  /** Throws as `migrate` does. */
  constructor(database: DatabaseSync, now: () => number) {
    migrate(database, MIGRATIONS);
    this.#database = database;
    this.#now = now;
  }

  /** Appends one entry, on the disk when this returns. */
  append({ kind, ...body }: AuditEvent): AuditEntry {
    return atomically(this.#database, () => this.#insert(kind, JSON.stringify(body)));
  }

  /** Null: another program has written just this about the run since somebody found that it was missing. */
  appendOnce({ kind, ...body }: RunEvent): AuditEntry | null {
    const text = JSON.stringify(body);
    return atomically(this.#database, () => {
      const isThere = this.ofRun(body.run).some((entry) => entry.kind === kind && entry.body === text);
      return isThere ? null : this.#insert(kind, text);
    });
  }

  #insert(kind: AuditEvent["kind"], body: string): AuditEntry {
    const last = this.last();
    const fields = {
      seq: (last?.seq ?? 0) + 1,
      time: new Date(this.#now()).toISOString(),
      kind,
      body,
      previous: last?.hash ?? NO_ENTRY,
    };
    const entry = { ...fields, hash: entryHash(fields) };
    this.#database
      .prepare("INSERT INTO audit (seq, time, kind, body, previous, hash) VALUES (?, ?, ?, ?, ?, ?)")
      .run(entry.seq, entry.time, entry.kind, entry.body, entry.previous, entry.hash);
    return entry;
  }

  /** A second seal of the same entry under the same key changes nothing. */
  addSeal({ seq, key, mac }: AuditSeal): void {
    this.#database.prepare("INSERT OR IGNORE INTO audit_seal (seq, key, mac) VALUES (?, ?, ?)").run(seq, key, mac);
  }

  last(): AuditEntry | null {
    const row = this.#database.prepare("SELECT * FROM audit ORDER BY seq DESC LIMIT 1").get();
    return row === undefined ? null : entryOf(row);
  }

  /** In order, as they stand in the file; a trail of any length is never in memory as a whole. */
  *entries(): Generator<AuditEntry> {
    for (const row of this.#database.prepare("SELECT * FROM audit ORDER BY seq").iterate()) {
      yield entryOf(row);
    }
  }

  at(seq: number): AuditEntry | null {
    const row = this.#database.prepare("SELECT * FROM audit WHERE seq = ?").get(seq);
    return row === undefined ? null : entryOf(row);
  }

  /** At most so many entries after this one, in order. */
  after(seq: number, limit: number): readonly AuditEntry[] {
    return this.#database
      .prepare("SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?")
      .all(seq, limit)
      .map(entryOf);
  }

  /** What a signing run wrote, in order. */
  ofRun(run: string): readonly AuditEntry[] {
    return this.#database
      .prepare(`SELECT * FROM audit WHERE ${member("run")} = ? ORDER BY seq`)
      .all(run)
      .map(entryOf);
  }

  /** Is there a run whose id (lower-case hexadecimal and hyphens) begins so? */
  knowsRun(start: string): boolean {
    const found = this.#database.prepare(
      `SELECT 1 FROM audit WHERE ${member("run")} >= ? AND ${member("run")} < ? LIMIT 1`,
    );
    // The next letter after all that an id is made of.
    return found.get(start, `${start}g`) !== undefined;
  }

  /** Deliveries of which this SHA-256 is the original's or the result's, in order. */
  ofDigest(sha256: string): readonly AuditEntry[] {
    return this.#database
      .prepare(
        `SELECT * FROM audit WHERE kind = 'document.delivered' AND (${member("source")} = ? OR ${member("result")} = ?) ORDER BY seq`,
      )
      .all(sha256, sha256)
      .map(entryOf);
  }

  seals(): readonly AuditSeal[] {
    return this.#database
      .prepare("SELECT seq, key, mac FROM audit_seal ORDER BY seq")
      .all()
      .map((row) => ({ seq: Number(row["seq"]), key: String(row["key"]), mac: String(row["mac"]) }));
  }

  close(): void {
    if (this.#database.isOpen) {
      this.#database.close();
    }
  }
}

const entryOf = (row: Readonly<Record<string, unknown>>): AuditEntry => ({
  seq: Number(row["seq"]),
  time: String(row["time"]),
  kind: String(row["kind"]),
  body: String(row["body"]),
  previous: String(row["previous"]),
  hash: String(row["hash"]),
});
