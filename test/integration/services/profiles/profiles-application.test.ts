import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { CommandArgument, CommandName, CommandOutput } from "../../../../shared/ipc.ts";
import { contract } from "../../../../shared/ipc.ts";
import { COMMAND_NAMES } from "../../../../shared/ipc-channels.ts";
import type { Answer } from "../../../../shared/ipc.ts";
import type { Application } from "../../../../electron/services/application/application.ts";
import type { ApplicationPorts, Dialogs } from "../../../../electron/services/ports.ts";
import type { KeyStore } from "../../../../electron/storage/vault/key-store.ts";
import { askAsPage } from "../../../harness/page-of.ts";
import { PROFILE_SCHEMAS } from "../../../../electron/services/profiles/setups.ts";
import { openProfiles } from "../../../../electron/storage/profiles.ts";
import { makePdf } from "../../../interop/pades/made-pdfs.ts";
import {
  everythingKept,
  expectOutcome,
  newFolder,
  openApplication,
  practiceForTests,
  startSigning,
} from "../open-application.ts";
import { CLOSED_DIALOGS, keychain } from "../bare-ports.ts";
import { makeAuthority } from "./made-certificates.ts";

/** The program as the window reaches it: by name, through the contract, and with all that was said kept. */
class Window {
  readonly application: Application;
  readonly answers: string[] = [];
  chosen: readonly string[] = [];

  constructor(data: string, keyStore: KeyStore, ports: Partial<ApplicationPorts> = {}) {
    const dialogs: Dialogs = {
      ...CLOSED_DIALOGS,
      chooseClientCertificate: async () => this.chosen,
      chooseAuthorities: async () => this.chosen,
    };
    this.application = openApplication(data, practice(), { dialogs, keyStore, ...ports });
  }

  async ask<Name extends CommandName>(
    name: Name,
    argument: CommandArgument<Name>,
  ): Promise<Answer<CommandOutput<Name>>> {
    const said = await askAsPage(this.application.handlers, name, argument);
    this.answers.push(JSON.stringify(said));
    return said;
  }

  async value<Name extends CommandName>(name: Name, argument: CommandArgument<Name>): Promise<CommandOutput<Name>> {
    const said = await this.ask(name, argument);
    if (!said.ok) throw new Error(said.failure.code);
    return said.value;
  }

  /** A client certificate and its key from files, as the window imports it. */
  async imported(paths: readonly string[], password: string | null = null): Promise<string> {
    this.chosen = paths;
    let said = await this.value("profiles.importCertificate", { purpose: "client" });
    if (said?.kind === "password" && password !== null) {
      said = await this.value("profiles.unlockCertificate", { file: said.file, password });
    }
    if (said?.kind !== "imported") throw new Error(`not imported: ${said?.kind ?? "nothing"}`);
    return said.certificate.id;
  }
}

const practice = practiceForTests((connected) => connected.approveAll(null));

async function partnerFiles(folder: string): Promise<readonly string[]> {
  const { clientCertificatePem, clientKeyPem } = practice();
  const paths = [join(folder, "partner.pem"), join(folder, "partner.key")];
  await writeFile(paths[0] ?? "", clientCertificatePem);
  await writeFile(paths[1] ?? "", clientKeyPem);
  return paths;
}

/** A line of the partner's private key, which no other text has. */
const KEY_LINE = (): string => practice().clientKeyPem.split("\n")[2] ?? "";

function itsmeDraft(id: string, change: Record<string, string> = {}): CommandArgument<"profiles.save"> {
  const { baseUrl, partnerCode, serviceCode, redirectUrl, pageOrigins, extraCa } = practice().itsme;
  return {
    provider: "itsme",
    name: "Sandbox itsme",
    isNew: true,
    values: {
      environment: "sandbox",
      baseUrl,
      partnerCode,
      serviceCode,
      redirectUrl,
      pageOrigins: [...pageOrigins],
      extraCa: [...(extraCa ?? [])],
      ...change,
    },
    secrets: { clientCertificate: { kind: "imported", id } },
  };
}

