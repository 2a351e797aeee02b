import { beforeAll, describe, expect, test } from "vitest";

import {
  acceptedPolicies,
  bankidHttpOptions,
  type BankIdProfileInput,
  bankidProfileSchema,
  readRoots,
} from "../../../../electron/providers/bankid/bankid-profile.ts";
import { encodePem } from "../../../../electron/pki/pem.ts";
import { haveVectors, vectorText } from "../../evidence/bankid/bankid-vectors.ts";
import { makeHolder } from "../../evidence/bankid/made-evidence.ts";

let profile: BankIdProfileInput;
beforeAll(async () => {
  const root = await makeHolder({ name: [["commonName", "Root"]], issuer: null, extensions: [] });
  profile = {
    environment: "production",
    connection: { kind: "phenixid", baseUrl: "https://sign.example.org", tenant: "t1" },
    roots: [encodePem("CERTIFICATE", root.certificate.der)],
  };
});

const problems = (change: object): readonly string[] => {
  const parsed = bankidProfileSchema.safeParse({ ...profile, ...change });
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join("."));
};

test("the smallest profile is a server, its tenant and a root; the rest has defaults", () => {
  const parsed = bankidProfileSchema.parse(profile);
  expect(parsed).toMatchObject({ format: "plain", language: "sv", pinCode: false, mrtd: false });
  expect(parsed.connection).toMatchObject({ encode: "plain" });
  // Sheet section 3.3.
  expect(acceptedPolicies(parsed)).toEqual(["1.2.752.78.1.1", "1.2.752.78.1.2", "1.2.752.78.1.5", "1.2.752.71.1.3"]);
  expect(acceptedPolicies({ ...parsed, environment: "test" })).toContain("1.2.3.4.25");
  expect(acceptedPolicies({ ...parsed, policies: ["1.2.752.78.1.5"] })).toEqual(["1.2.752.78.1.5"]);
});

describe("what cannot be right is refused, with the field's name", () => {
  test.each<[string, object, string]>([
    ["no root", { roots: [] }, "roots"],
    ["a root that is none", { roots: ["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"] }, "roots.0"],
    ["a key in the place of a root", { roots: ["-----BEGIN PRIVATE KEY-----"] }, "roots.0"],
    ["kinds of test BankIDs in production", { policies: ["1.2.752.78.1.5", "1.2.3.4.25"] }, "policies"],
    ["every kind", { policies: ["1.2.752.*"] }, "policies.0"],
    ["another field", { pnr: "191212121212" }, ""],
    [
      "plain HTTP",
      { connection: { kind: "phenixid", baseUrl: "http://sign.example.org", tenant: "t1" } },
      "connection.baseUrl",
    ],
    [
      "a tenant with a line feed",
      { connection: { kind: "phenixid", baseUrl: "https://a.example", tenant: "t\r\nx: y" } },
      "connection.tenant",
    ],
    [
      "a user with a colon",
      {
        connection: {
          kind: "phenixid",
          baseUrl: "https://a.example",
          tenant: "t",
          basic: { user: "a:b", password: "id" },
        },
      },
      "connection.basic.user",
    ],
    [
      "an address that is none",
      { connection: { kind: "rp-api", baseUrl: "https://a.example", clientCertificate: "id", endUserIp: "host" } },
      "connection.endUserIp",
    ],
    [
      "BankID itself without a certificate",
      { connection: { kind: "rp-api", baseUrl: "https://a.example", endUserIp: "::1" } },
      "connection.clientCertificate",
    ],
  ])("%s", (_title, change, field) => {
    expect(problems(change)).toEqual([field]);
  });

  test.skipIf(!haveVectors)("BankID's test root in production (skipped without the shared vectors)", () => {
    const testRoot = vectorText("test-root.pem");
    expect(problems({ roots: [testRoot] })).toEqual(["roots"]);
    expect(problems({ roots: [`${String(profile.roots[0])}\n${testRoot}`] })).toEqual(["roots"]);
    expect(problems({ roots: [testRoot], environment: "test" })).toEqual([]);
  });
});

test("roots are read from every block", () => {
  const [one = ""] = profile.roots;
  expect(readRoots([one, `${one}\n${one}`])).toHaveLength(3);
  expect(readRoots(["nothing"])).toBeNull();
});

test("practice trusts its own authority only; others trust theirs besides the system's", () => {
  const parsed = bankidProfileSchema.parse({
    ...profile,
    extraCa: profile.roots,
    relayHeader: { name: "X-Relay", secret: "id" },
    proxy: "http://proxy.example:3128",
  });
  const clientCertificate = { certificatePem: "c", keyPem: "k" };
  expect(bankidHttpOptions({ ...parsed, environment: "sandbox" })).toMatchObject({ onlyCaPem: profile.roots });
  expect(bankidHttpOptions(parsed, { clientCertificate, relaySecret: "s" })).toEqual({
    clientCertificate,
    extraCaPem: profile.roots,
    headers: { "X-Relay": "s" },
    proxy: "http://proxy.example:3128",
  });
  expect(bankidHttpOptions(parsed)).not.toHaveProperty("headers");
});
