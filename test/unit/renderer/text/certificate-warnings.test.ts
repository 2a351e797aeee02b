import { expect, test } from "vitest";
import { bankidSetup } from "../../../../electron/services/profiles/setups/bankid-setup.ts";
import { certificateWarnings } from "../../../../renderer/text/certificate-warnings.ts";
import type { SecretMark } from "../../../../shared/profiles.ts";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const valid = (validUntil: string): SecretMark => ({
  kind: "client-certificate",
  facts: { subject: "Provbolaget AB", issuer: "CA", validUntil },
});
const warned = (secrets: Readonly<Record<string, SecretMark>>) =>
  certificateWarnings(bankidSetup.form, { secrets }, NOW);

test("a seal that has ended is not called a client certificate", () => {
  expect(warned({ seal: valid("2026-11-01T00:00:00Z") })).toEqual([
    "Your organisation's seal: It has expired. Signatures made with it now would not be accepted.",
  ]);
});

test("each certificate of a profile is named with its own warning, and one that is good is not mentioned", () => {
  const client = bankidSetup.form.sections
    .flatMap(({ fields }) => fields)
    .find((field) => field.kind === "client-certificate" && field.purpose === "client")!.name;
  expect(warned({ [client]: valid("2026-11-28T18:00:00Z"), seal: valid("2030-01-01T00:00:00Z") })).toEqual([
    "Client certificate: It expires today. Renew it in time.",
  ]);
});
