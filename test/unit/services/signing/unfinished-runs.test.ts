import { DatabaseSync } from "node:sqlite";
import { beforeEach, expect, test } from "vitest";
import { resumeOne } from "../../../../electron/services/application/resume-unfinished.ts";
import type { ResumeParts } from "../../../../electron/services/application/resume-unfinished.ts";
import { SigningService } from "../../../../electron/services/signing/signing-service.ts";
import type { SigningServiceParts } from "../../../../electron/services/signing/signing-service.ts";
import { Journal } from "../../../../electron/storage/journal.ts";
import type { ItemRecord, TransactionRecord } from "../../../../electron/storage/journal-record.ts";
import { transactionId } from "../../../../shared/ids.ts";

const FIRST = transactionId("7f2c1f9e-0000-4000-8000-000000000001");
const SECOND = transactionId("7f2c1f9e-0000-4000-8000-000000000002");
const THIRD = transactionId("7f2c1f9e-0000-4000-8000-000000000003");

let database: DatabaseSync;
let unexpected: readonly unknown[];
let service: SigningService;

beforeEach(() => {
  database = new DatabaseSync(":memory:");
  const earlier = new Journal(database, Date.now, 1);
  for (const id of [FIRST, SECOND, THIRD]) {
    const run = { id, provider: "itsme", profile: "sandbox", phase: "running", state: { step: "start" }, version: 1 };
    const item = { transaction: id, item: "1", name: "a.pdf", phase: "pending", stagedPath: "/.a", outputPath: "/a" };
    const nothing = { prepared: null, value: null, capacityBytes: null, failure: null };
    earlier.begin({ ...run, failure: null, updated: "2026-11-22T10:00:00.000Z" } as unknown as TransactionRecord, [
      { ...item, ...nothing } as unknown as ItemRecord,
    ]);
  }
  unexpected = [];
  service = new SigningService({
    environments: { get: async () => ({ ok: false, failure: { code: "profile.not-found" } }) },
    journal: new Journal(database, Date.now, 2),
    unexpected: (error) => {
      unexpected = [...unexpected, error];
    },
  } as Partial<SigningServiceParts> as SigningServiceParts);
});

const owners = (): readonly unknown[] =>
  database
    .prepare("SELECT owner FROM signing_transaction ORDER BY id")
    .all()
    .map(({ owner }) => owner);

test("one run whose documents cannot be read does not keep the others waiting, and stays as it is", () => {
  database.prepare("UPDATE signing_item SET record = '{' WHERE transaction_id = ?").run(SECOND);
  expect(service.unfinished(() => false).map(({ record }) => record.id)).toEqual([FIRST, THIRD]);
  expect(unexpected).toHaveLength(1);
  expect(unexpected[0]).toBeInstanceOf(SyntaxError);
  expect(owners()).toEqual([2, 1, 2]);
});

test("going on with one run takes no other over", async () => {
  const told: unknown[] = [];
  const parts = {
    signing: service,
    registry: { open: async () => ({ ok: true, value: "document" }) },
    views: { follow: () => ({ onEnd: (end: unknown) => told.push(end) }) },
    environmentOf: () => "sandbox",
  } as unknown as ResumeParts;
  expect(await resumeOne(parts, SECOND)).toBe(true);
  expect(told).toEqual([{ kind: "failed", failure: { code: "profile.not-found" } }]);
  expect(owners()).toEqual([1, 2, 1]);
  expect(await resumeOne(parts, transactionId("7f2c1f9e-0000-4000-8000-000000000009"))).toBe(false);
});
