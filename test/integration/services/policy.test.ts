import { execFileSync } from "node:child_process";
import { chmod, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import type { Application } from "../../../electron/services/application/application.ts";
import type { ApplicationPorts } from "../../../electron/services/ports.ts";
import type { SignRequest } from "../../../shared/ipc.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { CLOSED_DIALOGS } from "./bare-ports.ts";
import { expectOutcome, newFolder, openApplication, practiceForTests, startSigning } from "./open-application.ts";

describe("the program under an administrator's policy", () => {
  const practice = practiceForTests((connected) => connected.approveAll(null));

  const open = async (
    data: string,
    policy: string | object,
    ports: Partial<ApplicationPorts> = {},
  ): Promise<Application> => {
    const path = join(await newFolder(), "policy.json");
    await writeFile(path, typeof policy === "string" ? policy : JSON.stringify({ version: 1, ...policy }));
    await chmod(path, 0o644);
    return openApplication(data, practice(), { policy: { path, guard: "others", isNamed: true }, ...ports });
  };
  const openDocument = async (application: Application, folder: string) => {
    await writeFile(join(folder, "a.pdf"), makePdf());
    return [...(await application.openFiles([join(folder, "a.pdf")])).opened];
  };
  /** The refusal of a review of one new document, or null. */
  const refusal = async (application: Application, request: Partial<SignRequest> = {}) => {
    const reviewed = await application.handlers["signing.review"]({
      request: {
        provider: "itsme",
        documents: await openDocument(application, await newFolder()),
        placement: { kind: "invisible" },
        level: "B-T",
        language: "EN",
        ...request,
      },
    });
    return reviewed.ok ? null : reviewed.failure.code;
  };
  const offered = (application: Application) => application.state.current.providers.map(({ id }) => id);

  test("a provider that is not allowed is neither offered nor accepted", async () => {
    const application = await open(await newFolder(), { providers: ["itsme", "certificate"] });
    await expect.poll(() => offered(application)).toEqual(["itsme", "certificate"]);
    expect(await refusal(application, { provider: "idnow" })).toBe("policy.provider");
    expect(await refusal(application)).toBeNull();
  });

  test("a level that is not allowed is neither offered nor accepted", async () => {
    const application = await open(await newFolder(), { levels: ["B-LT", "B-LTA"] });
    await expect
      .poll(() => application.state.current.providers.find(({ id }) => id === "itsme")?.levels)
      .toEqual(["B-LT", "B-LTA"]);
    expect(await refusal(application)).toBe("policy.level");
    expect(await refusal(application, { level: "B-LT" })).toBeNull();
  });

  test("where practice is forbidden it says so instead of signing", async () => {
    const application = await open(await newFolder(), { practice: false });
    expect(await refusal(application)).toBe("policy.practice");
    await application.handlers["certificate.usePractice"]({});
    expect(await refusal(application, { provider: "certificate" })).toBe("policy.practice");
    // The chosen provider stays in the list and says why.
    await expect
      .poll(() => application.state.current.providers.find(({ id }) => id === "itsme")?.problem)
      .toEqual({ code: "policy.practice" });
  });

  test("a policy that nobody understands forbids all signing, is told at start, and leaves verifying alone", async () => {
    const application = await open(await newFolder(), '{"version": 1, "levles": ["B-LT"]}');
    expect(application.state.current.app.notices).toEqual([{ code: "policy.malformed" }]);
    for (const provider of ["itsme", "idnow", "bankid", "fourthline"] as const) {
      expect(await refusal(application, { provider })).toBe("policy.malformed");
    }
    const folder = await newFolder();
    const [document] = await openDocument(application, folder);
    await expect
      .poll(() => application.state.current.documents.find(({ id }) => id === document)?.report?.verdict, {
        timeout: 20_000,
      })
      .toBe("NO-SIGNATURE");
  });

  test("what is laid down holds instead of the settings, cannot be changed, and the person's own choice stays stored", async () => {
    const [data, results] = [await newFolder(), await newFolder()];
    const before = openApplication(data, practice());
    await before.handlers["settings.change"]({ timestampUrl: "https://own.example/" });
    const policy = { timestampUrl: "https://tsa.example/", output: { folder: results } };
    const application = await open(data, policy);
    const { settings } = application.state.current;
    expect(settings).toMatchObject({ timestampUrl: "https://tsa.example/", fixed: ["timestampUrl", "outputFolder"] });
    const change = application.handlers["settings.change"];
    expect(await change({ timestampUrl: null })).toEqual({ ok: false, failure: { code: "policy.fixed" } });
    const choose = application.handlers["settings.chooseOutputFolder"];
    expect(await choose({ reset: true })).toEqual({ ok: false, failure: { code: "policy.fixed" } });
    expect(await change({ theme: "dark" })).toMatchObject({ ok: true });
    const after = openApplication(data, practice());
    expect(after.state.current.settings).toMatchObject({ timestampUrl: "https://own.example/", fixed: [] });
  });

  test("results go where the policy says", async () => {
    const [folder, results] = [await newFolder(), await newFolder()];
    const application = await open(await newFolder(), { output: { folder: results } });
    await startSigning(application, { documents: await openDocument(application, folder), level: "B-B" });
    await expectOutcome(application, { kind: "done", signed: 1 });
    expect(await readdir(results)).toEqual(["a-signed.pdf"]);
    expect(await readdir(folder)).toEqual(["a.pdf"]);
  });

  test("results that must not lie beside the original are refused there", async () => {
    const application = await open(await newFolder(), { output: { besideOriginal: false } });
    expect(await refusal(application)).toBe("policy.output");
  });

  /** A certificate of an authority with this name, as a PEM file that only its owner may write to. */
  const authority = async (name: string): Promise<string> => {
    const folder = join(await newFolder(), "trust");
    await mkdir(folder);
    const pem = join(folder, "office.pem");
    const key = ["-keyout", join(folder, "office.key"), "-nodes"];
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", ...key, "-subj", name, "-out", pem], {
      stdio: "pipe",
      timeout: 30_000,
    });
    await chmod(pem, 0o644);
    return pem;
  };

  test("an authority of the administrator is trusted and cannot be removed", async () => {
    const application = await open(await newFolder(), { trustAnchors: [await authority("/CN=Office CA")] });
    const shown = () => application.state.current.settings.trustAnchors;
    expect(shown()).toMatchObject([{ facts: { subject: "Office CA" }, isFixed: true }]);
    const [anchor] = shown();
    await application.handlers["settings.removeTrustAnchor"]({ sha256: anchor!.sha256 });
    expect(shown()).toMatchObject([{ facts: { subject: "Office CA" }, isFixed: true }]);
  });

  test("where it alone says whom to trust, what people have added counts for nothing and nothing can be added", async () => {
    const [data, own] = [await newFolder(), await authority("/CN=Own CA")];
    const dialogs = { ...CLOSED_DIALOGS, chooseAuthorities: async () => [own] };
    const before = openApplication(data, practice(), { dialogs });
    await before.handlers["settings.addTrustAnchors"]({});
    await before.handlers["settings.addBankIdRoots"]({});
    expect(before.state.current.settings).toMatchObject({
      trustAnchors: [{ facts: { subject: "Own CA" }, isFixed: false }],
      bankidRoots: [{ facts: { subject: "Own CA" }, isFixed: false }],
    });
    const root = await authority("/CN=BankID Root");
    const after = await open(data, { bankidRoots: [root], ownAuthorities: false }, { dialogs });
    expect(after.state.current.settings).toMatchObject({
      fixed: ["authorities"],
      trustAnchors: [],
      bankidRoots: [{ facts: { subject: "BankID Root" }, isFixed: true }],
    });
    for (const command of ["settings.addTrustAnchors", "settings.addBankIdRoots"] as const) {
      expect(await after.handlers[command]({})).toEqual({ ok: false, failure: { code: "policy.fixed" } });
    }
    // The person's own choice stays stored and holds again when the rule goes.
    expect(openApplication(data, practice()).state.current.settings.trustAnchors).toHaveLength(1);
  });

  test("where practice is forbidden a practice root that somebody adds makes nothing trusted", async () => {
    const [data, folder] = [await newFolder(), await newFolder()];
    const root = join(folder, "practice.pem");
    await writeFile(root, practice().trustAnchorsPem);
    const dialogs = { ...CLOSED_DIALOGS, chooseAuthorities: async () => [root] };
    const before = openApplication(data, practice(), { dialogs });
    await before.handlers["settings.addTrustAnchors"]({});
    await startSigning(before, { documents: await openDocument(before, folder), level: "B-B" });
    await expectOutcome(before, { kind: "done", signed: 1 });
    const verdict = async (application: Application) => {
      const [document] = (await application.openFiles([join(folder, "a-signed.pdf")])).opened;
      const found = () => application.state.current.documents.find(({ id }) => id === document)?.report?.verdict;
      await expect.poll(found, { timeout: 20_000 }).toBeDefined();
      return found();
    };
    expect(await verdict(before)).toBe("TOTAL-PASSED");
    await before.close();
    const after = await open(data, { practice: false });
    expect(after.state.current.settings.trustAnchors).toEqual([]);
    expect(await verdict(after)).toBe("INDETERMINATE");
  });

  test("a signing that somebody may have approved before the policy came is finished", async () => {
    const [data, folder] = [await newFolder(), await newFolder()];
    const before = openApplication(data, practice());
    await startSigning(before, { documents: await openDocument(before, folder), level: "B-B" });
    const database = new DatabaseSync(join(data, "sealdesk.db"), { readOnly: true });
    await expect
      .poll(() => database.prepare("SELECT phase FROM signing_item").get()?.["phase"], { timeout: 30_000, interval: 5 })
      .toBe("prepared");
    database.close();
    await before.close();
    const after = await open(data, { practice: false });
    await after.resume();
    await expectOutcome(after, { kind: "done", signed: 1 });
    expect(await readdir(folder)).toEqual(["a-signed.pdf", "a.pdf"]);
  });

  test("a signing with a certificate that a policy forbids by now is ended at the next start, and asks nobody", async () => {
    const [data, folder] = [await newFolder(), await newFolder()];
    const before = openApplication(data, practice());
    await before.handlers["certificate.usePractice"]({});
    const documents = await openDocument(before, folder);
    await startSigning(before, { provider: "certificate", documents, level: "B-B" });
    await expect.poll(() => before.state.current.transactions[0]?.interaction?.kind, { timeout: 20_000 }).toBeDefined();
    await before.close();
    const after = await open(data, { providers: ["itsme"] });
    await after.resume();
    await expectOutcome(after, { kind: "failed", failure: { code: "provider.cancelled" } });
    expect(await readdir(folder)).toEqual(["a.pdf"]);
  });
});