describe("a provider set up through the window's commands", () => {
  test("is used for signing, also after a restart, and its key is only in the sealed vault", async () => {
    const folder = await newFolder();
    const data = await newFolder();
    const store = keychain();
    const first = new Window(data, store);
    const draft = itsmeDraft(await first.imported(await partnerFiles(folder)));
    expect(await first.value("profiles.test", draft)).toMatchObject({
      kind: "tested",
      report: expect.not.arrayContaining([expect.objectContaining({ state: "failed" })]),
    });
    expect(await first.value("profiles.save", draft)).toEqual({ problems: [], secrets: "stored" });
    await expect
      .poll(() => first.application.state.current.providers.find(({ id }) => id === "itsme"))
      .toMatchObject({ profile: "Sandbox itsme", environment: "sandbox", problem: null });
    await first.application.close();

    const second = new Window(data, store);
    await writeFile(join(folder, "a.pdf"), makePdf());
    const { opened } = await second.application.openFiles([join(folder, "a.pdf")]);
    await startSigning(second.application, { documents: [...opened] });
    await expectOutcome(second.application, { kind: "done", signed: 1, failed: 0 });
    const run = second.application.state.current.transactions.at(-1);
    expect([run?.practice, run?.environment]).toEqual([true, "sandbox"]);
    expect(await everythingKept(data, second.application)).not.toContain(KEY_LINE());
  });

  test("by a command beside the open window is told there, so that production is never taken for practice", async () => {
    const data = await newFolder();
    const window = new Window(data, keychain());
    expect(window.application.state.current.app.environment).toBe("sandbox");
    const store = openProfiles(join(data, "profiles.json"), PROFILE_SCHEMAS);
    const settings = { ...practice().itsme, environment: "production" };
    expect(store.put({ provider: "itsme", name: "Real", settings, marks: {} })).toEqual([]);
    store.setActive("itsme", "Real");
    await expect.poll(() => window.application.state.current.app.environment, { timeout: 15_000 }).toBe("production");
    expect(window.application.state.current.profiles.list).toMatchObject([{ name: "Real", active: true }]);
  });

  test("decides what the window says of itself: test and production are never practice", async () => {
    const folder = await newFolder();
    const window = new Window(await newFolder(), keychain());
    const mode = () => {
      const { practice: isPractice, environment } = window.application.state.current.app;
      return [isPractice, environment];
    };
    expect(mode()).toEqual([true, "sandbox"]);
    for (const environment of ["test", "production"]) {
      const draft = itsmeDraft(await window.imported(await partnerFiles(folder)), { environment });
      expect((await window.value("profiles.save", { ...draft, name: environment })).problems).toEqual([]);
      await window.value("profiles.use", { provider: "itsme", name: environment });
      expect(mode()).toEqual([false, environment]);
      await expect
        .poll(() => window.application.state.current.providers.find(({ id }) => id === "itsme"))
        .toMatchObject({ profile: environment, environment });
    }
    await window.value("settings.change", { provider: "idnow" });
    expect(mode()).toEqual([true, "sandbox"]);
    await window.value("settings.change", { provider: "itsme" });
    await window.value("profiles.use", { provider: "itsme", name: null });
    expect(mode()).toEqual([true, "sandbox"]);
  });

  test("whose secret was kept for one session only says so after the next start, and nothing falls back to practice", async () => {
    const folder = await newFolder();
    const data = await newFolder();
    const absent = () => Promise.reject(new Error("no keychain"));
    const first = new Window(data, { read: absent, write: absent, remove: absent });
    const draft = itsmeDraft(await first.imported(await partnerFiles(folder)));
    expect(await first.value("profiles.save", draft)).toEqual({ problems: [], secrets: "session-only" });
    await first.application.close();
    const second = new Window(data, keychain());
    await expect
      .poll(() => second.application.state.current.providers.find(({ id }) => id === "itsme"))
      .toMatchObject({ problem: { code: "profile.secret-missing" }, profile: "Sandbox itsme" });
    await writeFile(join(folder, "a.pdf"), makePdf());
    const { opened } = await second.application.openFiles([join(folder, "a.pdf")]);
    await expect(startSigning(second.application, { documents: [...opened] })).rejects.toThrow(
      "profile.secret-missing",
    );
  });

  test("a practice signature is no longer called good once a real provider is in use", async () => {
    const folder = await newFolder();
    const window = new Window(await newFolder(), keychain());
    await writeFile(join(folder, "a.pdf"), makePdf());
    const { opened } = await window.application.openFiles([join(folder, "a.pdf")]);
    await startSigning(window.application, { documents: [...opened] });
    await expectOutcome(window.application, { kind: "done", signed: 1 });
    const verdict = () => window.application.state.current.documents.at(-1)?.report?.verdict;
    await expect.poll(verdict, { timeout: 20_000 }).toBe("TOTAL-PASSED");
    const draft = itsmeDraft(await window.imported(await partnerFiles(folder)), { environment: "production" });
    await window.value("profiles.save", draft);
    await expect.poll(verdict, { timeout: 20_000 }).toBe("INDETERMINATE");
    await window.value("profiles.use", { provider: "itsme", name: null });
    await expect.poll(verdict, { timeout: 20_000 }).toBe("TOTAL-PASSED");
  });
});

