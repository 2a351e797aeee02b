import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateEcKeyPair } from "../../../electron/pki/algorithms.ts";
import { parseCertificate, parseCertificates } from "../../../electron/pki/certificate.ts";
import { encodePem } from "../../../electron/pki/pem.ts";
import { createExtension } from "../../../electron/services/extending/create-extension.ts";
import { sealFromPem } from "../../../electron/services/signing/evidence/organisation-seal.ts";
import type { SigningEnvironment } from "../../../electron/services/signing/signing-environment.ts";
import { timestamper } from "../../../electron/services/signing/timestamper.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import { makePki } from "../../attacks/test-authority.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { makeBankIdPeople } from "../../unit/evidence/bankid/made-evidence.ts";
import { practiceSigner } from "../pades/practice-signer.ts";
import type { PracticeSigner } from "../pades/practice-signer.ts";
import { evidenceEnvironment, evidenceProvider, worldOf } from "./evidence-world.ts";
import type { MadeProvider } from "./evidence-world.ts";
import { openInstance } from "./signing-world.ts";

// A seal of the practice authority, whose timestamps and answers about certificates come over real HTTP.

let practice: PracticeSigner;
let environment: SigningEnvironment;
let made: MadeProvider;

beforeAll(async () => {
  practice = await practiceSigner();
  const [people, pki, key] = await Promise.all([makeBankIdPeople(), makePki(), generateEcKeyPair("P-256")]);
  const anchors = practice.anchors;
  const issuing = parseCertificates(practice.services.issuing.certificate);
  const chain = [parseCertificate(practice.issue("Provbolaget AB", key.spki)), ...issuing];
  const seal = sealFromPem({
    chainPem: chain.map(({ der }) => encodePem("CERTIFICATE", der)).join(""),
    keyPem: encodePem("PRIVATE KEY", key.exportPkcs8()),
  });
  made = evidenceProvider(people);
  const timestampUrl = practice.sandbox.baseUrls.tsa;
  const now = (): Date => new Date();
  const transport = practice.http;
  environment = {
    ...evidenceEnvironment(people, pki, made.provider, async () => seal),
    trustAnchors: anchors,
    timestamp: timestamper(practice.http, timestampUrl, anchors),
    extend: createExtension({ transport, timestampUrl, anchors, timestampAnchors: anchors, now }),
  };
}, 60_000);
afterAll(() => practice.close());

const REQUEST = { provider: "bankid", placement: { kind: "invisible" } } as const;

async function sign(level: "B-T" | "B-LT" | "B-LTA", changes: Partial<SigningEnvironment> = {}) {
  const world = await worldOf({ "a.pdf": makePdf({ pages: 2 }) });
  const instance = openInstance(world, { ...environment, ...changes });
  await instance.sign({ ...REQUEST, level });
  const told = instance.progress.at(-1)?.told;
  instance.close();
  return { world, told };
}

describe("the seal", () => {
  test.each(["B-T", "B-LT", "B-LTA"] as const)("reaches %s, and a verifier agrees", async (level) => {
    const { world, told } = await sign(level);
    expect(told).toMatchObject({ kind: "delivered", level, notice: null, evidence: { form: "sealed-pdf" } });
    const report = await verifyFile(join(world.folder, "a-signed.pdf"), {
      trustAnchors: environment.trustAnchors,
      bankIdRoots: environment.evidence?.trust.roots ?? [],
    });
    expect(report.verdict).toBe("TOTAL-PASSED");
    expect(report.signatures[0]).toMatchObject({ level, signer: "Provbolaget AB" });
  });

  test("stays at the basic level where no timestamp service is set up, and says so", async () => {
    const { told } = await sign("B-LTA", { timestamp: null, extend: null });
    expect(told).toMatchObject({ kind: "delivered", level: "B-B", notice: { code: "extension.no-timestamp-service" } });
  });

  test("waits for a timestamp service that is away; the evidence is kept and nobody is asked again", async () => {
    const world = await worldOf({ "a.pdf": makePdf() });
    const away = timestamper(practice.http, "http://127.0.0.1:9/tsa", environment.trustAnchors);
    const asked = (): number => made.log.filter((entry) => entry === "ordered documents").length;
    const before = asked();
    const first = openInstance(world, { ...environment, timestamp: away });
    await first.sign({ ...REQUEST, level: "B-T" });
    expect(first.progress.at(-1)?.told).toMatchObject({ kind: "needs-attention" });
    first.close();
    const second = openInstance(world, environment, { owner: 2 });
    await second.resume();
    expect(second.progress.at(-1)?.told).toMatchObject({ kind: "delivered", level: "B-T" });
    second.close();
    expect(asked() - before).toBe(1);
    expect(await world.made()).toEqual(["a-signed.pdf"]);
  });
});
