import { beforeAll, describe, expect, test } from "vitest";

import { BANKID_RULES, type BankIdRule } from "../../../../electron/evidence/bankid/rules.ts";
import {
  type BankIdExpectation,
  type BankIdEvidence,
  type BankIdQuestion,
  verifyBankIdEvidence,
} from "../../../../electron/evidence/bankid/verify-bankid-evidence.ts";
import { parseCertificates } from "../../../../electron/pki/certificate.ts";
import * as der from "../../../../electron/pki/der-writer.ts";
import * as ext from "../../../../sandbox/pki/extensions.ts";
import {
  type BankIdPeople,
  GOOD,
  type Holder,
  makeBankIdPeople,
  makeEvidence,
  makeHolder,
  PERSON,
  personExtensions,
  POLICY,
  REVOKED,
  SIGNED_AT,
  singleResponse,
  UNKNOWN,
} from "./made-evidence.ts";
import { haveVectors, vectorQuestion, vectorText } from "./bankid-vectors.ts";

const HOUR = 3600_000;
const later = (milliseconds: number): Date => new Date(SIGNED_AT.getTime() + milliseconds);
const codes = (question: BankIdQuestion): readonly BankIdRule[] =>
  verifyBankIdEvidence(question).problems.map(({ code }) => code);

let people: BankIdPeople;
beforeAll(async () => {
  people = await makeBankIdPeople();
});

const question = (evidence: BankIdEvidence, expected: BankIdExpectation = {}): BankIdQuestion => ({
  evidence,
  trust: { roots: [people.root.certificate], policies: [POLICY] },
  expected,
  now: later(HOUR),
});

describe.skipIf(!haveVectors)(
  "a signature of BankID's own test environment (skipped without the shared vectors)",
  () => {
    test("it holds at its time, and says who signed what and when", () => {
      const report = verifyBankIdEvidence(vectorQuestion());
      expect(report.problems).toEqual([]);
      expect(report.verdict).toBe("passed");
      expect(report.rules.every(({ outcome }) => outcome === "passed")).toBe(true);
      // Sheet section 7.
      expect(report).toMatchObject({
        signedAt: "2017-05-18T13:01:20.000Z",
        signer: { name: "Reine Landgren", givenName: "Reine", surname: "Landgren", personalNumber: "191212127771" },
        visibleText: "This is the data to be signed!!",
        visibleFormat: null,
        hiddenData: Buffer.from("This is the hidden data!!").toString("base64"),
        relyingParty: {
          name: "cn=FP Testcert 2,name=Test av BankID,serialNumber=12345678,o=Testbank A AB (publ),c=SE",
          displayName: "Test av BankID",
        },
        client: { Personal: "7.1.0.20", platform: "macosx", os_version: "10.10", best_before: "1497691643" },
      });
      const chain = parseCertificates(new TextEncoder().encode(vectorText("chain.pem")));
      expect(report.certificates).toEqual(chain.map(({ der: bytes }) => Buffer.from(bytes).toString("base64")));
    });

    test("without BankID's root it is undecided, and with another root, too", () => {
      for (const roots of [[], [people.root.certificate]]) {
        const report = verifyBankIdEvidence({
          ...vectorQuestion(),
          trust: { roots, policies: ["1.2.3.4.5"] },
        });
        expect(report.verdict).toBe("undecided");
        expect(report.problems.map(({ code }) => code)).toEqual(["root"]);
      }
    });

    test.each<[string, Partial<BankIdExpectation>, BankIdRule]>([
      ["another visible text", { visibleText: "This is the data to be signed!" }, "visible-text"],
      ["another format", { visibleFormat: "simpleMarkdownV1" }, "visible-format"],
      ["other hidden data", { hiddenData: "This is the hidden data!! " }, "hidden-data"],
      ["no hidden data", { hiddenData: null }, "hidden-data"],
      ["another person", { personalNumber: "191212127772" }, "person"],
    ])("it is refused when %s was expected", (_title, expected, rule) => {
      const all = vectorQuestion();
      expect(codes({ ...all, expected: { ...all.expected, ...expected } })).toEqual([rule]);
    });

    test("it is refused where test BankIDs are not accepted", () => {
      const all = vectorQuestion();
      expect(codes({ ...all, trust: { ...all.trust, policies: ["1.2.752.78.1.1"] } })).toEqual(["policy"]);
    });

    test("the same bytes in another Base64 do not match the response any more", () => {
      const { evidence, ...all } = vectorQuestion();
      const signature = evidence.signature.match(/.{1,64}/gu)!.join("\r\n");
      expect(codes({ ...all, evidence: { ...evidence, signature } })).toEqual(["ocsp-nonce"]);
    });

    test("it is refused before it was made", () => {
      expect(codes({ ...vectorQuestion(), now: new Date("2017-05-18T12:00:00Z") })).toEqual(["not-in-the-future"]);
    });
  },
);

