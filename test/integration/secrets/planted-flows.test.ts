import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Interaction, InteractionAnswer } from "../../../shared/interaction.ts";
import type { OrderDetails } from "../../../shared/order-details.ts";
import { SecretSearch } from "../../harness/secrets/secret-search.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { hasTool } from "../../interop/pades/run-tool.ts";
import { encryptWithQpdf, KINDS } from "../../unit/pdf/encryption/encrypted-files.ts";
import { makeSoftHsm, PIN, softhsmModule, softhsmSkipped } from "../providers/certificate/softhsm-fixture.ts";
import type { KeyStore } from "../../../electron/storage/vault/key-store.ts";
import { keychain } from "../services/bare-ports.ts";
import { makeCertificateFile } from "../services/certificate-files.ts";
import { detailsOf, personWith } from "../services/fourthline-world.ts";
import { orderDetails } from "../services/idnow-world.ts";
import { newFolder } from "../services/open-application.ts";
import { testClock } from "../services/signing-world.ts";
import { lookAtAudit } from "./look-at-audit.ts";
import { plantedWorld } from "./planted-world.ts";
import type { PlantedWorld } from "./planted-world.ts";
import { WatchedProgram, watchStreams } from "./watched-program.ts";

const IDNOW_MOBILE = "+491709184027";
const FOURTHLINE_MOBILE = "+31697318402";
const WRONG_CODE = "918273";

/** The journal keeps an order until a week after its end; nothing else does. */
const inJournal = (sink: string): boolean => /^data folder: sealdesk\.db(?:-wal|-shm)?$/u.test(sink);

const DAY = 24 * 3600 * 1000;

/** Files in which this stands when the program has ended. */
function leftIn(data: string, secret: string): readonly string[] {
  const search = new SecretSearch();
  search.plant("secret", secret);
  search.lookAtFolder("", data);
  return search.report();
}

interface Opened extends PlantedWorld {
  readonly keyStore: KeyStore;
  readonly search: SecretSearch;
  readonly data: string;
  readonly folder: string;
  readonly program: WatchedProgram;
  readonly document: () => Promise<string>;
}

async function open(): Promise<Opened> {
  const search = new SecretSearch();
  watchStreams(search);
  const world = await plantedWorld(search);
  const [data, folder] = [await newFolder(), await newFolder()];
  const keyStore = keychain();
  const program = new WatchedProgram(data, world.practice, search, { keyStore });
  let count = 0;
  return {
    ...world,
    keyStore,
    search,
    data,
    folder,
    program,
    document: async () => {
      count += 1;
      const path = join(folder, `contract-${count}.pdf`);
      await writeFile(path, makePdf());
      const { opened } = await program.application.openFiles([path]);
      return opened[0] ?? "";
    },
  };
}

async function setUp({ program, draftOf }: Opened, provider: "idnow" | "fourthline" | "bankid"): Promise<void> {
  const draft = draftOf(provider);
  expect(await program.value("profiles.save", draft)).toEqual({ problems: [], secrets: "stored" });
  await program.value("profiles.use", { provider, name: "Planted" });
  await program.value("settings.change", { provider });
}

/** Everything that can be looked at once the program has ended. */
async function expectNothingFound({ search, program, data, folder }: Opened): Promise<void> {
  const exported = await newFolder();
  await program.export(join(exported, "diagnostics.txt"));
  await lookAtAudit(search, data);
  await program.application.close();
  program.lookAtDisk();
  search.lookAtFolder("documents", folder);
  expect(search.report()).toEqual([]);
}

