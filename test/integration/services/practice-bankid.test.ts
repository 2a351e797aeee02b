import { expect, test } from "vitest";
import { Practice } from "../../../electron/services/application/practice.ts";
import { createEnvironments } from "../../../electron/services/signing/environments.ts";
import { practiceBankIdProfile } from "../../../electron/services/signing/practice/practice-bankid.ts";
import { parseCertificates, subjectName } from "../../../electron/pki/certificate.ts";
import { begin, Clock, driveBankId } from "../../unit/providers/bankid/drive-bankid.ts";
import { practiceForTests } from "./open-application.ts";

const practice = practiceForTests((connected) => connected.approveAll(null));

function environments() {
  return createEnvironments({
    practice: new Practice({ startPractice: async () => practice() }, () => undefined),
  });
}

test("practice has BankID, which takes a text and hands over evidence that passes", async () => {
  const made = await environments().get("bankid", null);
  const environment = made.ok ? made.value : null;
  expect(environment).toMatchObject({
    practice: true,
    label: "BankID",
    recipient: new URL(practice().bankid.phenixId.baseUrl).host,
    provider: { descriptor: { id: "bankid", takes: "text", returns: "evidence" } },
  });
  const provider = environment!.provider;
  const clock = new Clock();
  clock.time = Date.now();
  const { evidence, failure } = await driveBankId({ provider: () => provider, state: begin(provider), clock });
  expect(failure).toBeNull();
  expect(evidence[0]?.report).toMatchObject({ verdict: "passed", relyingParty: { displayName: "Sealdesk Practice" } });
});

test("BankID is not offered as long as a run cannot keep what comes back", async () => {
  const views = await environments().providerViews();
  expect(views.map(({ id }) => id)).toEqual(["itsme", "idnow"]);
});

test("practice BankIDs lead to a root of their own, which vouches for nothing else in practice", () => {
  const { bankid, trustAnchorsPem } = practice();
  const [root] = parseCertificates(Buffer.from(bankid.rootPem));
  expect(subjectName(root!)).toContain("BankID Root");
  expect(trustAnchorsPem).not.toContain(bankid.rootPem);
});

test.each(["phenixid", "phenixid-certificate", "rp-api"] as const)("there is a profile for %s", (way) => {
  const { connection, environment } = practiceBankIdProfile(practice().bankid, way);
  expect(environment).toBe("sandbox");
  expect(connection.kind).toBe(way === "rp-api" ? "rp-api" : "phenixid");
});
