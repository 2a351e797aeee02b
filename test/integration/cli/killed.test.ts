import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exitOf, folderForTest, resultOf, runCli, startCli, writePdfs } from "./run-cli.ts";
import type { CliResult } from "./run-cli.ts";
import { startSandboxChild } from "./sandbox-child.ts";
import type { SandboxChild } from "./sandbox-child.ts";

const itsme = ["--provider", "itsme", "--profile", "sandbox"];

interface Session {
  readonly id: string;
  readonly kind: "identification" | "signing";
  readonly step: string;
}

describe("sealdesk sign, killed by the system", () => {
  let sandbox: SandboxChild;

  beforeAll(async () => {
    sandbox = await startSandboxChild();
  });
  afterAll(() => sandbox.stop());

  const autoApprove = (value: boolean) => sandbox.control({ do: "auto-approve", value });
  const sessions = async () => (await sandbox.control({ do: "itsme/sessions" })) as readonly Session[];
  /** What the journal says of the documents, as another program reads it. */
  const phases = (): readonly string[] => {
    const database = new DatabaseSync(join(sandbox.data, "command-line.db"), { readOnly: true });
    try {
      return database
        .prepare("SELECT phase FROM signing_item ORDER BY rowid DESC LIMIT 2")
        .all()
        .map((row) => String(row["phase"]));
    } catch {
      return [];
    } finally {
      database.close();
    }
  };
  const state = (): string => {
    const database = new DatabaseSync(join(sandbox.data, "command-line.db"), { readOnly: true });
    try {
      return String(
        database.prepare("SELECT state FROM signing_transaction ORDER BY rowid DESC LIMIT 1").get()?.["state"],
      );
    } finally {
      database.close();
    }
  };

  /** Starts signing a.pdf and b.pdf, and kills the program with SIGKILL when the time has come. */
  const killedWhen = async (folder: string, isTime: () => boolean): Promise<void> => {
    await writePdfs(folder, ["a.pdf", "b.pdf"]);
    const child = startCli(["sign", ...itsme, "a.pdf", "b.pdf"], { data: sandbox.data, cwd: folder });
    const ended = exitOf(child);
    child.stdout.resume();
    child.stderr.resume();
    await expect.poll(isTime, { timeout: 30_000, interval: 10 }).toBe(true);
    child.kill("SIGKILL");
    await ended;
  };
  /** The next command, for another document. */
  const next = async (folder: string): Promise<CliResult> => {
    await writePdfs(folder, ["c.pdf"]);
    return resultOf(startCli(["sign", "--json", ...itsme, "c.pdf"], { data: sandbox.data, cwd: folder }));
  };
  const made = async (folder: string): Promise<readonly string[]> =>
    (await readdir(folder)).filter((name) => name.length > "a.pdf".length).toSorted((a, b) => (a < b ? -1 : 1));

  test("before anybody approved: the next command ends the old run, and signs only its own file", async () => {
    const folder = await folderForTest();
    await autoApprove(false);
    await killedWhen(folder, () => phases().length === 2 && state().includes('"identify-poll"'));
    await autoApprove(true);
    const result = await next(folder);
    expect([result.status, result.lines().map(({ file }) => file)]).toEqual([0, ["c.pdf"]]);
    expect(result.stderr).toContain("a.pdf: not signed in the earlier run");
    expect(await made(folder)).toEqual(["c-signed.pdf"]);
  });

  test("while the person approves: the next command fetches the approval, and asks for no other", async () => {
    const folder = await folderForTest();
    await autoApprove(true);
    await sandbox.control({
      do: "add-fault",
      fault: { operation: "itsme/sign-status", times: 100, status: 500, body: "" },
    });
    const earlier = (await sessions()).length;
    await killedWhen(folder, () => phases().length === 2 && state().includes('"sign-poll"'));
    await sandbox.control({ do: "clear-faults" });
    const result = await next(folder);
    expect(result.status).toBe(0);
    expect(result.stderr).toContain("a.pdf: a-signed.pdf (approved in the earlier run)");
    expect(await made(folder)).toEqual(["a-signed.pdf", "b-signed.pdf", "c-signed.pdf"]);
    // One for the two documents of the killed run, one for the document of this command.
    const signings = (await sessions()).slice(earlier).filter(({ kind }) => kind === "signing");
    expect(signings).toHaveLength(2);
  });

  test("between approval and delivery: the next command delivers without asking anybody", async () => {
    const folder = await folderForTest();
    await autoApprove(true);
    await sandbox.control({ do: "add-fault", fault: { operation: "tsa", times: 2, delayMilliseconds: 20_000 } });
    await killedWhen(folder, () => phases().join() === "approved,approved");
    await sandbox.control({ do: "clear-faults" });
    await autoApprove(false);
    const result = await runCli(["sign", "--json", ...itsme, "missing.pdf"], { data: sandbox.data, cwd: folder });
    expect(result.stderr).toContain("b.pdf: b-signed.pdf (approved in the earlier run)");
    expect(await made(folder)).toEqual(["a-signed.pdf", "b-signed.pdf"]);
    const signed = ["a-signed.pdf", "b-signed.pdf"];
    const judged = await runCli(["verify", "--trust", sandbox.root, ...signed], { data: folder, cwd: folder });
    expect(judged.status).toBe(0);
  });

  test("before its entries in the audit trail: the next command writes them before it goes on with the run", async () => {
    const folder = await folderForTest();
    await autoApprove(true);
    await sandbox.control({ do: "add-fault", fault: { operation: "tsa", times: 2, delayMilliseconds: 20_000 } });
    await killedWhen(folder, () => phases().join() === "approved,approved");
    await sandbox.control({ do: "clear-faults" });
    for (const end of ["", "-wal", "-shm"]) {
      await rm(join(sandbox.data, `audit.db${end}`), { force: true });
    }
    const journal = new DatabaseSync(join(sandbox.data, "command-line.db"));
    // Longer ago than another command could still be at work on it.
    const updated = new Date(Date.now() - 120_000).toISOString();
    journal.prepare("UPDATE signing_transaction SET updated = ? WHERE phase = 'running'").run(updated);
    journal.close();
    const result = await runCli(["sign", "--json", ...itsme, "missing.pdf"], { data: sandbox.data, cwd: folder });
    expect(result.stderr).toContain("b.pdf: b-signed.pdf (approved in the earlier run)");
    const exported = await runCli(["audit", "export"], { data: sandbox.data });
    const entries = exported.lines() as readonly unknown[] as readonly {
      readonly kind: string;
      readonly body: { readonly run: string };
    }[];
    const run = entries.find(({ kind }) => kind === "signing.resumed")?.body.run;
    expect(entries.filter(({ body }) => body.run === run).map(({ kind }) => kind)).toEqual([
      "signing.started",
      "signing.resumed",
      "document.delivered",
      "document.delivered",
      "signing.ended",
    ]);
  });
});