const typedHere = (sandbox: PlantedWorld["sandbox"]) => {
  let wasWrong = false;
  const identified = new Set<string>();
  const answer = (shown: Interaction): InteractionAnswer | null => {
    if (shown.kind === "code") {
      const value = wasWrong ? (sandbox.control.idnow.messages()[0]?.tan ?? "") : WRONG_CODE;
      wasWrong = true;
      return { kind: "code", value };
    }
    const [order] = sandbox.control.idnow.orders();
    if (shown.kind === "page" && order !== undefined && !identified.has(order.id)) {
      identified.add(order.id);
      sandbox.control.idnow.identify(order.id);
    }
    return shown.kind === "identification"
      ? { kind: "finish", delete: true }
      : shown.kind === "confirm"
        ? { kind: "confirm", accepted: true }
        : null;
  };
  return { answer, wasWrong: () => wasWrong };
};

function idnowOrder(): OrderDetails {
  const [signer] = orderDetails.signers;
  if (signer === undefined) throw new Error("an order has a signer");
  return {
    ...orderDetails,
    codeEntry: "here",
    showIdentification: true,
    signers: [{ ...signer, mobile: IDNOW_MOBILE }],
  };
}

describe("secrets planted in a run", () => {
  test("IDnow: password, key, relay secret and codes are nowhere, the phone number in the journal alone", async () => {
    const world = await open();
    const { search, program, sandbox, relays, secrets } = world;
    search.plantCode("wrong code", WRONG_CODE);
    // What IDnow found out is shown beside what was ordered, because the person asked for that, and is let go.
    const isShown = (sink: string): boolean => sink === "state to the window while an identification is shown";
    search.plant("phone number", IDNOW_MOBILE.slice(1), (sink) => inJournal(sink) || isShown(sink));
    await setUp(world, "idnow");
    // The code is typed here.
    sandbox.control.setAutoApprove(null);
    const person = typedHere(sandbox);
    program.play(person.answer);
    const details = idnowOrder();
    const outcome = await program.sign({ provider: "idnow", documents: [await world.document()], details });
    expect(outcome).toMatchObject({ kind: "done", signed: 1, failed: 0 });
    expect(person.wasWrong()).toBe(true);
    for (const { tan } of sandbox.control.idnow.messages()) search.plantCode(`code ${tan}`, tan);
    // The secrets that were planted are the ones that were used.
    expect(relays.idnow.headerValues("x-planted-key")).toContain(secrets["idnow relayHeader.secret"]);
    const basic = Buffer.from(`${world.practice.idnow.user}:${secrets["idnow password"]}`).toString("base64");
    expect(relays.idnow.heard()).toContain(basic);

    // 500 with an answer that says back what it was sent, then other access data (401), then nobody there.
    sandbox.control.addFault({
      operation: "idnow/system-status",
      times: 2,
      status: 500,
      body: `Cannot handle ${secrets["idnow password"]} with ${secrets["idnow relayHeader.secret"]}`,
    });
    await program.sign({ provider: "idnow", documents: [await world.document()], details });
    sandbox.control.clearFaults();
    sandbox.control.idnow.setAccount({ password: "another" });
    expect(await program.sign({ provider: "idnow", documents: [await world.document()], details })).toMatchObject({
      kind: "failed",
    });
    await program.value("profiles.save", { ...world.draftOf("idnow", { extraCa: [] }), isNew: false, secrets: {} });
    expect(await program.sign({ provider: "idnow", documents: [await world.document()], details })).toMatchObject({
      kind: "failed",
      failure: { code: "provider.tls" },
    });
    await expectNothingFound(world);
    expect(search.seenWhereAllowed).toContain("phone number in data folder: sealdesk.db-wal");

    // A week after the end the journal forgets it, and so does the file.
    const later = { ...testClock, now: () => Date.now() + 8 * DAY };
    const next = new WatchedProgram(world.data, world.practice, search, { keyStore: world.keyStore, clock: later });
    await next.application.close();
    expect(leftIn(world.data, IDNOW_MOBILE.slice(1))).toEqual([]);
  }, 180_000);

  test("Fourthline: secret, token, passcodes and the phone number are nowhere once Fourthline has it", async () => {
    const world = await open();
    const { search, program, sandbox, relays, secrets } = world;
    search.plantCode("wrong passcode", WRONG_CODE);
    search.plant("phone number", FOURTHLINE_MOBILE.slice(1), inJournal);
    await setUp(world, "fourthline");
    // The passcode is typed here.
    sandbox.control.setAutoApprove(null);
    const willing = personWith(sandbox);
    let wasWrong = false;
    program.play((shown) => {
      if (shown.kind === "code" && !wasWrong) {
        wasWrong = true;
        return { kind: "code", value: WRONG_CODE };
      }
      return shown.kind === "phone" ? { kind: "phone", number: FOURTHLINE_MOBILE } : willing(shown);
    });
    const details: OrderDetails = detailsOf();
    const known = { ...details, signer: { ...detailsOf().signer, mobile: FOURTHLINE_MOBILE } };
    const request = { provider: "fourthline", language: "NL", details: known } as const;
    const outcome = await program.sign({ ...request, documents: [await world.document()] });
    expect(outcome).toMatchObject({ kind: "done", signed: 1, failed: 0 });
    expect(wasWrong).toBe(true);
    for (const { passcode } of sandbox.control.fourthline.messages())
      search.plantCode(`passcode ${passcode}`, passcode);
    expect(relays.fourthline.headerValues("x-planted-key")).toContain(secrets["fourthline relayHeader.secret"]);
    expect(relays.fourthline.heard()).toContain(secrets["fourthline clientSecret"]);
    expect(search.names.filter((name) => name.startsWith("token "))).not.toEqual([]);

    sandbox.control.addFault({
      operation: "fourthline/token",
      times: 5,
      status: 500,
      body: { error: `no ${secrets["fourthline clientSecret"]}`, header: secrets["fourthline relayHeader.secret"] },
    });
    sandbox.control.fourthline.expireTokens();
    await program.value("profiles.test", { ...world.draftOf("fourthline"), isNew: false, secrets: {} });
    sandbox.control.clearFaults();
    const wrong = `${secrets["fourthline clientSecret"]}-wrong`;
    await program.ask("profiles.test", {
      ...world.draftOf("fourthline"),
      isNew: false,
      secrets: { clientSecret: { kind: "text", value: wrong } },
    });
    await expectNothingFound(world);
    // Not even in the journal, though the run is still known there.
    expect(leftIn(world.data, FOURTHLINE_MOBILE.slice(1))).toEqual([]);
  }, 180_000);

  test("BankID: password, relay secret and tokens are nowhere, the personal number in journal and evidence alone", async () => {
    const world = await open();
    const { search, program, sandbox, relays, secrets, data, folder } = world;
    const personalNumber = sandbox.control.bankid.persons()[0]?.personalNumber ?? "";
    const inEvidence = (sink: string): boolean => sink.startsWith("documents: ") && !sink.includes("names");
    search.plant("personal number", personalNumber, (sink) => inJournal(sink) || inEvidence(sink));
    await setUp(world, "bankid");
    const details: OrderDetails = {
      provider: "bankid",
      personalNumber,
      language: "en",
      format: "plain",
      start: "qr",
    };
    const outcome = await program.sign({ provider: "bankid", documents: [await world.document()], details });
    expect(outcome).toMatchObject({ kind: "done", signed: 1, failed: 0 });
    expect(relays.bankid.headerValues("x-planted-key")).toContain(secrets["bankid relayHeader.secret"]);
    expect(search.names.filter((name) => name.startsWith("token ")).length).toBeGreaterThanOrEqual(3);
    await program.value("profiles.save", { ...world.draftOf("bankid", { extraCa: [] }), isNew: false, secrets: {} });
    await program.sign({ provider: "bankid", documents: [await world.document()], details });
    expect(await readdir(folder)).toContain("contract-1-bankid.zip");
    expect(data).not.toBe("");
    await expectNothingFound(world);
    expect(search.seenWhereAllowed.join()).toContain("personal number in data folder: sealdesk.db");
  }, 180_000);

  const PASSWORD = 'pl4nt-p12-"+/%&<ü';

  /** The program with a certificate file chosen, and somebody who types these words when asked for a secret. */
  async function withCertificate(given: string[]): Promise<Opened> {
    const world = await open();
    const { search, program } = world;
    const made = makeCertificateFile(await newFolder(), "Petra Planted", PASSWORD);
    search.plant("password of the certificate", PASSWORD);
    program.chosen = [made.path];
    await program.value("settings.change", { provider: "certificate" });
    await program.value("certificate.chooseFile", {});
    program.play((shown) => (shown.kind === "secret" ? { kind: "secret", value: given.shift() ?? "" } : null));
    return world;
  }
  const request = { provider: "certificate" } as const;

  test("the password of a certificate, wrong and right, is nowhere", async () => {
    const given = ["pl4nt-wrong-p12", PASSWORD];
    const world = await withCertificate(given);
    world.search.plant("wrong password of the certificate", "pl4nt-wrong-p12");
    expect(await world.program.sign({ ...request, documents: [await world.document()] })).toMatchObject({ signed: 1 });
    expect(given).toEqual([]);
    await expectNothingFound(world);
  }, 120_000);

  test.skipIf(!hasTool("qpdf"))(
    "the password of a document, wrong and right, is nowhere (skipped without qpdf)",
    async () => {
      const given = [PASSWORD];
      const world = await withCertificate(given);
      const { search, program, folder } = world;
      const documentPassword = 'pl4nt-document-"+/%&<';
      search.plant("password of the document", documentPassword);
      search.plant("wrong password of the document", "pl4nt-wrong-document");
      await writeFile(join(folder, "plain.pdf"), makePdf());
      const kind = KINDS.find(({ title }) => title === "AES-256");
      if (kind === undefined) throw new Error("no such encryption");
      encryptWithQpdf(join(folder, "plain.pdf"), join(folder, "locked.pdf"), kind, {
        user: documentPassword,
        owner: "o",
      });
      const { opened } = await program.application.openFiles([join(folder, "locked.pdf")]);
      const document = opened[0] ?? "";
      expect(await program.ask("documents.unlock", { document, password: "pl4nt-wrong-document" })).toMatchObject({
        ok: false,
      });
      await program.value("documents.unlock", { document, password: documentPassword });
      expect(await program.sign({ ...request, documents: [document] })).toMatchObject({ signed: 1 });
      expect(given).toEqual([]);
      await expectNothingFound(world);
    },
    120_000,
  );

  test.skipIf(softhsmModule === null)(
    `the PIN of a card that was mistyped is nowhere${softhsmSkipped}`,
    async () => {
      const search = new SecretSearch();
      watchStreams(search);
      const world = await plantedWorld(search);
      const card = makeSoftHsm(softhsmModule ?? "");
      process.env["SOFTHSM2_CONF"] = card.environment.SOFTHSM2_CONF;
      onTestFinished(() => {
        delete process.env["SOFTHSM2_CONF"];
        card.close();
      });
      search.plant("wrong PIN", "7362514098");
      const [data, folder] = [await newFolder(), await newFolder()];
      const program = new WatchedProgram(data, world.practice, search, { tokenModules: () => [card.module] });
      const { offers } = await program.value("certificate.listTokens", {});
      await program.value("settings.change", { provider: "certificate" });
      await program.value("certificate.useToken", { id: offers[0]?.id ?? "" });
      const pins = ["7362514098", PIN];
      program.play((shown) => (shown.kind === "secret" ? { kind: "secret", value: pins.shift() ?? "" } : null));
      await writeFile(join(folder, "card.pdf"), makePdf());
      const { opened } = await program.application.openFiles([join(folder, "card.pdf")]);
      expect(await program.sign({ ...request, documents: [...opened] })).toMatchObject({ signed: 1 });
      expect(pins).toEqual([]);
      const document = async (): Promise<string> => "";
      await expectNothingFound({ ...world, keyStore: keychain(), search, data, folder, program, document });
    },
    120_000,
  );
});
