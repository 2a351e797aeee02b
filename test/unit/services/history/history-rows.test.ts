import { describe, expect, test } from "vitest";
import type { TrailDocument } from "../../../../electron/services/history/history-index.ts";
import { documentPage, eventPage } from "../../../../electron/services/history/history-rows.ts";
import type { JournalLookup } from "../../../../electron/services/history/history-rows.ts";
import type { ItemRecord, TransactionRecord } from "../../../../electron/storage/journal-record.ts";
import type { HistoryQuery } from "../../../../shared/ipc.ts";
import type { Failure } from "../../../../shared/failure.ts";

const runId = (number: number): string => `7f2c1f9e-0000-4000-8000-${String(number).padStart(12, "0")}`;

function trailDocument(number: number, change: Partial<TrailDocument> = {}): TrailDocument {
  return {
    run: runId(number),
    item: "1",
    started: `2026-11-${String(number).padStart(2, "0")}T09:00:00.000Z`,
    time: `2026-11-${String(number).padStart(2, "0")}T09:01:00.000Z`,
    provider: "itsme",
    profile: "Head office",
    environment: "production",
    wanted: "B-T",
    source: String(number % 10).repeat(64),
    result: "f".repeat(64),
    level: "B-T",
    verdict: "TOTAL-PASSED",
    outcome: "signed",
    failure: null,
    late: false,
    ...change,
  };
}

const ALL: HistoryQuery = { text: "", outcome: null, environment: null, from: null, to: null, offset: 0, limit: 50 };

interface Kept {
  readonly phase: TransactionRecord["phase"];
  readonly item: ItemRecord["phase"];
  readonly name?: string;
  readonly failure?: Failure;
}

/** A journal that knows these runs. */
function journal(runs: Readonly<Record<string, Kept>>): JournalLookup {
  const found = (id: string): Kept | undefined => runs[id];
  return {
    transaction: (id) =>
      found(id) === undefined ? null : ({ id, phase: found(id)?.phase, failure: null } as unknown as TransactionRecord),
    item: (id, item) => {
      const kept = found(id);
      return kept === undefined || item !== "1"
        ? null
        : ({ item, name: kept.name ?? "a.pdf", phase: kept.item, failure: kept.failure ?? null } as ItemRecord);
    },
    names: () => new Map(Object.entries(runs).map(([id, { name = "a.pdf" }]) => [`${id} 1`, name])),
  };
}

const nobody = { own: null, journals: [], isRunning: () => false };
const found = (query: Partial<HistoryQuery>, documents: readonly TrailDocument[], surroundings = {}) =>
  documentPage(documents, { ...ALL, ...query }, { ...nobody, ...surroundings }).rows.map(({ started }) =>
    Number(started.slice(8, 10)),
  );

describe("a page of the history", () => {
  const many = Array.from({ length: 25 }, (_, index) => trailDocument(index + 1));

  test("begins with the newest and goes back page by page", () => {
    expect(found({ limit: 3 }, many)).toEqual([25, 24, 23]);
    expect(found({ limit: 3, offset: 24 }, many)).toEqual([1]);
    expect(found({ limit: 3, offset: 25 }, many)).toEqual([]);
    expect(documentPage(many, { ...ALL, limit: 3 }, nobody).total).toBe(25);
  });

  test("holds what fits outcome, environment and days", () => {
    const documents = [
      trailDocument(1, { outcome: "not-signed" }),
      trailDocument(2, { environment: "test" }),
      trailDocument(3, { environment: null, profile: "sandbox" }),
      trailDocument(4, { outcome: "unfinished" }),
    ];
    expect(found({ outcome: "not-signed" }, documents)).toEqual([1]);
    expect(found({ outcome: "unfinished" }, documents)).toEqual([4]);
    expect(found({ environment: "test" }, documents)).toEqual([2]);
    expect(found({ environment: "sandbox" }, documents)).toEqual([3]);
    expect(found({ from: "2026-11-02T00:00:00Z", to: "2026-11-04T00:00:00+00:00" }, documents)).toEqual([3, 2]);
    expect(found({ from: "2026-11-03T09:01:00Z" }, documents)).toEqual([4, 3]);
    expect(found({ to: "2026-11-03T09:01:00Z" }, documents)).toEqual([2, 1]);
  });

  test("is found by part of a digest, of a file name that is still known, of provider and profile", () => {
    const documents = [trailDocument(1), trailDocument(2, { provider: "idnow", profile: "Bank" })];
    const names = {
      journals: [journal({ [runId(1)]: { phase: "done", item: "delivered", name: "Lease Ghent.pdf" } })],
    };
    expect(found({ text: "1111" }, documents)).toEqual([1]);
    expect(found({ text: "11111111 11111111" }, documents)).toEqual([1]);
    expect(found({ text: "ghent LEASE" }, documents, names)).toEqual([1]);
    expect(found({ text: "idnow" }, documents)).toEqual([2]);
    expect(found({ text: "bank" }, documents)).toEqual([2]);
    expect(found({ text: "nothing like it" }, documents)).toEqual([]);
  });

  test("finds settings and keys by their words", () => {
    const events = [
      { seq: 1, time: "2026-11-01T09:00:00.000Z", kind: "settings.changed", facts: { settings: "level" } },
      { seq: 2, time: "2026-11-02T09:00:00.000Z", kind: "trail.key", facts: { key: "00ff" } },
    ] as const;
    expect(eventPage(events, { ...ALL, text: "level" }).rows.map(({ seq }) => seq)).toEqual([1]);
    expect(eventPage(events, ALL).rows.map(({ seq }) => seq)).toEqual([2, 1]);
  });
});

