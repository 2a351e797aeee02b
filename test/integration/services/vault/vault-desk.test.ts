import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Application } from "../../../../electron/services/application/application.ts";
import type { ProgramLog } from "../../../../electron/services/logging/program-log.ts";
import type { CommandArgument } from "../../../../shared/ipc.ts";
import { auditVerify } from "../../../../cli/audit-command.ts";
import { FakeKeychain } from "../../../unit/storage/vault/fake-keychain.ts";
import { makePdf } from "../../../interop/pades/made-pdfs.ts";
import { auditedEvents } from "./audited-events.ts";
import { orderDetails } from "../idnow-world.ts";
import { expectOutcome, newFolder, openApplication, practiceForTests, startSigning } from "../open-application.ts";

const practice = practiceForTests();

function idnowDraft(change: Partial<CommandArgument<"profiles.save">> = {}): CommandArgument<"profiles.save"> {
  const { idnow } = practice();
  return {
    provider: "idnow",
    name: "Main",
    isNew: true,
    values: {
      environment: "sandbox",
      baseUrl: idnow.baseUrl,
      user: idnow.user,
      pageOrigins: [...idnow.pageOrigins],
      redirectUrl: idnow.redirectUrls.success,
      extraCa: [...idnow.extraCa],
    },
    secrets: { password: { kind: "text", value: idnow.password } },
    ...change,
  };
}

const vaultOf = (application: Application) => application.state.current.vault;
const codes = (application: Application) => application.state.current.app.notices.map(({ code }) => code);

async function settled(application: Application, state: string): Promise<void> {
  await expect.poll(() => vaultOf(application).state).toBe(state);
}

/** A run that waits for the person's code, and so is not finished. */
async function beginRun(application: Application, folder: string): Promise<void> {
  await writeFile(join(folder, "a.pdf"), makePdf());
  const { opened } = await application.openFiles([join(folder, "a.pdf")]);
  await startSigning(application, { provider: "idnow", documents: [...opened], details: orderDetails });
}

