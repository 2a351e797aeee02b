import { expect, test } from "vitest";
import type { ProfileView } from "../../../../shared/profiles.ts";
import { itsmeSetup } from "../../../../electron/services/profiles/setups/itsme-setup.ts";
import {
  draftOf,
  newDraft,
  secretChanges,
  showsStored,
  withAuthorities,
  withDropping,
  withImported,
  withoutAuthority,
  withReplacing,
} from "../../../../renderer/state/profile-draft.ts";

const FACTS = { subject: "sign.acme.example", issuer: "CA", validUntil: "2030-01-01T00:00:00Z" };
const stored: ProfileView = {
  provider: "itsme",
  name: "Production",
  environment: "production",
  active: true,
  values: { environment: "production" },
  certificates: {},
  secrets: { clientCertificate: { kind: "client-certificate", facts: FACTS }, "relayHeader.secret": { kind: "text" } },
  missing: [],
  keeping: "stored",
};

test("a new profile has a name that is not taken, and leads to tests until somebody says otherwise", () => {
  const draft = newDraft(itsmeSetup.form, ["main", "Main 2"]);
  expect([draft.name, draft.values["environment"]]).toEqual(["Main 3", "test"]);
});

test("secrets that nobody touched are not sent, so that they stay", () => {
  expect(secretChanges(draftOf(stored), new Map([["relayHeader.secret", ""]]))).toEqual({});
});

test("what was typed, imported or taken away is sent, and nothing else", () => {
  const replaced = withReplacing(draftOf(stored), "relayHeader.secret", true);
  expect(showsStored(replaced, "relayHeader.secret")).toBe(false);
  const imported = withImported(replaced, "clientCertificate", { id: "7", facts: FACTS });
  expect(secretChanges(imported, new Map([["relayHeader.secret", "new"]]))).toEqual({
    "relayHeader.secret": { kind: "text", value: "new" },
    clientCertificate: { kind: "imported", id: "7" },
  });
  expect(secretChanges(withDropping(imported, "clientCertificate", true), new Map())).toEqual({
    clientCertificate: { kind: "none" },
  });
});

test("keeping the stored one after all sends nothing", () => {
  const back = withReplacing(withReplacing(draftOf(stored), "relayHeader.secret", true), "relayHeader.secret", false);
  expect(showsStored(back, "relayHeader.secret")).toBe(true);
  expect(secretChanges(back, new Map())).toEqual({});
});

test("an authority that is chosen twice is there once, and its facts go with it", () => {
  const one = { pem: "PEM 1", facts: FACTS };
  const two = { pem: "PEM 2", facts: { ...FACTS, subject: "Two" } };
  const both = withAuthorities(withAuthorities(draftOf(stored), "extraCa", [one, two]), "extraCa", [one]);
  expect(both.values["extraCa"]).toEqual(["PEM 1", "PEM 2"]);
  const left = withoutAuthority(both, "extraCa", 0);
  expect([left.values["extraCa"], left.certificates["extraCa"]]).toEqual([["PEM 2"], [two.facts]]);
});
