import { chmod, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../../electron/storage/database.ts";
import { sealedRecords } from "../../../electron/storage/vault/sealed-records.ts";
import { certificateOptions, idnowSettings, itsmeSettings, NO_KEYCHAIN, sourceFile } from "./profile-files.ts";
import { codeOf, exitOf, folderForTest, runCli, startCli, writePdfs } from "./run-cli.ts";
import type { CliResult } from "./run-cli.ts";
import { startSandboxChild } from "./sandbox-child.ts";
import type { SandboxChild } from "./sandbox-child.ts";

/** Set by the test runner, which opens a D-Bus session with an empty, unlocked keychain for all integration tests. */
const hasKeychain = process.env["SEALDESK_TEST_KEYRING"] === "unlocked";

describe("a provider set up on the command line", () => {
  let sandbox: SandboxChild;
  beforeAll(async () => {
    sandbox = await startSandboxChild();
    await sandbox.control({ do: "auto-approve", value: true });
  });
  afterAll(() => sandbox.stop());

  const tsa = (): readonly string[] => ["--tsa", sandbox.description.baseUrls["tsa"] ?? "", "--trust", sandbox.root];
  const add = async (data: string, ...more: readonly string[]): Promise<CliResult> =>
    addFrom(data, { settings: itsmeSettings(sandbox) }, ...more);
  const addFrom = async (data: string, content: object, ...more: readonly string[]): Promise<CliResult> => {
    const from = await sourceFile(data, content);
    const named = ["--provider", "itsme", "--name", "Acceptance", "--environment", "test", "--from", from];
    return runCli(["profile", "add", ...named, ...more], { data, env: NO_KEYCHAIN });
  };

  test("signs without any keychain, with secrets that are given for the command and kept nowhere", async () => {
    const [data, work] = [await folderForTest(), await folderForTest()];
    await writePdfs(work, ["a.pdf"]);
    const content = { settings: itsmeSettings(sandbox), secrets: ["clientCertificate"] };
    const added = await addFrom(data, content, "--without-secrets");
    expect([added.status, added.stderr]).toEqual([
      0,
      "Secrets that are not here yet: clientCertificate. Without them nothing can be signed with it.\n",
    ]);
    const command = ["sign", "--json", "--provider", "itsme", "--profile", "Acceptance", ...tsa()];
    const bare = await runCli([...command, "a.pdf"], { data, cwd: work, env: NO_KEYCHAIN });
    expect([bare.status, bare.stdout]).toEqual([1, ""]);
    expect(bare.stderr).toContain("A secret of the profile “Acceptance” is missing.");

    const signed = await runCli([...command, ...certificateOptions(sandbox), "a.pdf"], {
      data,
      cwd: work,
      env: NO_KEYCHAIN,
    });
    expect(signed.lines()).toMatchObject([{ file: "a.pdf", level: "B-T", error: null }]);
    expect(signed.stderr.split("\n")[0]).toMatch(/^TEST environment: itsme, profile Acceptance \(localhost:\d+\)\./u);
    const verified = await runCli(["verify", "--json", "--trust", sandbox.root, "a-signed.pdf"], { data, cwd: work });
    expect(verified.lines()).toMatchObject([{ verdict: "TOTAL-PASSED", signatures: [{ signer: "Anna Peeters" }] }]);

    const key = (await readFile(sandbox.description.files["clientKey"] ?? "", "utf8")).split("\n")[2] ?? "";
    for (const name of await readdir(data, { recursive: true })) {
      expect(await readFile(join(data, name), "latin1").catch(() => "")).not.toContain(key);
    }
  });

  test("keeps no secret where there is no keychain, and says what can be done", async () => {
    const data = await folderForTest();
    const added = await add(data, ...certificateOptions(sandbox));
    expect(added.status).toBe(1);
    expect(added.stderr).toContain("there is no keychain that can be used here, so secrets cannot be kept");
    expect((await runCli(["profile", "list"], { data })).stdout).toBe("");
  });

  test("is removed with its secrets while somebody reads the vault", async () => {
    const data = await folderForTest();
    await addFrom(data, { settings: itsmeSettings(sandbox), secrets: ["clientCertificate"] }, "--without-secrets");
    const id = /profile\/itsme\/Acceptance\/clientCertificate\/[^"]+/u.exec(
      await readFile(join(data, "profiles.json"), "utf8"),
    )?.[0];
    const reader = openDatabase(join(data, "vault.db"));
    onTestFinished(() => reader.close());
    sealedRecords(reader);
    reader.prepare("INSERT INTO vault (id, version, nonce, sealed) VALUES (?, 1, x'00', x'00')").run(id ?? "");
    reader.exec("BEGIN");
    expect(reader.prepare("SELECT id FROM vault").all()).toEqual([{ id }]);
    const removed = await runCli(["profile", "remove", "Acceptance"], { data });
    expect([removed.status, removed.stdout]).toEqual([0, "itsme, Acceptance: deleted.\n"]);
    reader.exec("COMMIT");
    expect(reader.prepare("SELECT id FROM vault").all()).toEqual([]);
  });

  test("ends when all is said, even where something like an unanswered keychain would hold the program", async () => {
    const data = await folderForTest();
    const held = `--import=data:text/javascript,${encodeURIComponent("setInterval(() => undefined, 1000)")}`;
    const listed = await runCli(["profile", "list"], { data, env: { NODE_OPTIONS: held } });
    expect([listed.status, listed.stderr]).toEqual([0, "No provider is set up: everything is practice.\n"]);
    const refused = await runCli(["profile", "show", "Nobody"], { data, env: { NODE_OPTIONS: held } });
    expect(refused.status).toBe(2);
  });

  test("leaves the same entries in the audit trail as the window does, and none where nothing was saved", async () => {
    const data = await folderForTest();
    const wrong = { settings: { ...itsmeSettings(sandbox), baseUrl: "http://b2b.example" } };
    expect((await addFrom(data, wrong, "--without-secrets")).status).toBe(1);
    await add(data, "--without-secrets");
    await add(data, "--without-secrets", "--replace");
    expect((await runCli(["profile", "remove", "Acceptance"], { data })).status).toBe(0);
    const exported = await runCli(["audit", "export"], { data });
    const entries = exported.stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line): unknown => JSON.parse(line));
    const profile = { provider: "itsme", profile: "Acceptance" };
    expect(entries).toMatchObject([
      { kind: "profile.saved", body: { ...profile, isNew: true } },
      { kind: "profile.used", body: profile },
      { kind: "profile.saved", body: { ...profile, isNew: false } },
      { kind: "profile.removed", body: profile },
    ]);
  });

  test.skipIf(!hasKeychain)(
    "is used from the keychain-sealed vault, exported without its key, and removed",
    async () => {
      const [data, work] = [await folderForTest(), await folderForTest()];
      await writePdfs(work, ["a.pdf"]);
      const from = await sourceFile(data, { provider: "itsme", name: "Acceptance", settings: itsmeSettings(sandbox) });
      const command = ["profile", "add", "--environment", "test", "--from", from, ...certificateOptions(sandbox)];
      const added = await runCli(command, { data });
      expect([added.status, added.stderr]).toEqual([0, ""]);
      const listed = await runCli(["profile", "list", "--json"], { data });
      expect(listed.lines()).toEqual([
        { provider: "itsme", name: "Acceptance", environment: "test", inUse: true, missing: [] },
      ]);
      const tested = await runCli(["profile", "test", "Acceptance"], { data });
      expect(tested.status).toBe(0);
      expect(tested.stdout).toContain("Partner code, service code, return address and pages are right.");

      // Without --profile: the one in use.
      const signed = await runCli(["sign", "--json", "--provider", "itsme", ...tsa(), "a.pdf"], { data, cwd: work });
      expect(signed.lines()).toMatchObject([{ file: "a.pdf", level: "B-T", error: null }]);

      const exported = await runCli(["profile", "export", "Acceptance"], { data });
      const key = (await readFile(sandbox.description.files["clientKey"] ?? "", "utf8")).split("\n")[2] ?? "";
      expect(exported.stdout).not.toContain(key);
      expect(exported.stdout).not.toContain("profile/itsme");
      const [elsewhere, file] = [await folderForTest(), join(work, "rollout.json")];
      await writeFile(file, exported.stdout);
      const refused = await runCli(["profile", "add", "--from", file], { data: elsewhere });
      expect(refused.stderr).toContain("secrets are missing: --secret-file clientCertificate=…");
      expect(refused.status).toBe(2);
      const rolledOut = await runCli(["profile", "add", "--from", file, ...certificateOptions(sandbox)], {
        data: elsewhere,
      });
      expect(rolledOut.status).toBe(0);
      expect((await runCli(["profile", "export", "Acceptance"], { data: elsewhere })).stdout).toBe(exported.stdout);

      expect((await runCli(["profile", "remove", "Acceptance"], { data })).status).toBe(0);
      const records = new DatabaseSync(join(data, "vault.db"), { readOnly: true });
      const left = records.prepare("SELECT id FROM vault").all();
      records.close();
      expect(left).toEqual([]);
    },
    120_000,
  );

  test("is refused with the field and the line that is wrong, and nothing is saved", async () => {
    const data = await folderForTest();
    const settings = itsmeSettings(sandbox);
    for (const [content, message, status] of [
      [{ settings: { ...settings, baseUrl: "http://b2b.example" } }, "baseUrl (Base address): ", 1],
      [{ settings: { ...settings, partnercode: "x" } }, "partnercode: itsme has no such setting", 2],
      [
        { settings: { ...settings, clientCertificate: "KEY" } },
        "clientCertificate: secrets do not stand in this file",
        2,
      ],
      [{ settings: { ...settings, extraCa: ["none.pem"] } }, "extraCa: no certificate can be read from none.pem", 2],
      [{ settings, profiles: [] }, "profiles: ", 2],
    ] as const) {
      const added = await addFrom(data, content);
      expect(added.stderr).toContain(message);
      expect([message, added.status]).toEqual([message, status]);
    }
    await writeFile(join(data, "profile.json"), '{\n "settings": {\n  "baseUrl": 1,\n  "baseUrl": 2\n }\n}');
    const twice = await runCli(["profile", "add", "--from", join(data, "profile.json")], { data });
    expect(twice.stderr).toContain('line 4: no JSON: "baseUrl" stands here a second time');
    expect((await runCli(["profile", "list", "--json"], { data })).stdout).toBe("");
  }, 120_000);

  test("takes secrets from variables and files only, and repeats none of them", async () => {
    const data = await folderForTest();
    const from = await sourceFile(data, { settings: idnowSettings(sandbox) });
    const command = ["profile", "add", "--provider", "idnow", "--name", "A", "--from", from, "--environment", "test"];
    const typed = await runCli([...command, "--secret-env", "hunter2hunter2"], { data });
    expect([typed.status, typed.stderr]).toEqual([2, "sealdesk: --secret-env: expected FIELD=VARIABLE\n"]);
    const empty = await runCli([...command, "--secret-env", "password=NOT_SET"], { data });
    expect([empty.status, empty.stderr]).toEqual([
      2,
      "sealdesk: the environment variable NOT_SET is empty or not set\n",
    ]);
    const unknown = await runCli([...command, "--secret-env", "passwort=X"], { data, env: { X: "hunter2" } });
    expect(unknown.stderr).toContain("those that it has are password, cryptKey, relayHeader.secret");
    const listed = await sourceFile(await folderForTest(), { settings: idnowSettings(sandbox), secrets: ["pasword"] });
    const misspelt = await runCli([...command.slice(0, 6), "--from", listed], { data });
    expect(misspelt.stderr).toContain("pasword: such a profile has no secret of this name");
    const none = await runCli(command, { data });
    expect([none.status, none.stderr]).toEqual([
      2,
      "sealdesk: secrets are missing: --secret-env password=…, or --without-secrets\n",
    ]);
  });

  test("says PRODUCTION before anything is ordered, and never lets the sandbox play the person", async () => {
    const [data, work] = [await folderForTest(), await folderForTest()];
    await writePdfs(work, ["a.pdf"]);
    const content = {
      settings: { ...itsmeSettings(sandbox), environment: "production" },
      secrets: ["clientCertificate"],
    };
    const from = await sourceFile(data, content);
    await runCli(["profile", "add", "--provider", "itsme", "--name", "Real", "--from", from, "--without-secrets"], {
      data,
    });
    const command = ["sign", "--provider", "itsme", "--profile", "Real", ...certificateOptions(sandbox), ...tsa()];
    const played = await runCli([...command, "--auto-approve", "a.pdf"], { data, cwd: work });
    expect([played.status, played.stderr]).toEqual([2, "sealdesk: --auto-approve is for practice mode only\n"]);
    const signed = await runCli([...command, "a.pdf"], { data, cwd: work });
    const [first, second] = signed.stderr.split("\n");
    expect(first).toMatch(
      /^PRODUCTION: itsme, profile Real \(localhost:\d+\)\. What is approved now is a real signature\.$/u,
    );
    expect(second).toMatch(/^Open this page in your browser: https:/u);
    expect(signed.status).toBe(0);
  });

  test("refuses to play a person whom the practice service does not know, and ends", async () => {
    const [data, work] = [await folderForTest(), await folderForTest()];
    await writePdfs(work, ["a.pdf"]);
    const from = await sourceFile(data, { settings: { ...itsmeSettings(sandbox), environment: "sandbox" } });
    const named = ["--provider", "itsme", "--name", "Mine", "--from", from];
    expect((await runCli(["profile", "add", ...named], { data })).status).toBe(0);
    const command = ["sign", "--provider", "itsme", "--profile", "Mine", "--auto-approve", "--phone", "12345", "a.pdf"];
    // No practice service runs on this folder: the command starts one, and has to end it.
    const played = await runCli(command, { data, cwd: work });
    expect([played.status, played.stderr]).toEqual([
      2,
      "sealdesk: --phone: nobody in the sandbox has the phone number 12345\n",
    ]);
  });

  test("obeys the policy: its providers, levels and timestamp service hold for profiles too", async () => {
    const [data, work] = [await folderForTest(), await folderForTest()];
    await writePdfs(work, ["a.pdf"]);
    await addFrom(data, { settings: itsmeSettings(sandbox), secrets: ["clientCertificate"] }, "--without-secrets");
    const own = ["sign", "--json", "--provider", "itsme", "--profile", "Acceptance", ...certificateOptions(sandbox)];
    const under = async (policy: object, ...more: readonly string[]): Promise<CliResult> => {
      const file = join(data, "policy.json");
      await writeFile(file, JSON.stringify({ version: 1, ...policy }));
      await chmod(file, 0o644);
      return runCli([...own, ...more, "a.pdf"], { data, cwd: work, env: { SEALDESK_POLICY: file } });
    };
    expect((await under({ providers: ["certificate"] }, ...tsa())).lines().map(codeOf)).toEqual(["policy.provider"]);
    expect((await under({ levels: ["B-LT"] }, ...tsa())).lines().map(codeOf)).toEqual(["policy.level"]);
    const other = await under({ timestampUrl: "https://tsa.example/" }, ...tsa());
    expect(other.stderr).toContain("--tsa: This setting cannot be changed.");
    // The administrator's service stands in where nobody names one.
    const laidDown = await under({ timestampUrl: sandbox.description.baseUrls["tsa"], practice: false });
    expect(laidDown.lines()).toMatchObject([{ level: "B-T", error: null }]);
  }, 120_000);

  test("a run that was killed is finished by the next command through the profile it was begun with", async () => {
    const [data, work] = [await folderForTest(), await folderForTest()];
    await writePdfs(work, ["a.pdf", "b.pdf"]);
    await addFrom(data, { settings: itsmeSettings(sandbox), secrets: ["clientCertificate"] }, "--without-secrets");
    const command = ["sign", "--json", "--provider", "itsme", "--profile", "Acceptance", ...tsa()];
    await sandbox.control({ do: "auto-approve", value: false });
    const child = startCli([...command, ...certificateOptions(sandbox), "a.pdf"], { data, cwd: work });
    const ended = exitOf(child);
    child.stdout.resume();
    child.stderr.resume();
    const sessions = async () =>
      (
        (await sandbox.control({ do: "itsme/sessions" })) as readonly {
          readonly id: string;
          readonly kind: string;
          readonly step: string;
        }[]
      ).at(-1);
    await expect.poll(async () => (await sessions())?.kind, { timeout: 20_000 }).toBe("identification");
    await sandbox.control({ do: "auto-approve", value: true });
    await expect.poll(() => journalState(data), { timeout: 20_000, interval: 10 }).toContain('"sign-poll"');
    child.kill("SIGKILL");
    await ended;
    // The profile is needed: nobody may take it away now.
    const removed = await runCli(["profile", "remove", "Acceptance"], { data });
    expect([removed.status, removed.stderr]).toEqual([1, expect.stringContaining("is still needed")]);
    const next = await runCli([...command, ...certificateOptions(sandbox), "b.pdf"], { data, cwd: work });
    expect(next.stderr).toContain("a.pdf: a-signed.pdf (approved in the earlier run)");
    expect(next.lines()).toMatchObject([{ file: "b.pdf", error: null }]);
  }, 120_000);
});

function journalState(data: string): string {
  const database = new DatabaseSync(join(data, "command-line.db"), { readOnly: true });
  try {
    return String(
      database.prepare("SELECT state FROM signing_transaction ORDER BY rowid DESC LIMIT 1").get()?.["state"],
    );
  } catch {
    return "";
  } finally {
    database.close();
  }
}
