import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import type { Application } from "../../../electron/services/application/application.ts";
import type { HistoryDocument } from "../../../shared/history.ts";
import type { HistoryQuery } from "../../../shared/ipc.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { openJournal } from "../../../electron/storage/open-journal.ts";
import { transactionId } from "../../../shared/ids.ts";
import { CLOSED_DIALOGS, keychain } from "./bare-ports.ts";
import { expectOutcome, newFolder, openApplication, practiceForTests, startSigning } from "./open-application.ts";
import { testClock } from "./signing-world.ts";

const practice = practiceForTests((providers) => providers.approveAll(null));
const ALL: HistoryQuery = { text: "", outcome: null, environment: null, from: null, to: null, offset: 0, limit: 50 };
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function history(application: Application, query: Partial<HistoryQuery> = {}) {
  const answer = await application.handlers["history.documents"]({ ...ALL, ...query });
  if (!answer.ok) throw new Error(answer.failure.code);
  return answer.value;
}

async function signOne(application: Application, file: string): Promise<void> {
  const { opened } = await application.openFiles([file]);
  await startSigning(application, { documents: [...opened] });
  await expectOutcome(application, { kind: "done", signed: 1 });
}

async function fileIn(folder: string, name: string): Promise<string> {
  await writeFile(join(folder, name), makePdf({ pages: 1 }));
  return join(folder, name);
}

/** Overwrites a page of the table of runs: its root, or its last leaf (https://sqlite.org/fileformat.html, 1.6). */
async function damageRuns(path: string, which: "root" | "last"): Promise<void> {
  const database = new DatabaseSync(path);
  const root = Number(
    database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'signing_transaction'").get()?.["rootpage"],
  );
  database.close();
  const bytes = await readFile(path);
  const size = bytes.readUInt16BE(16);
  const at = (root - 1) * size;
  // An interior page: there are leaves beside the first.
  expect(bytes[at]).toBe(5);
  const page = which === "root" ? root : bytes.readUInt32BE(at + 8);
  bytes.fill(0xff, (page - 1) * size, page * size);
  await writeFile(path, bytes);
}