test("an answer of people of our own holds, so that what follows fails for one reason each", () => {
  const expected = {
    visibleText: "visible",
    visibleFormat: null,
    hiddenData: "hidden",
    personalNumber: "198001012384",
  };
  expect(verifyBankIdEvidence(question(makeEvidence(people), expected))).toMatchObject({
    verdict: "passed",
    problems: [],
    signedAt: SIGNED_AT.toISOString(),
    client: { platform: "made" },
  });
  const bare = makeEvidence(people, { document: { hidden: null } });
  expect(codes(question(bare, { hiddenData: null }))).toEqual([]);
  expect(codes(question(bare, { hiddenData: "hidden" }))).toEqual(["hidden-data"]);
  const marked = { visibleAttributes: 'charset="UTF-8" format="simpleMarkdownV1" visible="wysiwys"' };
  expect(codes(question(makeEvidence(people, { document: marked }), { visibleFormat: "simpleMarkdownV1" }))).toEqual(
    [],
  );
  expect(codes(question(makeEvidence(people, { document: marked }), { visibleFormat: null }))).toEqual([
    "visible-format",
  ]);
});

describe("the response about the certificate", () => {
  test.each<[string, Parameters<typeof makeEvidence>[1], readonly BankIdRule[]]>([
    ["revoked", { response: { status: REVOKED } }, ["ocsp-status"]],
    ["unknown", { response: { status: UNKNOWN } }, ["ocsp-status"]],
    ["no nonce", { response: { nonce: null } }, ["ocsp-nonce"]],
    ["a nonce of chance", { response: { nonce: new Uint8Array(32) } }, ["ocsp-nonce"]],
    ["a nonce without its random part", { response: { onNonce: (nonce) => nonce.slice(0, 20) } }, ["ocsp-nonce"]],
    ["a longer nonce", { response: { onNonce: (nonce) => Uint8Array.of(...nonce, 0) } }, ["ocsp-nonce"]],
    ["signed with MD5", { response: { scheme: { kind: "rsa-pkcs1", digest: "MD5" } } }, ["ocsp-algorithm"]],
    ["older knowledge than it tells", { response: { thisUpdate: later(-HOUR) } }, ["ocsp-time"]],
    ["knowledge of the future", { response: { thisUpdate: later(HOUR) } }, ["ocsp-time"]],
    [
      "knowledge that had run out",
      { response: { thisUpdate: later(-2 * HOUR), nextUpdate: later(-HOUR) } },
      ["ocsp-time"],
    ],
    ["a time to come", { response: { producedAt: later(2 * HOUR) } }, ["not-in-the-future"]],
    [
      "a time after the certificates",
      { response: { producedAt: later(40 * 24 * HOUR) } },
      ["ocsp-responder-valid", "not-in-the-future", "chain"],
    ],
    [
      "a time before the certificates",
      { response: { producedAt: later(-40 * 24 * HOUR) } },
      ["ocsp-responder-valid", "chain"],
    ],
  ])("is refused: %s", (_title, change, expected) => {
    expect(codes(question(makeEvidence(people, change)))).toEqual(expected);
  });

  test("is accepted within its time when it has a next update", () => {
    const response = { thisUpdate: later(-HOUR), nextUpdate: later(HOUR) };
    expect(codes(question(makeEvidence(people, { response })))).toEqual([]);
  });

  test.each<[string, Parameters<typeof makeEvidence>[1]]>([
    ["SHA-1, as BankID's responders did in 2017", { response: { scheme: { kind: "rsa-pkcs1", digest: "SHA-1" } } }],
    ["SHA-512", { response: { scheme: { kind: "rsa-pkcs1", digest: "SHA-512" } } }],
    // RFC 8954 2.1.
    ["its nonce in a string of its own", { response: { onNonce: (nonce) => der.octetString(nonce) } }],
  ])("is accepted with %s", (_title, change) => {
    expect(codes(question(makeEvidence(people, change)))).toEqual([]);
  });

  test("is refused when it belongs to another signature of the same person", () => {
    const [one, other] = [makeEvidence(people), makeEvidence(people)];
    expect(codes(question({ signature: one.signature, ocspResponse: other.ocspResponse }))).toEqual(["ocsp-nonce"]);
  });

  test("is refused when it is about somebody else", async () => {
    const other = await makeHolder({ name: PERSON, issuer: people.customer, extensions: personExtensions() });
    const evidence = makeEvidence(people, { response: { about: other.certificate } });
    expect(codes(question(evidence))).toEqual(["ocsp-certificate"]);
  });

  test("is refused when it has a good answer and another one", () => {
    const also = [singleResponse(people.customer, people.person.certificate, REVOKED, [SIGNED_AT])];
    expect(codes(question(makeEvidence(people, { response: { also } })))).toEqual(["ocsp-certificate"]);
    expect(
      codes(
        question(
          makeEvidence(people, {
            response: {
              status: REVOKED,
              also: [singleResponse(people.customer, people.person.certificate, GOOD, [SIGNED_AT])],
            },
          }),
        ),
      ),
    ).toEqual(["ocsp-certificate"]);
  });

  test("is refused from responders who may not speak for the issuer", async () => {
    const named = { name: [["commonName", "Made OCSP Signing"]] as const };
    const responders: readonly [Holder, readonly BankIdRule[]][] = [
      [people.person, ["ocsp-responder"]],
      // Certified by somebody else than the issuer.
      [await makeHolder({ ...named, issuer: people.bank, extensions: people.responderExtensions }), ["ocsp-responder"]],
      [await makeHolder({ ...named, issuer: null, extensions: people.responderExtensions }), ["ocsp-responder"]],
      // Not made for this.
      [await makeHolder({ ...named, issuer: people.customer, extensions: [] }), ["ocsp-responder"]],
      [
        await makeHolder({
          ...named,
          issuer: people.customer,
          extensions: people.responderExtensions,
          until: later(-24 * HOUR),
        }),
        ["ocsp-responder-valid"],
      ],
      [
        await makeHolder({ ...named, issuer: people.customer, extensions: people.responderExtensions, bits: 1024 }),
        ["ocsp-responder-valid"],
      ],
      [
        await makeHolder({
          ...named,
          issuer: people.customer,
          extensions: [...people.responderExtensions, ext.keyUsage("keyCertSign")],
        }),
        ["ocsp-responder-valid"],
      ],
      // A critical extension that nobody knows.
      [
        await makeHolder({
          ...named,
          issuer: people.customer,
          extensions: [
            ...people.responderExtensions,
            der.sequence(der.oid("1.2.3.4"), der.boolean(true), der.octetString(der.nullValue())),
          ],
        }),
        ["ocsp-responder-valid"],
      ],
    ];
    for (const [responder, expected] of responders) {
      expect(codes(question(makeEvidence(people, { response: { responder } })))).toEqual(expected);
    }
  });

  test.each(["", "AAAA", "!", Buffer.from([0x30, 0x03, 0x0a, 0x01, 0x06]).toString("base64")])(
    "is refused when it is none: %j",
    (ocspResponse) => {
      const { signature } = makeEvidence(people);
      expect(codes(question({ signature, ocspResponse }))).toEqual(["ocsp-encoding"]);
    },
  );
});

