import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { profileInUse } from "../../../electron/services/application/profile-in-use.ts";
import type { TransactionRecord } from "../../../electron/storage/journal-record.ts";
import { JOURNAL_MIGRATIONS } from "../../../electron/storage/journal-schema.ts";
import { openJournal } from "../../../electron/storage/open-journal.ts";
import { transactionId } from "../../../shared/ids.ts";

let data = "";
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "sealdesk-in-use-"));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const order = {
  documents: [],
  language: "EN",
  description: null,
  policy: null,
  commitmentType: null,
  signerRole: null,
  knownPerson: null,
} as const;
const run = (profile: string): TransactionRecord => ({
  id: transactionId(`7f2c1f9e-0000-4000-8000-00000000000${profile.length}`),
  provider: "itsme",
  profile,
  phase: "running",
  order,
  level: "B-T",
  state: { step: "start" },
  version: 1,
  failure: null,
  created: "2026-11-22T10:00:00.000Z",
  updated: "2026-11-22T10:00:00.000Z",
});

test("a profile is needed by unfinished runs of the window and by those that a command left, and by no others", () => {
  const journal = openJournal(join(data, "sealdesk.db"), Date.now, 1);
  const commands = openJournal(join(data, "command-line.db"), Date.now, 2);
  if (!journal.ok || !commands.ok) throw new Error("a journal");
  const isInUse = profileInUse({ journal, data });
  journal.value.begin(run("window"), []);
  commands.value.begin(run("command"), []);
  expect(["window", "command", "other"].map((name) => isInUse("itsme", name))).toEqual([true, true, false]);
  expect(isInUse("idnow", "window")).toBe(false);
  journal.value.close();
  commands.value.close();
});

test("without a journal of commands there is none to ask, and one that cannot be read may need every profile", () => {
  const journal = openJournal(join(data, "sealdesk.db"), Date.now, 1);
  if (!journal.ok) throw new Error("a journal");
  const isInUse = profileInUse({ journal, data });
  expect(isInUse("itsme", "window")).toBe(false);
  writeFileSync(join(data, "command-line.db"), "no database at all, but rather long".repeat(50));
  expect(isInUse("itsme", "window")).toBe(true);
  journal.value.close();
});

test("while the window's own journal cannot be read every profile may be needed, and the file stays as it is", () => {
  const path = join(data, "sealdesk.db");
  const bytes = "no database at all, but rather long".repeat(50);
  writeFileSync(path, bytes);
  const journal = openJournal(path, Date.now, 1);
  expect(journal.ok).toBe(false);
  expect(profileInUse({ journal, data })("itsme", "window")).toBe(true);
  expect(readFileSync(path, "utf8")).toBe(bytes);
});

test("a journal of commands is asked as it is: one of an older version is not brought to a newer one", () => {
  const path = join(data, "command-line.db");
  const older = new DatabaseSync(path);
  older.exec(JOURNAL_MIGRATIONS[0] ?? "");
  older.exec("PRAGMA user_version = 1");
  older.close();
  const journal = openJournal(join(data, "sealdesk.db"), Date.now, 1);
  if (!journal.ok) throw new Error("a journal");
  expect(profileInUse({ journal, data })("itsme", "window")).toBe(false);
  journal.value.close();
  const after = new DatabaseSync(path, { readOnly: true });
  expect(after.prepare("PRAGMA user_version").get()).toEqual({ user_version: 1 });
  after.close();
});

test("a journal of commands that a newer version wrote may need every profile", () => {
  const path = join(data, "command-line.db");
  const commands = openJournal(path, Date.now, 2);
  if (!commands.ok) throw new Error("a journal");
  commands.value.close();
  const newer = new DatabaseSync(path);
  newer.exec(`PRAGMA user_version = ${JOURNAL_MIGRATIONS.length + 1}`);
  newer.close();
  const journal = openJournal(join(data, "sealdesk.db"), Date.now, 1);
  if (!journal.ok) throw new Error("a journal");
  expect(profileInUse({ journal, data })("itsme", "window")).toBe(true);
  journal.value.close();
});
