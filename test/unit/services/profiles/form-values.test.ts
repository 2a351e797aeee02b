import { describe, expect, test } from "vitest";
import { fieldsOf, isSecret, shownFields } from "../../../../shared/profile-form.ts";
import { settingsOf, valuesOf } from "../../../../electron/services/profiles/form-values.ts";
import { SETUPS } from "../../../../electron/services/profiles/setups.ts";
import { bankidSetup } from "../../../../electron/services/profiles/setups/bankid-setup.ts";
import { fourthlineSetup } from "../../../../electron/services/profiles/setups/fourthline-setup.ts";
import { idnowSetup } from "../../../../electron/services/profiles/setups/idnow-setup.ts";
import { itsmeSetup } from "../../../../electron/services/profiles/setups/itsme-setup.ts";

const ITSME = {
  environment: "test",
  baseUrl: "https://b2b.example",
  partnerCode: "ACME",
  serviceCode: "SIGN",
  redirectUrl: "https://acme.example/back",
  pageOrigins: ["https://pages.example"],
} as const;

describe("settings from a form", () => {
  test("are what was typed, without blanks around it and without what was left empty", () => {
    const values = {
      ...ITSME,
      partnerCode: " ACME ",
      pageOrigins: ["https://pages.example ", "", "  "],
      relayUrl: "",
      proxy: "  ",
    };
    expect(settingsOf(itsmeSetup.form, {}, values, {})).toEqual(ITSME);
  });

  test("name a secret by its id, and have no part of a pair that has lost its other half", () => {
    const relay = { "relayHeader.name": "X-Key" };
    expect(settingsOf(itsmeSetup.form, {}, { ...ITSME, ...relay }, { "relayHeader.secret": "id-1" })).toMatchObject({
      relayHeader: { name: "X-Key", secret: "id-1" },
    });
    const before = { ...ITSME, relayHeader: { name: "X-Key", secret: "id-1" } };
    expect(settingsOf(itsmeSetup.form, before, ITSME, {})).toEqual(ITSME);
  });

  test("keep what the form does not know", () => {
    const stamps = [{ text: "of another version" }];
    const values = valuesOf(idnowSetup.form, { user: "acme" });
    expect(settingsOf(idnowSetup.form, { stamps, user: "old" }, values, {})).toMatchObject({ stamps, user: "acme" });
  });

  test("take nothing from names that are no field's", () => {
    const values = { ...ITSME, "relayHeader.secret": "typed", stray: "x", __proto__: "y", clientCertificate: "z" };
    expect(settingsOf(itsmeSetup.form, {}, values, {})).toEqual(ITSME);
  });

  test("have nothing of the way to BankID that was not chosen", () => {
    const before = {
      connection: {
        kind: "phenixid",
        baseUrl: "https://sign.example",
        tenant: "t1",
        basic: { user: "u", password: "id" },
      },
    };
    const values = {
      ...valuesOf(bankidSetup.form, before),
      "connection.kind": "rp-api",
      "connection.endUserIp": "203.0.113.7",
    };
    const { connection } = settingsOf(bankidSetup.form, before, values, { "connection.clientCertificate": "id-2" });
    expect(connection).toEqual({
      kind: "rp-api",
      baseUrl: "https://sign.example",
      endUserIp: "203.0.113.7",
      clientCertificate: "id-2",
    });
  });

  test("hold numbers as numbers, and leave what is no number for the schema to refuse", () => {
    const of = (codeAttempts: string) => settingsOf(idnowSetup.form, {}, { codeAttempts }, {})["codeAttempts"];
    expect([of("3"), of("three"), of("")]).toEqual([3, "three", undefined]);
  });
});

describe("settings of Fourthline from a form", () => {
  const of = (values: Record<string, string>) => settingsOf(fourthlineSetup.form, {}, values, {});

  test("hold the table as what its JSON says, and leave what is no JSON for the schema to refuse", () => {
    expect(of({ table: ' {"fields": {"status": {"status": "data.state"}}}\n' })["table"]).toEqual({
      fields: { status: { status: "data.state" } },
    });
    expect([of({ table: "{fields}" })["table"], of({ table: " \n" })["table"]]).toEqual(["{fields}", undefined]);
  });

  test("hold megabytes as bytes, and show bytes as the same megabytes", () => {
    expect([of({ maximumBytes: "2.5" })["maximumBytes"], of({ maximumBytes: "ten" })["maximumBytes"]]).toEqual([
      2_621_440,
      "ten",
    ]);
    for (const maximumBytes of [1, 999_999, 10_485_760, 1_000_000_007]) {
      const shown = valuesOf(fourthlineSetup.form, { maximumBytes });
      expect(settingsOf(fourthlineSetup.form, {}, shown, {})["maximumBytes"]).toBe(maximumBytes);
    }
    expect(valuesOf(fourthlineSetup.form, { maximumBytes: 2_621_440 })["maximumBytes"]).toBe("2.5");
  });

  test("come back from what the form shows of them, the table included", () => {
    const settings = {
      environment: "production",
      baseUrl: "https://api.fourthline.com",
      clientId: "acme",
      workflowNames: { pending: "QES during KYC" },
      infocertFallback: false,
      table: { endpoints: { status: { method: "POST", path: "/v2/{workflowId}" } } },
      passcodeDigits: { minimum: 6, maximum: 6 },
    };
    expect(settingsOf(fourthlineSetup.form, {}, valuesOf(fourthlineSetup.form, settings), {})).toEqual(settings);
  });
});

describe("values for a form", () => {
  test.each(SETUPS)("$provider: hold no secret and no secret's id", ({ form }) => {
    const secrets = fieldsOf(form).filter(isSecret);
    const ids = Object.fromEntries(secrets.map(({ name }, index) => [name, `vault-id-${index}`]));
    const first = settingsOf(form, {}, {}, ids);
    expect(secrets.length).toBeGreaterThan(0);
    expect(JSON.stringify(first)).toContain("vault-id-");
    expect(JSON.stringify(valuesOf(form, first))).not.toContain("vault-id-");
  });

  test("come back as the same settings", () => {
    const settings = { ...ITSME, extraCa: ["PEM"], relayUrl: "https://relay.example", defaultPolicy: "1.2.3" };
    expect(settingsOf(itsmeSetup.form, {}, valuesOf(itsmeSetup.form, settings), {})).toEqual(settings);
  });
});

test("fields of the other way to BankID are out of sight", () => {
  const names = (kind: string) => shownFields(bankidSetup.form, { "connection.kind": kind }).map(({ name }) => name);
  expect(names("phenixid")).toContain("connection.tenant");
  expect(names("phenixid")).not.toContain("connection.endUserIp");
  expect(names("rp-api")).toContain("connection.endUserIp");
  expect(names("rp-api")).not.toContain("connection.tenant");
  expect(names("rp-api").filter((name) => name === "connection.clientCertificate")).toHaveLength(1);
});