describe("the signer", () => {
  const person = (change: Partial<Parameters<typeof makeHolder>[0]>): Promise<Holder> =>
    makeHolder({ name: PERSON, issuer: people.customer, extensions: personExtensions(), ...change });

  test("is refused when the certificate had expired, or was not valid yet", async () => {
    for (const life of [{ until: later(-HOUR) }, { from: later(HOUR) }]) {
      const report = verifyBankIdEvidence(question(makeEvidence(people, { signer: await person(life) })));
      expect(report.problems.map(({ code }) => code)).toEqual(["chain"]);
      expect(report.verdict).toBe("failed");
    }
  });

  test("is refused with a certificate for authentication", async () => {
    const [, policy] = personExtensions();
    const signer = await person({ extensions: [ext.keyUsage("digitalSignature"), policy!] });
    expect(codes(question(makeEvidence(people, { signer })))).toEqual(["key-usage"]);
    const without = await person({ extensions: [policy!] });
    expect(codes(question(makeEvidence(people, { signer: without })))).toEqual(["key-usage"]);
  });

  test("is refused with another kind of BankID", async () => {
    const signer = await person({ extensions: personExtensions("1.2.3.4.6") });
    expect(codes(question(makeEvidence(people, { signer })))).toEqual(["policy"]);
  });

  test("is refused when BankID was used to identify", () => {
    const evidence = makeEvidence(people, { document: { function: "Identification" } });
    expect(codes(question(evidence))).toEqual(["function"]);
  });

  test("is refused with a short key", async () => {
    const signer = await person({ bits: 1024 });
    expect(codes(question(makeEvidence(people, { signer })))).toEqual(["key"]);
  });

  test("is refused without exactly one personal number", async () => {
    const none = await person({ name: PERSON.filter(([type]) => type !== "serialNumber") });
    expect(codes(question(makeEvidence(people, { signer: none })))).toEqual(["personal-number"]);
    const two = await person({ name: [...PERSON, ["serialNumber", "191212121212"]] });
    const expected = { personalNumber: "191212121212" };
    expect(codes(question(makeEvidence(people, { signer: two }), expected))).toEqual(["personal-number", "person"]);
  });

  test("is refused below a person who plays an authority", async () => {
    const signer = await person({ issuer: people.person });
    const evidence = makeEvidence(people, {
      signer,
      document: {
        onKeyInfo: (text) =>
          text.replace(
            Buffer.from(people.customer.certificate.der).toString("base64"),
            Buffer.from(people.person.certificate.der).toString("base64"),
          ),
      },
    });
    const report = verifyBankIdEvidence(question(evidence));
    expect(report.verdict).toBe("failed");
    expect(report.problems.map(({ code }) => code)).toContain("root");
  });

  test("does not vouch for themselves among the roots", () => {
    const trust = { roots: [people.person.certificate], policies: [POLICY] };
    expect(codes({ ...question(makeEvidence(people)), trust })).toEqual(["root"]);
  });
});

test("every rule has a code and one sentence", () => {
  for (const [code, sentence] of Object.entries(BANKID_RULES)) {
    expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/u);
    expect(sentence).toMatch(/^[A-Z].*\.$/u);
  }
});

test("whatever is given, a report comes back", () => {
  for (const signature of ["", "A", "AAAA", "PGEvPg==", "x".repeat(2_000_000)]) {
    const report = verifyBankIdEvidence(question({ signature, ocspResponse: signature }));
    expect(report.verdict).toBe("failed");
  }
});
