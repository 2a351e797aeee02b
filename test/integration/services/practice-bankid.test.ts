import { join } from "node:path";
import { expect, test } from "vitest";
import { Practice } from "../../../electron/services/application/practice.ts";
import { createEnvironments } from "../../../electron/services/signing/environments.ts";
import { practiceBankIdProfile } from "../../../electron/services/signing/practice/practice-bankid.ts";
import { parseCertificates, subjectName } from "../../../electron/pki/certificate.ts";
import { begin, Clock, driveBankId } from "../../unit/providers/bankid/drive-bankid.ts";
import { makeWorld, openInstance, unchangedOriginals } from "./signing-world.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
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

test("a practised signature is put into the documents and sealed to B-LTA, and another verifier of the file agrees", async () => {
  const made = await environments().get("bankid", null);
  if (!made.ok) {
    throw new Error(made.failure.code);
  }
  const world = await makeWorld(["a.pdf", "b.pdf"]);
  const instance = openInstance(world, made.value);
  await instance.sign({ provider: "bankid", level: "B-LTA", placement: { kind: "invisible" } });
  expect(instance.ends).toEqual([{ kind: "done", signed: 2, failed: 0 }]);
  instance.close();
  expect(await world.made()).toEqual(["a-signed.pdf", "b-signed.pdf"]);
  expect(await unchangedOriginals(world)).toBe(true);
  for (const name of await world.made()) {
    const report = await verifyFile(join(world.folder, name), {
      trustAnchors: parseCertificates(Buffer.from(practice().trustAnchorsPem)),
      bankIdRoots: parseCertificates(Buffer.from(practice().bankid.rootPem)),
    });
    expect(report).toMatchObject({
      verdict: "TOTAL-PASSED",
      signatures: [{ level: "B-LTA", signer: "Practice organisation seal" }, {}],
      evidence: [{ verdict: "passed", pagesNow: 2, sealedBy: { intact: true } }],
    });
  }
}, 60_000);

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
