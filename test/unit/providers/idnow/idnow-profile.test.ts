import { expect, test } from "vitest";
import { idnowHttpOptions, idnowProfileSchema } from "../../../../electron/providers/idnow/idnow-profile.ts";

const good = {
  environment: "production",
  baseUrl: "https://customer.identity.tm/api/2.10/",
  user: "kunde",
  password: "vault-id",
  pageOrigins: ["https://www.identity.tm"],
  redirectUrl: "https://partner.example/back",
};

test("a profile with the mandatory settings sends whole documents to Namirial for qualified signatures", () => {
  expect(idnowProfileSchema.parse(good)).toMatchObject({
    trustService: "namirial",
    signatureTypes: ["QES"],
    customerSideSigning: false,
    sends: "document",
    country: "DE",
  });
});

test.each([
  ["an http base address", { baseUrl: "http://customer.identity.tm/api/2.10/" }],
  ["a user with a colon, which Basic cannot send", { user: "kunde:1" }],
  ["a user with a line break", { user: "kunde\n" }],
  ["no page origin", { pageOrigins: [] }],
  ["a page origin with a path", { pageOrigins: ["https://www.identity.tm/status"] }],
  ["a return address of another scheme", { redirectUrl: "sealdesk://back" }],
  ["a return address without room for its result", { redirectUrl: `https://a.example/${"x".repeat(83)}` }],
  ["no kind of signature", { signatureTypes: [] }],
  ["a bare hash value without its certificates", { sends: "hash", hashAnswer: { kind: "raw" } }],
  ["a text for the SMS without the code", { smsText: "Your code" }],
  ["three letters for the country", { country: "DEU" }],
  ["a stamp with tag and position", { stamps: [{ Tag: "#", PosX: 1 }] }],
  ["a field that nobody knows", { secret: "x" }],
])("%s is refused", (_name, change) => {
  expect(idnowProfileSchema.safeParse({ ...good, ...change }).success).toBe(false);
});

test("an extra CA is trusted besides the system's, but alone in the sandbox", () => {
  const extraCa = ["-----BEGIN CERTIFICATE-----\n"];
  const profile = idnowProfileSchema.parse({ ...good, extraCa });
  expect(idnowHttpOptions(profile)).toEqual({ extraCaPem: extraCa });
  expect(idnowHttpOptions({ ...profile, environment: "sandbox" })).toEqual({ onlyCaPem: extraCa });
});

test("a relay's secret becomes a header, and only with a profile that asks for it", () => {
  const plain = idnowProfileSchema.parse(good);
  expect(idnowHttpOptions(plain, { relaySecret: "s" })).toEqual({});
  const relayed = idnowProfileSchema.parse({ ...good, relayHeader: { name: "X-Relay", secret: "vault-id" } });
  expect(idnowHttpOptions(relayed, { relaySecret: "s" })).toEqual({ headers: { "X-Relay": "s" } });
});
