import { describe, expect, test } from "vitest";
import type { OfferedFile, SealedRecords } from "../../../../../electron/providers/provider.ts";
import { answer, erika, FlowBench, jan, willing } from "../flow-bench.ts";
import { offline } from "../fake-idnow.ts";

class MemoryRecords implements SealedRecords {
  readonly kept = new Map<string, Uint8Array>();
  get = (key: string) => Promise.resolve(this.kept.get(key) ?? null);
  put = (key: string, record: Uint8Array) => Promise.resolve(this.kept.set(key, record).size > 0);
  remove = (key: string) => Promise.resolve(void this.kept.delete(key));
}

describe("what IDnow found out", () => {
  test("is shown beside what was ordered, and then deleted there", async () => {
    const bench = new FlowBench({ details: { showIdentification: true } });
    const outcome = await bench.run();
    expect(outcome.interactions.at(-1)).toMatchObject({
      kind: "identification",
      message: "idnow.result",
      params: { name: "Erika Mustermann" },
      method: "Video",
      suspectedFraud: false,
      files: ["identification-report", "images"],
      problem: null,
      host: "customer.example",
      rows: [
        { field: "given-name", ordered: "Erika", checked: "Erika" },
        { field: "surname", ordered: "Mustermann", checked: "Mustermann" },
        { field: "birthdate", ordered: null, checked: "1964-08-12" },
        { field: "document-number", ordered: null, checked: "T22000129" },
      ],
    });
    const path = bench.fake.calls.find((call) => call.path[0] === "getIdentData")?.path;
    expect(path).toEqual(["getIdentData", "99920000000001", "IncludeInitialData", "IncludeIdentifyMethod"]);
    expect(bench.fake.orders[0]?.deleted).toBe(true);
  });

  test("stays there, without a question, when a document that came back was refused", async () => {
    const bench = new FlowBench({ details: { showIdentification: true } });
    const outcome = await bench.run({ context: { refused: () => ["contract"] } });
    expect(outcome.interactions.map(({ kind }) => kind)).not.toContain("identification");
    expect(bench.fake.orders[0]?.deleted).toBe(false);
    expect(outcome.failure).toBeNull();
  });

  test("is not fetched when nobody wanted to see it", async () => {
    const bench = new FlowBench();
    const outcome = await bench.run();
    expect(bench.fake.count("getIdentData")).toBe(0);
    expect(outcome.interactions.at(-1)).toMatchObject({ kind: "identification", rows: [], files: [] });
  });

  test("of each signer is shown in turn", async () => {
    const bench = new FlowBench({ details: { showIdentification: true, signers: [erika, jan] } });
    const outcome = await bench.run();
    const names = outcome.interactions.flatMap(({ kind, params }) =>
      kind === "identification" ? [params?.["name"]] : [],
    );
    expect(names).toEqual(["Erika Mustermann", "Jan de Vries"]);
    expect(bench.fake.orders.map(({ deleted }) => deleted)).toEqual([true, true]);
  });

  test("that cannot be had is told, and costs no signed document", async () => {
    const bench = new FlowBench({ details: { showIdentification: true } });
    bench.fake.next["getIdentData"] = [{ status: 500 }];
    const outcome = await bench.run();
    expect(outcome.interactions.at(-1)).toMatchObject({
      rows: [],
      problem: { code: "idnow.result-unavailable", params: { reason: "provider.server-error" } },
    });
    expect(outcome.failure).toBeNull();
    expect(outcome.signed).toHaveLength(1);
  });

  test("stays at IDnow when the person says so", async () => {
    const bench = new FlowBench();
    const outcome = await bench.run({
      person: (shown) =>
        shown.kind === "identification" ? answer(shown, { kind: "finish", delete: false }) : willing(shown),
    });
    expect(outcome.failure).toBeNull();
    expect(bench.fake.count("delIdentdata")).toBe(0);
  });

  test("that was deleted there meanwhile ends the run quietly", async () => {
    const bench = new FlowBench({ details: { showIdentification: true } });
    bench.fake.next["getIdentData"] = [{ status: 404 }];
    const outcome = await bench.run();
    expect(outcome.failure).toBeNull();
    expect(outcome.interactions.map(({ kind }) => kind)).not.toContain("identification");
  });
});

test.each([[{ status: 406 }, "idnow.wrong-state"] as const, [offline, "provider.unreachable"] as const])(
  "deleting that fails is told and can be tried again (%o)",
  async (reply, reason) => {
    const bench = new FlowBench();
    bench.fake.next["delIdentdata"] = [reply];
    const outcome = await bench.run();
    expect(outcome.failure).toBeNull();
    expect(outcome.interactions.at(-1)).toMatchObject({ problem: { code: "idnow.not-deleted", params: { reason } } });
    expect(bench.fake.orders[0]?.deleted).toBe(true);
  },
);