test("secrets that were typed are in no file, no answer, no state and no log", async () => {
  const data = await newFolder();
  const authority = await makeAuthority();
  const written: string[] = [];
  const spies = (["stdout", "stderr"] as const).map((stream) =>
    vi.spyOn(process[stream], "write").mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    }),
  );
  try {
    const { keyPem } = await authority.issue("client", "DNS:client.example");
    await writeFile(join(authority.folder, "password"), "file-Secret-9f3a");
    const made = ["-inkey", "client.key", "-in", "client.pem", "-out", "client.p12", "-passout", "file:password"];
    await authority.openssl("pkcs12", "-export", ...made);
    const secrets = {
      "IDnow's password": "idnow-Secret-1b7c",
      "IDnow's key": "5eC7e7".repeat(10) + "abcd",
      "the relay's secret": "relay-Secret-77aa",
      "PhenixID's password": "phenix-Secret-2d4e",
      "the file's password": "file-Secret-9f3a",
      "the private key": keyPem.split("\n")[1] ?? "",
    };
    const window = new Window(data, keychain());
    const certificate = await window.imported([join(authority.folder, "client.p12")], secrets["the file's password"]);
    const { idnow } = practice();
    const relay = { relayUrl: "https://localhost:1", "relayHeader.name": "X-Relay-Key" };
    const relaySecret = { "relayHeader.secret": { kind: "text", value: secrets["the relay's secret"] } } as const;
    const drafts: CommandArgument<"profiles.save">[] = [
      {
        ...itsmeDraft(certificate, relay),
        name: "Planted",
        secrets: { clientCertificate: { kind: "imported", id: certificate }, ...relaySecret },
      },
      {
        provider: "idnow",
        name: "Planted",
        isNew: true,
        values: {
          environment: "test",
          baseUrl: idnow.baseUrl,
          user: idnow.user,
          pageOrigins: [...idnow.pageOrigins],
          redirectUrl: idnow.redirectUrls.success,
          extraCa: [...idnow.extraCa],
          ...relay,
        },
        secrets: {
          password: { kind: "text", value: secrets["IDnow's password"] },
          cryptKey: { kind: "text", value: secrets["IDnow's key"] },
          ...relaySecret,
        },
      },
      {
        provider: "bankid",
        name: "Planted",
        isNew: true,
        values: {
          environment: "test",
          "connection.kind": "phenixid",
          "connection.baseUrl": "https://localhost:1",
          "connection.tenant": "t1",
          "connection.basic.user": "acme",
          roots: [authority.pem],
        },
        secrets: { "connection.basic.password": { kind: "text", value: secrets["PhenixID's password"] } },
      },
    ];
    for (const draft of drafts) {
      await window.value("profiles.test", draft);
      expect((await window.value("profiles.save", draft)).problems).toEqual([]);
      await window.value("profiles.test", { ...draft, isNew: false, secrets: {} });
      // Refused: what is told of it must not quote it.
      await window.value("profiles.save", { ...draft, name: "", isNew: true });
    }
    await window.value("state.get", {});
    await expect.poll(() => window.application.state.current.providers.length).toBeGreaterThan(3);
    const kept = await everythingKept(data, window.application);
    const told = [...window.answers, ...written].join("\n");
    const hex = Buffer.from(secrets["IDnow's key"], "hex").toString("latin1");
    for (const [what, secret] of [...Object.entries(secrets), ["IDnow's key as bytes", hex] as const]) {
      expect(kept.includes(secret), `${what} in a file or the state`).toBe(false);
      expect(told.includes(secret), `${what} in an answer or a log`).toBe(false);
      const encoded = Buffer.from(secret).toString("base64").replace(/=+$/u, "");
      expect(`${kept}${told}`.includes(encoded), `${what} as Base64`).toBe(false);
    }
    // The search itself works: what is no secret is found.
    expect(kept).toContain("X-Relay-Key");
    expect(told).toContain("X-Relay-Key");
    expect(kept).toContain("profile/idnow/Planted/cryptKey/");
  } finally {
    spies.forEach((spy) => spy.mockRestore());
    await authority.remove();
  }
});

test("no command but those that take secrets has a field for one", () => {
  const groups = contract as unknown as Readonly<
    Record<string, Readonly<Record<string, { readonly input?: unknown }>>>
  >;
  const taking = COMMAND_NAMES.filter((name) => {
    const [group = "", leaf = ""] = name.split(".");
    return JSON.stringify(groups[group]?.[leaf]?.input ?? {}).includes("secrets");
  });
  expect(taking).toEqual(["profiles.save", "profiles.test"]);
});