describe("an entry of the history", () => {
  const open = trailDocument(1, { outcome: "unfinished", result: null, level: null, verdict: null });
  const stateWith = (surroundings: object): string | undefined =>
    documentPage([open], ALL, { ...nobody, ...surroundings }).rows[0]?.state;
  const knows = (kept: Kept) => {
    const own = journal({ [runId(1)]: kept });
    return { own, journals: [own] };
  };

  test("says who can go on with what is not finished", () => {
    expect(stateWith({})).toBe("unknown");
    expect(stateWith({ isRunning: () => true })).toBe("running");
    expect(stateWith(knows({ phase: "running", item: "prepared" }))).toBe("interrupted");
    expect(stateWith(knows({ phase: "running", item: "approved" }))).toBe("waiting");
    expect(stateWith(knows({ phase: "done", item: "assembled" }))).toBe("waiting");
    const others = journal({ [runId(1)]: { phase: "running", item: "prepared" } });
    const own = journal({});
    expect(stateWith({ own, journals: [own, others] })).toBe("unknown");
    expect(stateWith({ own: null, journals: [others] })).toBe("unknown");
  });

  test("has its name and can be opened as long as the journal knows it, and its digest for good", () => {
    const delivered = { phase: "done", item: "delivered", name: "Lease.pdf" } as const;
    const row = (surroundings: object) => documentPage([trailDocument(1)], ALL, { ...nobody, ...surroundings }).rows[0];
    expect(row(knows(delivered))).toMatchObject({ name: "Lease.pdf", canOpen: true, source: "1".repeat(64) });
    expect(row({})).toMatchObject({ name: null, canOpen: false, source: "1".repeat(64) });
  });

  test("tells its reason whole while the journal has it, and later what the code alone gives", () => {
    const refused = trailDocument(1, { outcome: "not-signed", failure: "output.disk-full" });
    const failure: Failure = { code: "output.disk-full", params: { name: "Lease.pdf", system: "ENOSPC" } };
    const row = (document: TrailDocument, surroundings = {}) =>
      documentPage([document], ALL, { ...nobody, ...surroundings }).rows[0];
    expect(row(refused, knows({ phase: "done", item: "failed", failure }))).toMatchObject({
      failure,
      isFailureWhole: true,
    });
    expect(row(refused)).toMatchObject({ failure: { code: "output.disk-full" }, isFailureWhole: false });
    // Its sentence would have a hole where the host was.
    expect(row({ ...refused, failure: "connection.no-name" })?.failure).toBeNull();
    expect(row({ ...refused, failure: "of.a-newer-version" })?.failure).toBeNull();
  });

  test("of a provider, level or environment that this version does not know says that it does not know it", () => {
    const strange = trailDocument(1, { provider: "<script>", level: "B-X", environment: "moon", wanted: null });
    expect(documentPage([strange], ALL, nobody).rows[0]).toMatchObject({
      provider: null,
      level: null,
      environment: null,
      wanted: null,
    });
  });
});