describe("the history of the program", () => {
  test("tells what was signed, finds it by the file's digest, opens the result, and names nobody in the trail", async () => {
    const data = await newFolder();
    const folder = join(data, "Contracts");
    await mkdir(folder);
    const application = openApplication(data, practice(), { keyStore: keychain() });
    await signOne(application, await fileIn(folder, "Lease for Johanna.pdf"));
    const [before, after] = [
      await readFile(join(folder, "Lease for Johanna.pdf")),
      await readFile(join(folder, "Lease for Johanna-signed.pdf")),
    ];
    const { rows, total } = await history(application);
    const [entry] = rows;
    expect(total).toBe(1);
    expect(entry).toMatchObject({
      name: "Lease for Johanna.pdf",
      source: sha256(before),
      result: sha256(after),
      provider: "itsme",
      environment: "sandbox",
      wanted: "B-T",
      level: "B-T",
      state: "delivered",
      verdict: "TOTAL-PASSED",
      late: false,
      canOpen: true,
    } satisfies Partial<Record<keyof HistoryDocument, unknown>>);
    expect((await history(application, { text: sha256(after).slice(0, 10) })).total).toBe(1);
    expect((await history(application, { text: "johanna" })).total).toBe(1);
    expect((await history(application, { environment: "production" })).total).toBe(0);

    // A copy under another name, somewhere else.
    await copyFile(join(folder, "Lease for Johanna-signed.pdf"), join(data, "from the mail.pdf"));
    const { opened } = await application.openFiles([join(data, "from the mail.pdf")]);
    const [document] = opened;
    if (document === undefined) throw new Error("the copy was not opened");
    const known = await application.handlers["history.ofDocument"]({ document });
    expect(known).toMatchObject({ ok: true, value: { sha256: sha256(after), rows: [{ run: entry?.run, item: "1" }] } });

    if (entry === undefined) throw new Error("no entry");
    await application.handlers["documents.close"]({
      documents: application.state.current.documents.map(({ id }) => id),
    });
    const shown = await application.handlers["history.open"]({ run: entry.run, item: entry.item });
    expect(shown).toMatchObject({ ok: true, value: { refused: [] } });
    await expect
      .poll(() => application.state.current.documents.map(({ name }) => name))
      .toEqual(["Lease for Johanna-signed.pdf"]);

    const trail = new DatabaseSync(join(data, "audit.db"), { readOnly: true });
    const bodies = trail
      .prepare("SELECT body FROM audit")
      .all()
      .map(({ body }) => String(body))
      .join("\n");
    trail.close();
    for (const name of ["Johanna", "Contracts", "Anna", "Peeters", data]) expect(bodies).not.toContain(name);
  });

  test("checks the trail under the key of the keychain, and shows where somebody changed it", async () => {
    const data = await newFolder();
    const keyStore = keychain();
    const application = openApplication(data, practice(), { keyStore });
    await application.handlers["settings.change"]({ theme: "dark" });
    await application.handlers["settings.change"]({ theme: "light" });
    await expect
      .poll(() => application.handlers["history.check"]({}), { timeout: 10_000 })
      .toMatchObject({ ok: true, value: { entries: 3, problem: null, sealedTo: 3, seals: "checked", breaks: [] } });
    const events = await application.handlers["history.events"](ALL);
    expect(events).toMatchObject({
      ok: true,
      value: { total: 3, rows: [{ kind: "trail.key" }, { kind: "settings.changed" }, { kind: "settings.changed" }] },
    });
    const trail = new DatabaseSync(join(data, "audit.db"));
    trail.exec("DROP TRIGGER audit_keeps; UPDATE audit SET time = '2020-01-01T00:00:00.000Z' WHERE seq = 2");
    trail.close();
    expect(await application.handlers["history.check"]({})).toMatchObject({
      ok: true,
      value: { problem: { code: "changed", seq: 2 } },
    });
  });

  test("without a keychain says that nothing is sealed, and never that it is whole by a seal", async () => {
    const application = openApplication(await newFolder(), practice());
    await application.handlers["settings.change"]({ theme: "dark" });
    expect(await application.handlers["history.check"]({})).toMatchObject({
      ok: true,
      value: { entries: 1, problem: null, sealedTo: 0, seals: "none" },
    });
  });

  test("does not wait for ever for a keychain that wants its password", async () => {
    const waiting = { ...keychain(), read: () => new Promise<never>(() => undefined) };
    const application = openApplication(await newFolder(), practice(), { keyStore: waiting });
    await application.handlers["settings.change"]({ theme: "dark" });
    expect(await application.handlers["history.check"]({})).toMatchObject({ ok: true, value: { sealedTo: 0 } });
  });

  test("is exported as a whole or not at all", async () => {
    const data = await newFolder();
    const target = join(data, "for the auditor.jsonl");
    let chosen: string | null = target;
    const application = openApplication(data, practice(), {
      dialogs: { ...CLOSED_DIALOGS, chooseSavePath: async () => chosen },
    });
    await application.handlers["settings.change"]({ theme: "dark" });
    expect(await application.handlers["history.facts"]({})).toMatchObject({
      ok: true,
      value: { entries: 1, seals: 0 },
    });
    expect(await application.handlers["history.export"]({})).toEqual({ ok: true, value: { saved: true } });
    const [line = "", ...rest] = (await readFile(target, "utf8")).split("\n");
    expect(JSON.parse(line)).toMatchObject({ seq: 1, kind: "settings.changed", body: { settings: ["theme"] } });
    expect(rest).toEqual([""]);
    expect((await stat(target)).mode & 0o777).toBe(0o600);

    chosen = join(data, "no such folder", "trail.jsonl");
    expect(await application.handlers["history.export"]({})).toMatchObject({
      ok: false,
      failure: { code: "output.folder-missing" },
    });
    chosen = null;
    expect(await application.handlers["history.export"]({})).toEqual({ ok: true, value: { saved: false } });
    expect((await readdir(data)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("is told that it cannot be read when the trail is damaged, and everything else works", async () => {
    const data = await newFolder();
    await writeFile(join(data, "audit.db"), "no database".repeat(500));
    const application = openApplication(data, practice());
    expect(await application.handlers["history.documents"](ALL)).toEqual({
      ok: false,
      failure: { code: "app.audit-unavailable" },
    });
    await signOne(application, await fileIn(data, "a.pdf"));
  });

  test("tells which profile was changed by its name, and nothing of what is in it", async () => {
    const data = await newFolder();
    const application = openApplication(data, practice(), { keyStore: keychain() });
    await application.handlers["profiles.use"]({ provider: "itsme", name: null });
    const events = await application.handlers["history.events"](ALL);
    expect(events.ok ? events.value.rows.map(({ kind }) => kind) : []).toContain("profile.practice");
  });
});

describe("a run that was interrupted", () => {
  test("stands there as what it is, and goes on from there", async () => {
    const data = await newFolder();
    const first = openApplication(data, practice());
    const { opened } = await first.openFiles([await fileIn(data, "a.pdf")]);
    await startSigning(first, { documents: [...opened] });
    const journal = new DatabaseSync(join(data, "sealdesk.db"), { readOnly: true });
    await expect
      .poll(() => journal.prepare("SELECT phase FROM signing_item").get()?.["phase"], { timeout: 30_000, interval: 5 })
      .toBe("prepared");
    journal.close();
    await first.close();

    const second = openApplication(data, practice());
    const [entry] = (await history(second)).rows;
    expect(entry).toMatchObject({ state: "interrupted", outcome: "unfinished", name: "a.pdf" });
    if (entry === undefined) throw new Error("no entry");
    const answers = await Promise.all([
      second.handlers["history.goOn"]({ run: entry.run }),
      second.handlers["history.goOn"]({ run: entry.run }),
    ]);
    // A double click goes on once.
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(0);
    await expectOutcome(second, { kind: "done", signed: 1 });
    expect((await history(second)).rows).toMatchObject([{ state: "delivered", outcome: "signed" }]);
    expect((await readdir(data)).filter((name) => name.endsWith("-signed.pdf"))).toEqual(["a-signed.pdf"]);
  });
});

describe("files beside results and in the program's folder", () => {
  test("a working file of a run that is over is told at the start, and removed only when somebody says so", async () => {
    const data = await newFolder();
    const first = openApplication(data, practice());
    const { opened } = await first.openFiles([await fileIn(data, "a.pdf")]);
    await startSigning(first, { documents: [...opened] });
    await expectOutcome(first, { kind: "done", signed: 1 });
    const [entry] = (await history(first)).rows;
    await first.resume();
    expect(first.state.current.app.notices).toEqual([]);
    await first.close();
    // What a folder that could not be written to would have kept.
    const name = `.sealdesk-${entry?.run.slice(0, 8)}-1.part.clean`;
    await writeFile(join(data, name), "%PDF-1.7");

    const second = openApplication(data, practice());
    await second.resume();
    expect(second.state.current.app.notices).toEqual([{ code: "app.left-over-files" }]);
    const listed = await second.handlers["history.leftOver"]({});
    const [file] = listed.ok ? listed.value : [];
    expect(file).toMatchObject({ name, maybeSigned: false });
    expect(await readdir(data)).toContain(name);
    expect(await second.handlers["history.removeLeftOver"]({ id: file?.id ?? "" })).toMatchObject({ ok: true });
    expect(await readdir(data)).not.toContain(name);
  });

  test("a returned document of an unfinished command is kept, however old, and one of no run is not", async () => {
    const data = await newFolder();
    const run = "7f2c1f9e-0000-4000-8000-000000000001";
    const commands = openJournal(join(data, "command-line.db"), Date.now, 999_999);
    if (!commands.ok) throw new Error("no journal");
    commands.value.begin(
      { id: transactionId(run), phase: "running", version: 1, state: {}, failure: null, updated: "x" } as never,
      [],
    );
    commands.value.close();
    await mkdir(join(data, "returned"));
    const names = [`${run}-1.pdf`, "7f2c1f9e-0000-4000-8000-000000000002-1.pdf"];
    for (const name of names) {
      await writeFile(join(data, "returned", name), "%PDF-1.7");
      await utimes(join(data, "returned", name), 0, 0);
    }
    openApplication(data, practice());
    expect(await readdir(join(data, "returned"))).toEqual([names[0]]);
  });

  test.each(["at its beginning", "further in"])(
    "a journal of commands that is damaged %s keeps neither the program from starting nor the history from being read",
    async (where) => {
      const data = await newFolder();
      const first = openApplication(data, practice());
      await signOne(first, await fileIn(data, "Lease.pdf"));
      await first.close();
      const path = join(data, "command-line.db");
      const commands = openJournal(path, Date.now, 999_999);
      if (!commands.ok) throw new Error("no journal");
      for (let number = 100; number < 400; number += 1) {
        const id = transactionId(`7f2c1f9e-0000-4000-8000-000000000${number}`);
        commands.value.begin({ id, phase: "done", version: 1, state: {}, failure: null, updated: "x" } as never, []);
      }
      commands.value.close();
      await damageRuns(path, where === "at its beginning" ? "root" : "last");
      await mkdir(join(data, "returned"));
      const returned = join(data, "returned", "7f2c1f9e-0000-4000-8000-000000000002-1.pdf");
      await writeFile(returned, "%PDF-1.7");
      await utimes(returned, 0, 0);

      const application = openApplication(data, practice());
      expect((await history(application, { text: "lease" })).rows).toMatchObject([
        { name: "Lease.pdf", canOpen: true },
      ]);
      expect(await application.handlers["history.leftOver"]({})).toEqual({ ok: true, value: [] });
      // Nobody can tell whether a run of a command still needs it.
      expect(await readdir(join(data, "returned"))).toHaveLength(1);
    },
  );

  test("names are forgotten a week after a run has ended, and the trail is kept", async () => {
    const data = await newFolder();
    let later = 0;
    const clock = { ...testClock, now: () => Date.now() + later };
    const application = openApplication(data, practice(), { clock });
    await signOne(application, await fileIn(data, "a.pdf"));
    expect((await history(application)).rows).toMatchObject([{ name: "a.pdf", canOpen: true }]);
    await application.close();
    later = 8 * 24 * 3_600_000;
    const second = openApplication(data, practice(), { clock });
    expect((await history(second)).rows).toMatchObject([
      { name: null, canOpen: false, state: "delivered", result: expect.stringMatching(/^[0-9a-f]{64}$/u) },
    ]);
  });
});
