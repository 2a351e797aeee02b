import { beforeAll, expect, test } from "vitest";

import { encodePem } from "../../../../electron/pki/pem.ts";
import { fingerprint } from "../../../../electron/pki/certificate.ts";
import { configuredBankIdRoots } from "../../../../electron/services/verifying/bankid-roots.ts";
import { haveVectors, vectorText } from "../../evidence/bankid/bankid-vectors.ts";
import { type BankIdPeople, makeBankIdPeople } from "../../evidence/bankid/made-evidence.ts";

let people: BankIdPeople;
let pem: string;
beforeAll(async () => {
  people = await makeBankIdPeople();
  pem = encodePem("CERTIFICATE", people.root.certificate.der);
});

test("the roots of the settings are read, and what is no certificate vouches for nobody", () => {
  const broken = pem.replace(/[A-Z]{8}/u, "AAAAAAAA");
  const roots = configuredBankIdRoots(["", "nothing", broken.slice(0, 200), pem]);
  expect(roots.map(fingerprint)).toEqual([fingerprint(people.root.certificate)]);
});

test.skipIf(!haveVectors)("BankID's test root is not believed, though somebody wrote it into the settings", () => {
  const roots = configuredBankIdRoots([vectorText("test-root.pem"), pem]);
  expect(roots.map(fingerprint)).toEqual([fingerprint(people.root.certificate)]);
});
