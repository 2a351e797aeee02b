import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, test } from "vitest";
import type { PreparedSignature } from "../../../electron/pades/prepared-signature.ts";
import type { BankIdSigning } from "../../../electron/providers/provider.ts";
import { Journal } from "../../../electron/storage/journal.ts";
import { isJournalFailure, JournalConflict } from "../../../electron/storage/journal-errors.ts";
import type { ItemRecord, TransactionRecord } from "../../../electron/storage/journal-record.ts";
import { sha256Hex, transactionId } from "../../../shared/ids.ts";

const id = transactionId("7f2c1f9e-0000-4000-8000-000000000001");
const digest = sha256Hex("ab".repeat(32));

function transaction(): TransactionRecord {
  return {
    id,
    provider: "itsme",
    profile: "sandbox",
    phase: "running",
    order: {
      documents: [
        { id: "1", name: "a.pdf" },
        { id: "2", name: "b.pdf" },
      ],
      language: "EN",
      description: null,
      policy: null,
      commitmentType: null,
      signerRole: null,
      knownPerson: null,
    },
    level: "B-T",
    state: { step: "start" },
    version: 1,
    failure: null,
    created: "2026-11-22T10:00:00.000Z",
    updated: "2026-11-22T10:00:00.000Z",
  };
}

function item(number: string): ItemRecord {
  return {
    transaction: id,
    item: number,
    name: `${number}.pdf`,
    sourcePath: `/documents/${number}.pdf`,
    sourceSize: 10,
    sourceSha256: digest,
    stagedPath: `/documents/.${number}.part`,
    outputPath: `/documents/${number}-signed.pdf`,
    outputFixed: false,
    placement: { kind: "invisible" },
    fieldName: null,
    reason: null,
    rewrite: false,
    claimedTime: "2026-11-22T10:00:00.000Z",
    capacityBytes: null,
    phase: "pending",
    prepared: null,
    sent: null,
    returned: null,
    evidence: null,
    value: null,
    failure: null,
    resultSha256: null,
    outcome: null,
  };
}

const DELIVERED = { level: "B-T", verdict: "TOTAL-PASSED" } as const;

const prepared = {
  version: 1,
  originalSize: 10,
  stagedSize: 100,
  byteRange: [0, 20, 60, 40],
  contents: { offset: 21, capacityBytes: 19 },
  documentDigest: digest,
  field: "Signature1",
  signedAttributes: null,
  toBeSigned: null,
  chain: [],
} as const;

