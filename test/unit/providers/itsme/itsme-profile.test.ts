import { expect, test } from "vitest";
import { itsmeHttpOptions, itsmeProfileSchema } from "../../../../electron/providers/itsme/itsme-profile.ts";

const good = {
  environment: "production",
  baseUrl: "https://b2b.itsme.be",
  partnerCode: "partner",
  serviceCode: "service",
  redirectUrl: "https://partner.example/back?x=1",
  pageOrigins: ["https://merchant.itsme.be"],
};

test("a profile as in the onboarding letter is accepted", () => {
  expect(itsmeProfileSchema.safeParse(good).success).toBe(true);
});

test.each([
  ["an http base address", { baseUrl: "http://b2b.itsme.be" }],
  ["a partner code of eleven characters", { partnerCode: "x".repeat(11) }],
  ["an empty service code", { serviceCode: "" }],
  ["a service code of 46 characters", { serviceCode: "x".repeat(46) }],
  ["a return address of another scheme", { redirectUrl: "sealdesk://back" }],
  ["a return address of 256 characters", { redirectUrl: `https://a.example/${"x".repeat(238)}` }],
  ["a page origin with a path", { pageOrigins: ["https://merchant.itsme.be/qes"] }],
  ["a page origin without TLS", { pageOrigins: ["http://merchant.itsme.be"] }],
  ["no page origin", { pageOrigins: [] }],
  ["a header name with a line break", { relayHeader: { name: "X\r\nY", secret: "id" } }],
  ["a field that nobody knows", { password: "secret" }],
])("%s is refused", (_name, change) => {
  expect(itsmeProfileSchema.safeParse({ ...good, ...change }).success).toBe(false);
});

test("an extra CA is trusted besides the system's, but alone in the sandbox", () => {
  const extraCa = ["-----BEGIN CERTIFICATE-----\n"];
  const production = itsmeProfileSchema.parse({ ...good, extraCa });
  expect(itsmeHttpOptions(production, {})).toEqual({ extraCaPem: extraCa });
  expect(itsmeHttpOptions({ ...production, environment: "sandbox" }, {})).toEqual({ onlyCaPem: extraCa });
});

test("a relay's secret becomes a header, and only with a profile that asks for it", () => {
  const plain = itsmeProfileSchema.parse(good);
  expect(itsmeHttpOptions(plain, { relaySecret: "s" })).toEqual({});
  const relayed = itsmeProfileSchema.parse({ ...good, relayHeader: { name: "X-Relay", secret: "vault-id" } });
  expect(itsmeHttpOptions(relayed, { relaySecret: "s" })).toEqual({ headers: { "X-Relay": "s" } });
});