describe("the vault in the program", () => {
  test("a key that is lost is told with the profiles that need their secrets, and starting afresh leaves their settings", async () => {
    const [data, keyStore] = [await newFolder(), new FakeKeychain()];
    const first = openApplication(data, practice(), { keyStore });
    await settled(first, "usable");
    expect(await first.handlers["profiles.save"](idnowDraft())).toMatchObject({ value: { problems: [] } });
    expect(vaultOf(first)).toEqual({ state: "usable", stored: 1, session: 0, needing: [] });
    await first.close();
    keyStore.keys.clear();

    const lines: unknown[] = [];
    const log: ProgramLog = {
      write: (...line) => lines.push(line),
      unexpected: (error) => lines.push(error),
      text: () => "",
    };
    const second = openApplication(data, practice(), { keyStore, log });
    await settled(second, "key-lost");
    await expect.poll(() => codes(second)).toContain("vault.key-lost");
    expect(vaultOf(second).needing).toEqual([{ provider: "idnow", name: "Main", runs: 0 }]);
    await expect
      .poll(() => second.state.current.providers.find(({ id }) => id === "idnow")?.problem)
      .toEqual({ code: "vault.key-lost" });

    const afresh = await second.handlers["vault.startAfresh"]({});
    expect(afresh).toMatchObject({ ok: true, value: { setAside: expect.stringMatching(/^vault-set-aside-.*\.db$/u) } });
    expect(await readdir(data)).toContain(afresh.ok ? afresh.value.setAside : "");
    await settled(second, "usable");
    expect(codes(second)).not.toContain("vault.key-lost");
    const [profile] = second.state.current.profiles.list;
    expect(profile).toMatchObject({ name: "Main", values: idnowDraft().values, missing: ["password"] });
    expect(vaultOf(second).needing).toEqual([{ provider: "idnow", name: "Main", runs: 0 }]);

    expect(await second.handlers["profiles.save"](idnowDraft({ isNew: false }))).toMatchObject({ ok: true });
    expect(vaultOf(second).needing).toEqual([]);
    await expect.poll(() => second.state.current.providers.find(({ id }) => id === "idnow")?.problem).toBeNull();
    await second.close();
    expect(auditedEvents(data)).toContainEqual({ kind: "vault.started-afresh", reason: "key-lost" });
    expect(lines).toContainEqual(["warning", "vault.started-afresh", { reason: "key-lost" }]);
    expect(JSON.stringify(lines)).not.toContain(practice().idnow.password);
  });

  test("a signing that waits for lost secrets is told, and goes on by itself once they are filled in again", async () => {
    const [data, keyStore, folder] = [await newFolder(), new FakeKeychain(), await newFolder()];
    const first = openApplication(data, practice(), { keyStore });
    await settled(first, "usable");
    await first.handlers["profiles.save"](idnowDraft());
    await beginRun(first, folder);
    await expect.poll(() => first.state.current.transactions[0]?.interaction?.kind).toBe("page");
    await first.close();
    keyStore.keys.clear();

    const second = openApplication(data, practice(), { keyStore });
    await second.resume();
    await settled(second, "key-lost");
    await expectOutcome(second, { kind: "failed", failure: { code: "vault.key-lost" } });
    await expect.poll(() => vaultOf(second).needing).toEqual([{ provider: "idnow", name: "Main", runs: 1 }]);
    await second.handlers["vault.startAfresh"]({});
    await second.handlers["profiles.save"](idnowDraft({ isNew: false }));
    await expect.poll(() => second.state.current.transactions.at(-1)?.interaction?.kind).toBe("page");
    expect(second.state.current.transactions.at(-1)?.outcome).toBeNull();
  });

  test("a keychain that was locked is asked again, and what was typed meanwhile is stored", async () => {
    const [data, keyStore] = [await newFolder(), new FakeKeychain()];
    keyStore.mood = "locked";
    const application = openApplication(data, practice(), { keyStore });
    await settled(application, "locked");
    expect(await application.handlers["profiles.save"](idnowDraft())).toMatchObject({
      value: { secrets: "session-only" },
    });
    expect(application.state.current.profiles.list[0]).toMatchObject({ keeping: "session", missing: [] });
    expect(codes(application)).toContain("app.keychain-locked");
    expect(await application.handlers["vault.tryAgain"]({})).toEqual({ ok: true, value: { state: "locked" } });
    keyStore.mood = "open";
    expect(await application.handlers["vault.tryAgain"]({})).toEqual({ ok: true, value: { state: "usable" } });
    expect(application.state.current.profiles.list[0]).toMatchObject({ keeping: "stored", missing: [] });
    expect(vaultOf(application)).toMatchObject({ stored: 1, session: 0 });
    expect(codes(application)).not.toContain("app.keychain-locked");
  });

  test("a renewed key is in the audit trail, whose own seals are as good as before", async () => {
    const [data, keyStore] = [await newFolder(), new FakeKeychain()];
    const application = openApplication(data, practice(), { keyStore });
    await settled(application, "usable");
    await application.handlers["profiles.save"](idnowDraft());
    await application.handlers["settings.change"]({ level: "B-T" });
    const before = [...keyStore.keys.keys()];
    expect(await application.handlers["vault.renewKey"]({})).toEqual({
      ok: true,
      value: { records: 1, complete: true },
    });
    expect([...keyStore.keys.keys()]).not.toEqual(before);
    await application.handlers["settings.change"]({ level: "B-B" });
    await application.close();
    expect(auditedEvents(data)).toContainEqual({ kind: "vault.key-renewed", records: expect.any(Number) });
    const printed: string[] = [];
    expect(await auditVerify(null, { data, print: (line) => printed.push(line), keyStore })).toBe(0);
    const [, count = ""] = /^The trail is whole: (\d+) entries\.$/u.exec(printed[0] ?? "") ?? [];
    expect(printed.slice(1)).toEqual([`Sealed by this computer's keychain up to entry ${count}.`]);
  });

  test("nothing is removed while a run that is not finished needs it; afterwards everything is, but the audit trail's key", async () => {
    const [data, keyStore, folder] = [await newFolder(), new FakeKeychain(), await newFolder()];
    const application = openApplication(data, practice(), { keyStore });
    await settled(application, "usable");
    await application.handlers["profiles.save"](idnowDraft());
    await expect.poll(() => application.state.current.providers.find(({ id }) => id === "idnow")?.profile).toBe("Main");
    await beginRun(application, folder);
    expect(await application.handlers["vault.removeAll"]({})).toEqual({
      ok: false,
      failure: { code: "vault.in-use", params: { names: "“Main”" } },
    });
    const [run] = application.state.current.transactions;
    if (run === undefined) throw new Error("no run was begun");
    await application.handlers["signing.cancel"]({ transaction: run.id });
    await expectOutcome(application, { kind: expect.any(String) });
    expect(await application.handlers["vault.removeAll"]({})).toEqual({
      ok: true,
      value: { records: 0, complete: true },
    });
    expect(vaultOf(application)).toMatchObject({ state: "usable", stored: 0, needing: [{ name: "Main" }] });
    await application.close();
    expect(auditedEvents(data)).toContainEqual({ kind: "vault.emptied", records: 1 });
    const printed: string[] = [];
    expect(await auditVerify(null, { data, print: (line) => printed.push(line), keyStore })).toBe(0);
    expect(printed.join()).not.toContain("not checked");
  });

  test("a damaged file does not keep the program from starting", async () => {
    const [data, keyStore] = [await newFolder(), new FakeKeychain()];
    await writeFile(join(data, "vault.db"), "no database".repeat(500));
    const application = openApplication(data, practice(), { keyStore });
    await settled(application, "damaged");
    expect(codes(application)).toContain("vault.damaged");
    expect(await application.handlers["vault.startAfresh"]({})).toMatchObject({ ok: true });
    await settled(application, "usable");
    await application.close();
    expect(auditedEvents(data)).toContainEqual({ kind: "vault.started-afresh", reason: "damaged" });
  });
});

test("a keychain that waits for somebody is told as such", async () => {
  const forever = () => new Promise<never>(() => undefined);
  const keyStore = { read: forever, write: forever, remove: forever };
  const data = await newFolder();
  const application = openApplication(data, practice(), { keyStore });
  expect(vaultOf(application).state).toBe("opening");
  expect(await application.handlers["vault.tryAgain"]({})).toEqual({ ok: true, value: { state: "opening" } });
  expect(await application.handlers["vault.renewKey"]({})).toMatchObject({ failure: { code: "app.keychain-locked" } });
});
