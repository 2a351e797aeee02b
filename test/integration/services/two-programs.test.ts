import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AuditLog } from "../../../electron/storage/audit/audit-log.ts";
import { checkAudit } from "../../../electron/storage/audit/check-audit.ts";
import { announceSandbox, withdrawSandbox } from "../../../sandbox/running-sandbox.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { startSandbox } from "../../../sandbox/start-sandbox.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { runCli } from "../cli/run-cli.ts";
import type { ChildOrder } from "./program-child.ts";

const CHILD = join(import.meta.dirname, "program-child.ts");
const TIME_LIMIT_MILLISECONDS = 60_000;

/** How the child's runs ended; "killed": it was. */
function runChild(order: ChildOrder): Promise<readonly (object | null)[] | "killed"> {
  const child = spawn(process.execPath, [CHILD, JSON.stringify(order)], {
    env: { ...process.env, NODE_OPTIONS: "" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: TIME_LIMIT_MILLISECONDS,
  });
  const [out, complaints]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code, signal) => {
      if (signal === "SIGKILL") resolve("killed");
      else if (code === 0) resolve(JSON.parse(Buffer.concat(out).toString()) as (object | null)[]);
      else reject(new Error(`ended with ${code ?? signal ?? "?"}: ${Buffer.concat(complaints).toString()}`));
    });
  });
}

describe("two processes on one data folder", () => {
  let sandbox: Sandbox;
  let folder = "";
  let data = "";
  let work = "";
  const document = makePdf({ pages: 1 });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealdesk-two-"));
    data = join(folder, "data");
    // Where the command line looks for a sandbox that runs already.
    const practice = join(data, "practice");
    await mkdir(practice, { recursive: true });
    sandbox = await startSandbox({ folder: practice });
    await announceSandbox(sandbox, process.pid);
  });
  afterAll(async () => {
    await withdrawSandbox(sandbox.folder, process.pid);
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    work = await mkdtemp(join(folder, "work-"));
    await writeFile(join(work, "contract.pdf"), document);
    sandbox.control.reset();
    sandbox.control.setAutoApprove(true);
  });
  afterEach(async () => {
    for (const name of ["sealdesk.db", "command-line.db", "audit.db"]) {
      for (const end of ["", "-wal", "-shm"]) await rm(join(data, `${name}${end}`), { force: true });
    }
  });

  const order = (documents: readonly string[], dieBefore?: string): ChildOrder => ({
    data,
    practice: sandbox.folder,
    documents,
    ...(dieBefore === undefined ? {} : { dieBefore }),
  });
  const contract = (): string => join(work, "contract.pdf");
  /** The person is being asked; the sandbox plays nobody yet. */
  const isAsked = (): boolean => (sandbox.control.calls()["itsme/identification-status"] ?? 0) > 0;
  const trail = () => {
    const log = new AuditLog(new DatabaseSync(join(data, "audit.db")), Date.now);
    const entries = [...log.entries()];
    const check = checkAudit(entries, log.seals(), { key: null, head: null });
    log.close();
    return { check, entries: entries.map(({ kind, body }) => ({ kind, ...(JSON.parse(body) as object) })) };
  };
  const phase = (): unknown => {
    try {
      const database = new DatabaseSync(join(data, "sealdesk.db"), { readOnly: true });
      const row = database.prepare("SELECT phase FROM signing_item").get();
      database.close();
      return row?.["phase"];
    } catch {
      return undefined;
    }
  };

  test("a second program that takes a run over signs it once, and the first signs nothing more", async () => {
    sandbox.control.setAutoApprove(null);
    const first = runChild(order([contract()]));
    await expect.poll(isAsked, { timeout: 30_000 }).toBe(true);
    const second = runChild(order([]));
    sandbox.control.setAutoApprove(true);
    const outcomes = await Promise.all([first, second]);
    expect(outcomes.flat()).toContainEqual({ kind: "done", signed: 1, failed: 0 });
    expect((await readdir(work)).toSorted()).toEqual(["contract-signed.pdf", "contract.pdf"]);
    expect(sandbox.control.calls()["itsme/sign-start"]).toBe(1);
    expect(phase()).toBe("delivered");
    expect(trail().entries.filter(({ kind }) => kind === "document.delivered")).toHaveLength(1);
    expect(await readFile(contract())).toEqual(document);
  });

  test("the window and a command that sign the same document make two results, and one trail that is whole", async () => {
    const command = ["sign", "--provider", "itsme", "--profile", "sandbox", "--level", "b", contract()];
    const [window, terminal] = await Promise.all([runChild(order([contract()])), runCli(command, { data })]);
    expect(window).toEqual([{ kind: "done", signed: 1, failed: 0 }]);
    expect(terminal).toMatchObject({ status: 0 });
    const names = (await readdir(work)).toSorted();
    expect(names).toHaveLength(3);
    expect(names.every((name) => name.endsWith(".pdf") && !name.startsWith("."))).toBe(true);
    expect(await readFile(contract())).toEqual(document);
    const { check, entries } = trail();
    expect(check).toMatchObject({ entries: 6, problem: null });
    const delivered = entries.filter(({ kind }) => kind === "document.delivered") as { result?: string }[];
    const results = await Promise.all(
      names
        .filter((name) => name !== "contract.pdf")
        .map(async (name) =>
          createHash("sha256")
            .update(await readFile(join(work, name)))
            .digest("hex"),
        ),
    );
    expect(new Set(delivered.map(({ result }) => result))).toEqual(new Set(results));
  });

  test("the window leaves a command's run to the command", async () => {
    sandbox.control.setAutoApprove(null);
    const command = runCli(["sign", "--provider", "itsme", "--profile", "sandbox", "--level", "b", contract()], {
      data,
    });
    await expect.poll(isAsked, { timeout: 30_000 }).toBe(true);
    expect(await runChild(order([]))).toEqual([]);
    sandbox.control.setAutoApprove(true);
    expect(await command).toMatchObject({ status: 0 });
    expect((await readdir(work)).toSorted()).toEqual(["contract-signed.pdf", "contract.pdf"]);
  });

  test.each(["signing.started", "document.delivered", "signing.ended"])(
    "a program that is killed before it writes %s has it written by the next start, once",
    async (kind) => {
      expect(await runChild(order([contract()], kind))).toBe("killed");
      await runChild(order([]));
      await runChild(order([]));
      const { check, entries } = trail();
      expect(check.problem).toBeNull();
      const kinds = entries.map((entry) => entry.kind).filter((one) => one !== "signing.resumed");
      expect(kinds.toSorted()).toEqual(["document.delivered", "signing.ended", "signing.started"]);
      const signed = await readFile(join(work, "contract-signed.pdf"));
      expect(entries.find((entry) => entry.kind === "document.delivered")).toMatchObject({
        source: createHash("sha256").update(document).digest("hex"),
        result: createHash("sha256").update(signed).digest("hex"),
        level: "B-T",
        verdict: "TOTAL-PASSED",
      });
    },
  );
});