describe("the journal", () => {
  let database: DatabaseSync;
  let journal: Journal;

  beforeEach(() => {
    database = new DatabaseSync(":memory:");
    journal = new Journal(database, () => Date.parse("2026-11-22T10:00:01Z"), 41);
    journal.begin(transaction(), [item("1"), item("2")]);
  });

  test("gives back what was written, documents in their order", () => {
    expect(journal.transaction(id)).toEqual(transaction());
    expect(journal.items(id)).toEqual([item("1"), item("2")]);
  });

  test("gives one document alone, and none that a run does not have", () => {
    const other = transactionId("7f2c1f9e-0000-4000-8000-000000000002");
    journal.begin({ ...transaction(), id: other }, [{ ...item("2"), transaction: other, name: "other.pdf" }]);
    expect(journal.item(id, "2")).toEqual(item("2"));
    expect(journal.item(other, "2")?.name).toBe("other.pdf");
    expect(journal.item(other, "1")).toBeNull();
    expect(journal.item(id, "02")).toBeNull();
  });

  test("tells where documents are written before they are delivered, each place once", () => {
    const other = transactionId("7f2c1f9e-0000-4000-8000-000000000002");
    journal.begin({ ...transaction(), id: other }, [{ ...item("2"), transaction: other }]);
    expect(journal.stagedPaths().toSorted()).toEqual(["/documents/.1.part", "/documents/.2.part"]);
  });

  test("lets only one of two drivers go on from the same state", () => {
    expect(journal.storeState(id, 1, { step: "identifying" })).toBe(2);
    expect(() => journal.storeState(id, 1, { step: "identifying-again" })).toThrow(JournalConflict);
    expect(journal.transaction(id)?.state).toEqual({ step: "identifying" });
  });

  test("stores values and state together or not at all", () => {
    journal.storePrepared(id, "1", prepared);
    const values = [
      { id: "1", value: "AAAA" },
      { id: "2", value: "BBBB" },
    ];
    // Document 2 was never prepared: a value for it is a bug, and nothing of the step may stay.
    expect(() => journal.storeValues(id, 1, { step: "signed" }, values)).toThrow(JournalConflict);
    expect(journal.transaction(id)?.version).toBe(1);
    expect(journal.items(id).map((record) => record.phase)).toEqual(["prepared", "pending"]);
  });

  test("takes a document through its phases and refuses a second delivery", () => {
    journal.storePrepared(id, "1", prepared);
    journal.storeValues(id, 1, { step: "signed" }, [{ id: "1", value: "AAAA" }]);
    expect(() => journal.storePrepared(id, "1", prepared)).toThrow(JournalConflict);
    journal.storeAssembled(id, "1");
    journal.storeOutputPath(id, "1", "/documents/other.pdf", digest);
    journal.storeDelivered(id, "1", DELIVERED);
    expect(() => journal.storeDelivered(id, "1", DELIVERED)).toThrow(JournalConflict);
    expect(journal.items(id)[0]).toMatchObject({
      phase: "delivered",
      outputPath: "/documents/other.pdf",
      value: "AAAA",
      resultSha256: digest,
      outcome: DELIVERED,
    });
  });

  test("never fails an approved document for good", () => {
    journal.storePrepared(id, "1", prepared);
    journal.storeValues(id, 1, { step: "signed" }, [{ id: "1", value: "AAAA" }]);
    journal.storeItemFailure(id, "1", { code: "output.disk-full" });
    journal.storeItemFailure(id, "2", { code: "document.changed-on-disk" });
    journal.finish(id, "done", null);
    expect(journal.items(id).map((record) => record.phase)).toEqual(["approved", "failed"]);
    expect(journal.unfinished().map((record) => record.id)).toEqual([id]);
  });

  test("forgets a finished run whose documents are all delivered or failed", () => {
    journal.finish(id, "failed", { code: "itsme.rejected" });
    expect(journal.items(id).map((record) => [record.phase, record.failure?.code])).toEqual([
      ["failed", "itsme.rejected"],
      ["failed", "itsme.rejected"],
    ]);
    expect(journal.unfinished()).toEqual([]);
  });

  test("forgets old runs with all that they hold, and none that is running or has something to deliver", () => {
    const later = "2026-12-01T00:00:00.000Z";
    journal.forgetFinished(later);
    expect(journal.transaction(id)).not.toBeNull();
    journal.storePrepared(id, "1", prepared);
    journal.storeValues(id, 1, { step: "signed" }, [{ id: "1", value: "AAAA" }]);
    journal.finish(id, "done", null);
    journal.forgetFinished(later);
    expect(journal.transaction(id)).not.toBeNull();
    journal.storeAssembled(id, "1");
    journal.storeDelivered(id, "1", DELIVERED);
    journal.forgetFinished("2026-11-22T10:00:00.000Z");
    expect(journal.transaction(id)).not.toBeNull();
    journal.forgetFinished(later);
    expect(journal.transaction(id)).toBeNull();
    expect(database.prepare("SELECT count(*) AS n FROM signing_item").get()).toEqual({ n: 0 });
  });

  test("starts a document again only once when its reserved space was too small", () => {
    journal.storePrepared(id, "1", prepared);
    journal.storeValues(id, 1, { step: "signed" }, [{ id: "1", value: "AAAA" }]);
    expect(journal.requeue(id, 2, { step: "again" }, [{ item: "1", capacityBytes: 40_000 }])).toBe(3);
    expect(journal.transaction(id)?.state).toEqual({ step: "again" });
    expect(journal.items(id)[0]).toMatchObject({
      phase: "pending",
      value: null,
      prepared: null,
      capacityBytes: 40_000,
    });
    journal.storePrepared(id, "1", prepared);
    journal.storeValues(id, 3, { step: "signed" }, [{ id: "1", value: "CCCC" }]);
    expect(() => journal.requeue(id, 4, { step: "again" }, [{ item: "1", capacityBytes: 80_000 }])).toThrow(
      JournalConflict,
    );
    // Neither half of the step has happened.
    expect(journal.transaction(id)).toMatchObject({ version: 4, state: { step: "signed" } });
  });

  test("is taken over from an instance that is gone, never from one that lives", () => {
    const other = new Journal(database, Date.now, 42);
    expect(other.takeOver(id, () => true)).toBe(false);
    expect(other.takeOver(id, () => false)).toBe(true);
    // The first instance comes back from sleep: it must notice that the run is no longer its own.
    expect(() => journal.storeState(id, 1, { step: "late" })).toThrow(JournalConflict);
    expect(() => journal.storePrepared(id, "1", prepared)).toThrow(JournalConflict);
    other.storePrepared(id, "1", prepared);
    other.storeValues(id, 2, { step: "signed" }, [{ id: "1", value: "AAAA" }]);
    expect(() => journal.storeAssembled(id, "1")).toThrow(JournalConflict);
    journal.storeItemFailure(id, "1", { code: "output.disk-full" });
    expect(journal.items(id)[0]).toMatchObject({ phase: "approved", failure: null });
  });

  test("is not ended by an instance from which it was taken over, however far the other has come", () => {
    const other = new Journal(database, () => 0, 42);
    expect(other.takeOver(id, () => false)).toBe(true);
    other.storePrepared(id, "1", prepared);
    expect(() => journal.finish(id, "failed", { code: "provider.cancelled" })).toThrow(JournalConflict);
    const version = other.transaction(id)?.version ?? 0;
    other.storeValues(id, version, { step: "signed" }, [{ id: "1", value: "AAAA" }]);
    expect(other.items(id).map(({ phase }) => phase)).toEqual(["approved", "pending"]);
  });

  test("takes no step of a document from an instance from which the run was taken over", () => {
    const other = new Journal(database, () => 0, 42);
    expect(other.takeOver(id, () => false)).toBe(true);
    const failure = { code: "output.disk-full" } as const;
    const steps: readonly (() => unknown)[] = [
      () => journal.storeState(id, 1, { step: "identifying" }),
      () => journal.storePrepared(id, "1", prepared),
      () => journal.storeSent(id, "1", { size: 1, sha256: digest }),
      () => journal.storeAssembled(id, "1"),
      () => journal.storeOutputPath(id, "1", "/documents/other.pdf", digest),
      () => journal.storeDelivered(id, "1", DELIVERED),
      () => journal.giveUp(id, "1", failure),
      () => journal.requeue(id, 1, { step: "start" }, [{ item: "1", capacityBytes: 10 }]),
    ];
    for (const step of steps) expect(step).toThrow(JournalConflict);
    journal.storeItemFailure(id, "1", failure);
    expect(journal.items(id)).toEqual([item("1"), item("2")]);
  });

  test("ends an approved document for good only when it is given up by name", () => {
    journal.storePrepared(id, "1", prepared);
    expect(() => journal.giveUp(id, "1", { code: "output.verification" })).toThrow(JournalConflict);
    journal.storeValues(id, 1, { step: "signed" }, [{ id: "1", value: "AAAA" }]);
    journal.giveUp(id, "1", { code: "output.verification" });
    journal.finish(id, "done", null);
    expect(journal.items(id)[0]).toMatchObject({ phase: "failed", failure: { code: "output.verification" } });
    expect(journal.unfinished()).toEqual([]);
  });

  test("tells its own failures from bugs", () => {
    database.close();
    const failure = (work: () => unknown): unknown => {
      try {
        return work();
      } catch (error) {
        return error;
      }
    };
    expect(isJournalFailure(failure(() => journal.items(id)))).toBe(true);
    expect(isJournalFailure(new JournalConflict("moved on"))).toBe(true);
    expect(isJournalFailure(new TypeError("x is not a function"))).toBe(false);
  });
});

