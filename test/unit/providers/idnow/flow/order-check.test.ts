import { describe, expect, test } from "vitest";
import { erika, FlowBench, jan } from "../flow-bench.ts";
import type { BenchOptions } from "../flow-bench.ts";
import type { SignaturePlace } from "../../../../../electron/providers/provider.ts";
import type { IdnowSigner } from "../../../../../shared/order-details.ts";

const check = (options: BenchOptions) => {
  const bench = new FlowBench(options);
  return bench.provider().check(bench.order());
};

test("a good order has nothing to object to, for each account", () => {
  expect(check({})).toBeNull();
  expect(check({ details: { signers: [erika, jan], codeEntry: "here", keepIdentification: true } })).toBeNull();
  expect(check({ details: { signatureType: "BES" }, profile: { trustService: "sign-me" } })).toBeNull();
  expect(check({ profile: { sends: "hash" } })).toBeNull();
});

describe("an order is refused before anything is sent", () => {
  test.each<[string, string, BenchOptions]>([
    [
      "two signers with one number",
      "idnow.shared-phone",
      { details: { signers: [erika, { ...jan, mobile: erika.mobile }] } },
    ],
    ["a kind of signature without contract", "idnow.signature-type", { profile: { signatureTypes: ["AES"] } }],
    ["a basic signature at Namirial", "idnow.signature-type", { details: { signatureType: "BES" } }],
    [
      "the code here without the account's leave",
      "idnow.code-entry",
      { details: { codeEntry: "here" }, profile: { customerSideSigning: false } },
    ],
    [
      "an identification to be kept elsewhere than at Namirial",
      "idnow.not-reusable",
      { details: { keepIdentification: true }, profile: { trustService: "d-trust" } },
    ],
    [
      "the robot in earnest",
      "idnow.no-robot",
      { details: { robot: "positive" }, profile: { environment: "production" } },
    ],
    ["the robot for two", "idnow.field", { details: { robot: "positive", signers: [erika, jan] } }],
    ["digests for two", "idnow.hash-one-signer", { details: { signers: [erika, jan] }, profile: { sends: "hash" } }],
    [
      "documents too large together",
      "provider.document-too-large",
      { order: { documents: [{ id: "a", name: "a.pdf", size: 41 * 1_048_576 }] } },
    ],
    [
      "one document twice",
      "app.internal",
      {
        order: {
          documents: [
            { id: "a", name: "a.pdf" },
            { id: "a", name: "b.pdf" },
          ],
        },
      },
    ],
    ["a purpose too long for the app", "idnow.field", { order: { description: "x".repeat(151) } }],
  ])("%s", (_name, code, options) => {
    expect(check(options)?.code).toBe(code);
  });

  test("without its details", () => {
    const bench = new FlowBench();
    const { details: _details, ...rest } = bench.order();
    expect(bench.provider().check(rest)).toEqual({ code: "idnow.no-details" });
  });

  test("a size is no matter where digests are sent", () => {
    const documents = [{ id: "a", name: "a.pdf", size: 500 * 1_048_576 }];
    expect(check({ order: { documents }, profile: { sends: "hash" } })).toBeNull();
  });
});

describe("what the provider says of itself", () => {
  test("follows from what the account sends", () => {
    const of = (options: BenchOptions) => new FlowBench(options).provider().descriptor;
    expect(of({})).toMatchObject({
      takes: "document",
      returns: "signed-document",
      certificateKnown: "after-signing",
      drawsMark: true,
      maximumBytes: 41_943_040,
    });
    const cms = of({ profile: { sends: "hash" } });
    expect(cms).toMatchObject({ takes: "hash", returns: "cms", certificateKnown: "after-signing" });
    expect(cms.drawsMark).toBeUndefined();
    const certificateChain = "-----BEGIN CERTIFICATE-----";
    expect(of({ profile: { sends: "hash", hashAnswer: { kind: "raw", certificateChain } } })).toMatchObject({
      takes: "hash",
      returns: "raw-signature",
      certificateKnown: "before-hashing",
    });
  });
});

describe("places for several signers", () => {
  const pageBox = { x: 0, y: 0, width: 300, height: 200 };
  const rectangle = { x: 20, y: 20, width: 200, height: 60 };
  const order = (place: SignaturePlace | null, signers: readonly IdnowSigner[]) => {
    const bench = new FlowBench({ details: { signers: [...signers] } });
    const own = bench.order();
    return bench.provider().check({ ...own, documents: own.documents.map((document) => ({ ...document, place })) });
  };

  test("a field is refused, for it takes one signature", () => {
    const field = { kind: "field", field: "Place" } as const;
    expect(order(field, [erika, jan])?.code).toBe("idnow.field-one-signer");
    expect(order(field, [erika])).toBeNull();
  });

  test("a place beside which the others do not fit is refused", () => {
    const tall = { kind: "rectangle", page: 2, rectangle: { ...rectangle, height: 150 }, pageBox } as const;
    expect(order(tall, [erika, jan])).toMatchObject({ code: "idnow.no-room", params: { page: 2 } });
    expect(order({ ...tall, rectangle }, [erika, jan])).toBeNull();
    expect(order(tall, [erika])).toBeNull();
    expect(order(null, [erika, jan])).toBeNull();
  });
});