describe("files", () => {
  test.each([
    ["identification-report", "identification-99920000000001.pdf"],
    ["audit-log", "audit-log-99920000000001.pdf"],
    ["images", "_front.jpg"],
  ] as const)("%s is offered for saving as %s", async (file, name) => {
    const bench = new FlowBench({ details: { showIdentification: true, signatureType: "AES" } });
    const offered: OfferedFile[] = [];
    let saved = false;
    const outcome = await bench.run({
      context: { offerFile: (one) => Promise.resolve(offered.push(one) > 0) },
      person: (shown) => {
        if (shown.kind === "identification" && !saved) {
          saved = true;
          return answer(shown, { kind: "save-file", file });
        }
        return willing(shown);
      },
    });
    expect(offered.map((one) => one.name)).toEqual([name]);
    expect(outcome.interactions.at(-1)).toMatchObject({ problem: null });
  });

  test.each<[string, boolean | null, string]>([
    ["nobody can be asked", null, "idnow.file-not-saved"],
    ["no place was chosen", false, "idnow.file-not-saved"],
  ])("are told as not saved when %s", async (_name, result, code) => {
    const bench = new FlowBench({ details: { signatureType: "AES" } });
    let tried = false;
    const outcome = await bench.run({
      context: result === null ? {} : { offerFile: () => Promise.resolve(result) },
      person: (shown) => {
        if (shown.kind === "identification" && !tried) {
          tried = true;
          return answer(shown, { kind: "save-file", file: "audit-log" });
        }
        return willing(shown);
      },
    });
    expect(outcome.interactions.at(-1)).toMatchObject({ problem: { code } });
    expect(outcome.failure).toBeNull();
  });
});

describe("an identification that is kept for the next order", () => {
  const details = { keepIdentification: true } as const;

  test("goes into sealed records under a key that names nobody, and is sent with the same person's next order", async () => {
    const records = new MemoryRecords();
    await new FlowBench({ details }).run({ context: { records } });
    expect([...records.kept.values()].map((bytes) => Buffer.from(bytes).toString())).toEqual([
      "signed-data-of-99920000000001",
    ]);
    expect([...records.kept.keys()][0]).toMatch(/^idnow-identification-[0-9a-f]{64}$/u);
    const next = new FlowBench({ details: { ...details, codeEntry: "here" } });
    next.fake.signedDataAccepted = true;
    const outcome = await next.run({ context: { records } });
    expect(next.fake.orders[0]?.body.IdentDataSigned).toBe("signed-data-of-99920000000001");
    // Accepted: straight to the code.
    expect(outcome.interactions[0]?.kind).toBe("code");
  });

  test("is kept for each of several signers", async () => {
    const records = new MemoryRecords();
    await new FlowBench({ details: { ...details, signers: [erika, jan] } }).run({ context: { records } });
    expect([...records.kept.values()].map((bytes) => Buffer.from(bytes).toString())).toEqual([
      "signed-data-of-99920000000001",
      "signed-data-of-99920000000002",
    ]);
  });

  test("is not sent for another person", async () => {
    const records = new MemoryRecords();
    await new FlowBench({ details }).run({ context: { records } });
    const other = new FlowBench({ details: { ...details, signers: [jan] } });
    await other.run({ context: { records } });
    expect(other.fake.orders[0]?.body.IdentDataSigned).toBeUndefined();
  });

  test("is forgotten when IDnow does not accept it any more, and the person is identified again", async () => {
    const records = new MemoryRecords();
    await new FlowBench({ details }).run({ context: { records } });
    const removed: string[] = [];
    const watched: SealedRecords = {
      get: records.get,
      put: records.put,
      remove: (key) => Promise.resolve(void removed.push(key)),
    };
    const next = new FlowBench({ details });
    next.fake.signedDataAccepted = false;
    const outcome = await next.run({ context: { records: watched } });
    expect(removed).toEqual([...records.kept.keys()]);
    expect(outcome.interactions[0]).toMatchObject({ kind: "page", message: "idnow.page" });
  });

  test("is neither kept nor used when the order does not ask for it", async () => {
    const records = new MemoryRecords();
    const bench = new FlowBench();
    await bench.run({ context: { records } });
    expect(records.kept.size).toBe(0);
    expect(bench.fake.count("getIdentData")).toBe(0);
  });

  test("that cannot be kept is told, and nothing else is lost", async () => {
    const outcome = await new FlowBench({ details }).run();
    expect(outcome.interactions.at(-1)).toMatchObject({
      problem: { code: "idnow.not-kept", params: { reason: "vault" } },
    });
    expect(outcome.failure).toBeNull();
  });
});