describe("evidence", () => {
  const sent = { size: 10, sha256: digest };
  const evidence = { kind: "bankid", visibleText: "text" } as unknown as BankIdSigning;
  const seal = { version: 2, field: "Signature1" } as unknown as PreparedSignature;
  const begun = (): Journal => {
    const journal = new Journal(new DatabaseSync(":memory:"), () => 0, 41);
    journal.begin(transaction(), [item("1"), item("2")]);
    for (const number of ["1", "2"]) {
      journal.storeSent(id, number, sent);
    }
    return journal;
  };

  test("is kept with the state, once for all documents that it speaks of", () => {
    const journal = begun();
    expect(journal.storeEvidence(id, 1, { step: "delivered" }, ["1"], evidence)).toBe(2);
    const [first, second] = journal.items(id);
    expect(first).toMatchObject({ phase: "approved" });
    expect(second).toMatchObject({ phase: "prepared", evidence: null });
    expect(journal.evidence(first?.evidence ?? -1)).toEqual(evidence);
    expect(journal.transaction(id)?.state).toEqual({ step: "delivered" });
    expect(journal.evidence(99)).toBeNull();
  });

  test("a second one of the same run takes nothing from the first", () => {
    const journal = begun();
    const other = { ...evidence, visibleText: "another" };
    journal.storeEvidence(id, 1, { step: "a" }, ["1"], evidence);
    journal.storeEvidence(id, 2, { step: "b" }, ["2"], other);
    expect(journal.items(id).map((one) => journal.evidence(one.evidence ?? -1))).toEqual([evidence, other]);
  });

  test("is not kept without the state, nor the state without it", () => {
    const journal = begun();
    expect(() => journal.storeEvidence(id, 7, { step: "delivered" }, ["1"], evidence)).toThrow(JournalConflict);
    expect(() => journal.storeEvidence(id, 1, { step: "delivered" }, ["1", "3"], evidence)).toThrow(JournalConflict);
    expect(journal.transaction(id)).toMatchObject({ version: 1, state: { step: "start" } });
    expect(journal.items(id)).toMatchObject([{ evidence: null }, { evidence: null }]);
    expect(journal.evidence(1)).toBeNull();
  });

  test("a document with it is assembled with a seal or without, and only such a document", () => {
    const journal = begun();
    expect(() => journal.storeEvidenceAssembled(id, "1", seal)).toThrow(JournalConflict);
    journal.storeEvidence(id, 1, { step: "delivered" }, ["1"], evidence);
    journal.storeEvidenceAssembled(id, "1", seal);
    expect(journal.items(id)[0]).toMatchObject({ phase: "assembled", prepared: seal });
    journal.storeEvidenceAssembled(id, "1", null);
    expect(journal.items(id)[0]).toMatchObject({ phase: "assembled", prepared: null });
  });

  test("goes with its run when that is forgotten", () => {
    const journal = begun();
    journal.storeEvidence(id, 1, { step: "delivered" }, ["1"], evidence);
    journal.storeEvidenceAssembled(id, "1", null);
    journal.storeDelivered(id, "1", DELIVERED);
    journal.finish(id, "done", null);
    journal.forgetFinished("2100-01-01T00:00:00.000Z");
    expect(journal.transaction(id)).toBeNull();
    expect(journal.evidence(1)).toBeNull();
  });
});
