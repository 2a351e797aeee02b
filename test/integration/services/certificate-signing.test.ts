import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseCertificates } from "../../../electron/pki/certificate.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { Application } from "../../../electron/services/application/application.ts";
import type { ApplicationPorts } from "../../../electron/services/ports.ts";
import type { SecretInteraction } from "../../../shared/interaction.ts";
import type { SignRequest } from "../../../shared/ipc.ts";
import { connectPractice } from "../../../sandbox/connect-practice.ts";
import type { ConnectedPractice } from "../../../sandbox/connect-practice.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import {
  makeSoftHsm,
  PIN,
  softhsmModule,
  softhsmSkipped,
  TOKEN_KEYS,
} from "../providers/certificate/softhsm-fixture.ts";
import type { SoftHsm } from "../providers/certificate/softhsm-fixture.ts";
import { makeCertificateFile } from "./certificate-files.ts";
import { everythingKept, expectOutcome, newFolder, openApplication, startSigning } from "./open-application.ts";
import { CLOSED_DIALOGS } from "./bare-ports.ts";
import { testClock } from "./signing-world.ts";

const PASSWORD = "correct-horse-p12-ü";
const DAY = 24 * 3600 * 1000;

describe("signing with a certificate on this computer", () => {
  let practiceFolder: string;
  let practice: ConnectedPractice;
  beforeAll(async () => {
    practiceFolder = await mkdtemp(join(tmpdir(), "sealdesk-practice-"));
    practice = await connectPractice(practiceFolder, { announced: false });
  });
  afterAll(async () => {
    await practice.close();
    await rm(practiceFolder, { recursive: true, force: true });
  });

  /** The program with two documents open and this certificate file (or the practice certificate) chosen. */
  const prepared = async (file: string | null, names = ["a.pdf", "b.pdf"], ports: Partial<ApplicationPorts> = {}) => {
    const [folder, data] = [await newFolder(), await newFolder()];
    for (const name of names) await writeFile(join(folder, name), makePdf());
    const dialogs = { ...CLOSED_DIALOGS, chooseCertificate: async () => file };
    const application = openApplication(data, practice, { dialogs, ...ports });
    await application.handlers["settings.change"]({ provider: "certificate" });
    await application.handlers[file === null ? "certificate.usePractice" : "certificate.chooseFile"]({});
    const { opened } = await application.openFiles(names.map((name) => join(folder, name)));
    const request: Partial<SignRequest> = { provider: "certificate", documents: [...opened], level: "B-B" };
    return { folder, data, application, request, dialogs };
  };
  const asked = async (application: Application): Promise<SecretInteraction> => {
    await expect
      .poll(() => application.state.current.transactions.at(-1)?.interaction?.kind, { timeout: 20_000 })
      .toBe("secret");
    return application.state.current.transactions.at(-1)!.interaction as SecretInteraction;
  };
  const type = async (application: Application, interaction: string, value: string): Promise<void> => {
    const transaction = application.state.current.transactions.at(-1)!.id;
    await application.handlers["signing.answer"]({ transaction, interaction, answer: { kind: "secret", value } });
  };
  const judged = (path: string, anchors: string) =>
    verifyFile(path, { trustAnchors: parseCertificates(Buffer.from(anchors)) });

  test("the practice certificate signs a batch to B-LT: asked once, wrong once, valid under the practice root", async () => {
    const { folder, application, request } = await prepared(null);
    expect(application.state.current.app.practice).toBe(true);
    await startSigning(application, { ...request, level: "B-LT" });
    const first = await asked(application);
    expect(first).toMatchObject({ secret: "password", problem: null, practiceHint: "practice" });
    await type(application, first.id, "Practice");
    await expect
      .poll(() => application.state.current.transactions[0]?.interaction, { timeout: 20_000 })
      .toMatchObject({ kind: "secret", problem: { code: "certificate.wrong-password" } });
    const second = await asked(application);
    // A late answer to the old question changes nothing.
    await type(application, first.id, "practice");
    expect((await asked(application)).id).toBe(second.id);
    await type(application, second.id, "practice");
    await expectOutcome(application, { kind: "done", signed: 2, failed: 0 });
    for (const name of ["a-signed.pdf", "b-signed.pdf"]) {
      const report = await judged(join(folder, name), practice.trustAnchorsPem);
      expect(report).toMatchObject({
        verdict: "TOTAL-PASSED",
        signatures: [{ signer: "Pat Practice", level: "B-LT" }],
      });
    }
  });

  test("an own certificate file signs to B-B; whose it is is known then, and its password is kept nowhere", async () => {
    const file = makeCertificateFile(await newFolder(), "Karin Own", PASSWORD);
    const { folder, data, application, request } = await prepared(file.path);
    expect(application.state.current).toMatchObject({
      app: { practice: false },
      settings: { certificate: { kind: "file", name: "me.p12", facts: null } },
    });
    expect(JSON.stringify(application.state.current)).not.toContain(file.path);
    const reviewed = await application.handlers["signing.review"]({
      request: { placement: { kind: "invisible" }, language: "EN", ...request } as SignRequest,
    });
    expect(reviewed).toMatchObject({
      value: { sheet: { sends: "nothing", timestampHost: null, environment: "production" } },
    });
    await startSigning(application, request);
    await type(application, (await asked(application)).id, PASSWORD);
    await expectOutcome(application, { kind: "done", signed: 2, failed: 0 });
    const authority = await readFile(file.authority, "utf8");
    expect(await judged(join(folder, "b-signed.pdf"), authority)).toMatchObject({
      verdict: "TOTAL-PASSED",
      signatures: [{ signer: "Karin Own", level: "B-B" }],
    });
    expect(application.state.current.settings.certificate?.facts).toMatchObject({
      subject: "Karin Own",
      issuer: "Office CA",
    });
    const kept = await everythingKept(data, application);
    expect(kept).toContain("Karin Own");
    expect(kept).not.toContain("correct-horse-p12");
  });

  test("more than B-B needs a timestamp service, and goes to the one that is set", async () => {
    const file = makeCertificateFile(await newFolder(), "Karin Own", PASSWORD);
    const { folder, application, request } = await prepared(file.path, ["a.pdf"]);
    const levels = () => application.state.current.providers.find(({ id }) => id === "certificate")?.levels;
    expect(levels()).toEqual(["B-B"]);
    await expect(startSigning(application, { ...request, level: "B-T" })).rejects.toThrow(
      "extension.no-timestamp-service",
    );
    await application.handlers["settings.change"]({ timestampUrl: practice.timestampUrl });
    expect(levels()).toContain("B-T");
    await startSigning(application, { ...request, level: "B-T" });
    await type(application, (await asked(application)).id, PASSWORD);
    await expectOutcome(application, { kind: "done", signed: 1, failed: 0 });
    const report = await judged(
      join(folder, "a-signed.pdf"),
      practice.trustAnchorsPem + (await readFile(file.authority, "utf8")),
    );
    expect(report).toMatchObject({ verdict: "TOTAL-PASSED", signatures: [{ level: "B-T" }] });
  });

  test("a run that was closed while the password was asked for asks again at the next start, also when another file is chosen by then", async () => {
    const file = makeCertificateFile(await newFolder(), "Karin Own", PASSWORD);
    const { folder, data, application, request } = await prepared(file.path);
    await startSigning(application, request);
    await asked(application);
    await application.handlers["certificate.usePractice"]({});
    await application.close();
    const again = openApplication(data, practice);
    await again.resume();
    const question = await asked(again);
    expect(question).toMatchObject({ problem: null, params: { name: "me.p12" } });
    expect(again.state.current.transactions[0]).toMatchObject({ resumed: true, practice: false });
    await type(again, question.id, PASSWORD);
    await expectOutcome(again, { kind: "done", signed: 2, failed: 0 });
    expect((await judged(join(folder, "a-signed.pdf"), await readFile(file.authority, "utf8"))).verdict).toBe(
      "TOTAL-PASSED",
    );
  });

  test("a run that was closed right after the password was typed asks again, and is finished", async () => {
    const { folder, data, application, request } = await prepared(null);
    await startSigning(application, request);
    await type(application, (await asked(application)).id, "practice");
    await application.close();
    const database = new DatabaseSync(join(data, "sealdesk.db"), { readOnly: true });
    const state = String(database.prepare("SELECT state FROM signing_transaction").get()?.["state"]);
    database.close();
    expect(JSON.parse(state)).not.toMatchObject({ step: "ended" });
    const again = openApplication(data, practice);
    await again.resume();
    await type(again, (await asked(again)).id, "practice");
    await expectOutcome(again, { kind: "done", signed: 2, failed: 0 });
    expect((await judged(join(folder, "a-signed.pdf"), practice.trustAnchorsPem)).verdict).toBe("TOTAL-PASSED");
  });

  test("cancelling at the question signs nothing and leaves nothing behind", async () => {
    const { folder, application, request } = await prepared(null);
    await startSigning(application, request);
    await asked(application);
    await application.handlers["signing.cancel"]({ transaction: application.state.current.transactions[0]!.id });
    await expectOutcome(application, { kind: "failed", failure: { code: "provider.cancelled" } });
    expect((await readdir(folder)).toSorted()).toEqual(["a.pdf", "b.pdf"]);
  });

  test("an expired certificate is refused with its own sentence, the second time before anybody types", async () => {
    const file = makeCertificateFile(await newFolder(), "Karin Late", PASSWORD);
    const inTwoYears = { ...testClock, now: () => Date.now() + 2 * 365 * DAY };
    const { application, request } = await prepared(file.path, ["a.pdf"], { clock: inTwoYears });
    await startSigning(application, request);
    await type(application, (await asked(application)).id, PASSWORD);
    await expectOutcome(application, { kind: "failed", failure: { code: "certificate.expired" } });
    await expect(startSigning(application, request)).rejects.toThrow("certificate.expired");
  });

  test("without a chosen certificate nothing can be reviewed, and a file that is gone is told", async () => {
    const { application, request } = await prepared(join(await newFolder(), "gone.p12"), ["a.pdf"]);
    await startSigning(application, request);
    await type(application, (await asked(application)).id, "x");
    await expectOutcome(application, { kind: "failed", failure: { code: "certificate.broken-file" } });
    const empty = openApplication(await newFolder(), practice);
    const { opened } = await empty.openFiles([]);
    await expect(startSigning(empty, { provider: "certificate", documents: [...opened] })).rejects.toThrow(
      "certificate.not-chosen",
    );
  });

  describe.skipIf(softhsmModule === null)(`with a card${softhsmSkipped}`, () => {
    let card: SoftHsm;
    beforeAll(() => {
      card = makeSoftHsm(softhsmModule ?? "");
      process.env["SOFTHSM2_CONF"] = card.environment.SOFTHSM2_CONF;
    }, 60_000);
    afterAll(() => {
      delete process.env["SOFTHSM2_CONF"];
      card.close();
    });

    test("its certificates are listed without a PIN; the chosen one signs a batch, is asked for again after a restart, and leaves no PIN", async () => {
      const [folder, data] = [await newFolder(), await newFolder()];
      for (const name of ["a.pdf", "b.pdf"]) await writeFile(join(folder, name), makePdf());
      const ports = { tokenModules: () => [card.module] };
      const application = openApplication(data, practice, ports);
      const listed = await application.handlers["certificate.listTokens"]({});
      if (!listed.ok) throw new Error(listed.failure.code);
      // Authorities on the card are nobody to sign as, and the window learns no path.
      expect(new Set(listed.value.offers.map(({ facts }) => facts?.subject))).toEqual(
        new Set(Object.values(TOKEN_KEYS).map(({ label }) => `Card ${label}`)),
      );
      expect(JSON.stringify(listed.value)).not.toContain(card.module);
      const offer = listed.value.offers.find(({ facts }) => facts?.subject === "Card rsa");
      await application.handlers["certificate.useToken"]({ id: offer?.id ?? "" });
      const { opened } = await application.openFiles(["a.pdf", "b.pdf"].map((name) => join(folder, name)));
      await startSigning(application, { provider: "certificate", documents: [...opened], level: "B-B" });
      expect(await asked(application)).toMatchObject({ secret: "pin", params: { name: "Karin" } });
      await application.close();

      const again = openApplication(data, practice, ports);
      await again.resume();
      await type(again, (await asked(again)).id, "9999");
      await expect
        .poll(() => again.state.current.transactions[0]?.interaction, { timeout: 20_000 })
        .toMatchObject({
          kind: "secret",
          secret: "pin",
          problem: { code: expect.stringMatching(/^token\.pin-wrong/u) },
        });
      await type(again, (await asked(again)).id, PIN);
      await expectOutcome(again, { kind: "done", signed: 2, failed: 0 });
      const report = await judged(join(folder, "b-signed.pdf"), await readFile(card.rootPem, "utf8"));
      expect(report).toMatchObject({ verdict: "TOTAL-PASSED", signatures: [{ signer: "Card rsa", level: "B-B" }] });
    });
  });
});
