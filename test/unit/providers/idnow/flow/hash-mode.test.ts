import { beforeAll, describe, expect, test } from "vitest";
import { testPerson } from "../../itsme/person-certificate.ts";
import type { TestPerson } from "../../itsme/person-certificate.ts";
import { documentOf } from "../drive-idnow.ts";
import { FlowBench, START } from "../flow-bench.ts";
import type { BenchOptions } from "../flow-bench.ts";

const DAY = 86_400_000;
let anna: TestPerson;
beforeAll(() => {
  anna = testPerson({ notBefore: new Date(START - DAY), notAfter: new Date(START + DAY) });
});

const two = [documentOf("one", "one"), documentOf("two", "two")];
const order = { documents: two.map(({ id, name }) => ({ id, name })) };
const raw = (change: BenchOptions = {}) =>
  new FlowBench({
    order,
    ...change,
    profile: { sends: "hash", hashAnswer: { kind: "raw", certificateChain: anna.chainPem }, ...change.profile },
  });
const cms = () => new FlowBench({ order, profile: { sends: "hash" } });
const hexOf = (base64: string) => Buffer.from(base64, "base64").toString("hex");

describe("digests instead of documents", () => {
  test("travel as Base64 under the documents' names, and no document does", async () => {
    const bench = cms();
    await bench.run({ documents: two });
    const { body } = bench.fake.orders[0]!;
    expect(body.eSignPDF).toBeUndefined();
    expect(body.eSignHash).toEqual([
      { Hash: Buffer.from(two[0]!.sha256, "hex").toString("base64"), Filename: "one.pdf" },
      { Hash: Buffer.from(two[1]!.sha256, "hex").toString("base64"), Filename: "two.pdf" },
    ]);
  });

  test("come back as CMS, handed on with who was ordered to sign, to be judged there", async () => {
    const bench = cms();
    bench.fake.hashValue = (hash) => Buffer.from(`cms of ${hexOf(hash)}`).toString("base64");
    const outcome = await bench.run({ documents: two });
    expect(outcome.failure).toBeNull();
    expect(outcome.values.map(({ id, value }) => [id, Buffer.from(value, "base64").toString()])).toEqual([
      ["one", `cms of ${two[0]!.sha256}`],
      ["two", `cms of ${two[1]!.sha256}`],
    ]);
    expect(outcome.steps.find(({ kind }) => kind === "values")).toMatchObject({
      cms: { signers: [{ givenName: "Erika", surname: "Mustermann" }] },
    });
    expect(bench.fake.count("getESignPDF")).toBe(0);
  });

  test("come back as bare values that fit the certificate in the settings", async () => {
    const bench = raw();
    bench.fake.hashValue = (hash) => anna.sign(hexOf(hash));
    const outcome = await bench.run({ documents: two });
    expect(outcome.failure).toBeNull();
    expect(outcome.values).toHaveLength(2);
    const step = outcome.steps.find(({ kind }) => kind === "need-digests");
    expect(step).toMatchObject({ signer: { schemes: [{ kind: "rsa-pkcs1", digest: "SHA-256" }] } });
    expect(outcome.steps.find(({ kind }) => kind === "values")).not.toHaveProperty("cms");
  });

  test("a bare value of another digest is thrown away", async () => {
    const bench = raw();
    bench.fake.hashValue = () => anna.sign("00".repeat(32));
    const outcome = await bench.run({ documents: two });
    expect(outcome.failure).toEqual({ code: "provider.signature-invalid" });
    expect(outcome.values).toEqual([]);
  });

  test.each<[string, object, string]>([
    ["an unknown name", { Hashes: [{ "one.pdf": "AAAA" }, { "three.pdf": "AAAA" }] }, "idnow.not-our-document"],
    ["a missing one", { Hashes: [{ "one.pdf": "AAAA" }] }, "provider.signature-missing"],
    [
      "a doubled one",
      { Hashes: [{ "one.pdf": "AAAA" }, { "one.pdf": "BBBB" }, { "two.pdf": "AAAA" }] },
      "provider.signature-missing",
    ],
  ])("an answer with %s is not used", async (_name, json, code) => {
    const bench = cms();
    bench.fake.next["getESignHash"] = [{ status: 200, json }];
    const outcome = await bench.run({ documents: two });
    expect(outcome.failure?.code).toBe(code);
    expect(outcome.values).toEqual([]);
  });

  test("a value that is cut off is fetched again", async () => {
    const bench = cms();
    bench.fake.next["getESignHash"] = [
      { status: 200, json: { Hashes: [{ "one.pdf": "AAA" }, { "two.pdf": "AAAA" }] } },
    ];
    const outcome = await bench.run({ documents: two });
    expect(outcome.failure).toBeNull();
    expect(bench.fake.count("getESignHash")).toBe(2);
  });

  test.each([
    ["that has expired", { notBefore: new Date(START - 2 * DAY), notAfter: new Date(START - DAY) }, "expired"],
    ["of tomorrow", { notBefore: new Date(START + DAY), notAfter: new Date(START + 2 * DAY) }, "not-yet-valid"],
  ])("a certificate %s signs nothing, and nothing is ordered", async (_name, times, reason) => {
    const bench = raw({
      profile: { hashAnswer: { kind: "raw", certificateChain: testPerson(times).chainPem } },
    });
    expect((await bench.run({ documents: two })).failure).toEqual({
      code: "provider.certificate-invalid",
      params: { reason },
    });
    expect(bench.fake.count("putOrder")).toBe(0);
  });
});
