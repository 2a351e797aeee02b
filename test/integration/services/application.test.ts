import { copyFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import type { SignRequest } from "../../../shared/ipc.ts";
import type { Application } from "../../../electron/services/application/application.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { newFolder, openApplication, practiceForTests } from "./open-application.ts";

describe("the program without its window", () => {
  const practice = practiceForTests((connected) => connected.approveAll(null));

  const open = (data: string, unexpected: unknown[] = []): Application =>
    openApplication(data, practice(), { unexpected: (error) => unexpected.push(error) });

  const openDocument = async (application: Application, folder: string) => {
    await writeFile(join(folder, "a.pdf"), makePdf());
    const { opened } = await application.openFiles([join(folder, "a.pdf")]);
    return opened;
  };
  const request = (documents: SignRequest["documents"]): SignRequest => ({
    provider: "itsme",
    documents,
    placement: { kind: "invisible" },
    level: "B-T",
    language: "EN",
  });
  const review = async (application: Application, documents: SignRequest["documents"]) => {
    const reviewed = await application.handlers["signing.review"]({ request: request(documents) });
    if (!reviewed.ok) {
      throw new Error(reviewed.failure.code);
    }
    return reviewed.value.review;
  };

  const spoilt: readonly [string, (path: string) => Promise<unknown>][] = [
    ["is damaged", (path) => writeFile(path, "this is no database at all".repeat(200))],
    [
      "is of a newer version",
      async (path) => {
        const database = new DatabaseSync(path);
        database.exec("PRAGMA user_version = 1000");
        database.close();
      },
    ],
    ["is locked by another program", lockDatabase],
  ];
  test.each(spoilt)(
    "starts when its journal %s, says so, shows documents, and refuses to sign",
    async (_what, spoil) => {
      const folder = await newFolder();
      await spoil(join(folder, "sealdesk.db"));
      const application = open(folder);
      expect(application.state.current.app.notices).toEqual([{ code: "app.journal-unavailable" }]);
      const documents = await openDocument(application, folder);
      expect(documents).toHaveLength(1);
      const answer = await application.handlers["signing.review"]({ request: request([...documents]) });
      expect(answer).toEqual({ ok: false, failure: { code: "app.journal-unavailable" } });
      await application.resume();
    },
  );

  test("one confirmation is one run, and one document is in one run at a time", async () => {
    const folder = await newFolder();
    const unexpected: unknown[] = [];
    const application = open(folder, unexpected);
    const documents = [...(await openDocument(application, folder))];
    const [first, second] = [await review(application, documents), await review(application, documents)];
    const answers = await Promise.all(
      [first, first, second].map((id) => application.handlers["signing.start"]({ review: id })),
    );
    // Which of the two reviews is faster is chance; that only one of them is, is not.
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    await expect
      .poll(() => application.state.current.transactions[0]?.outcome, { timeout: 30_000 })
      .toEqual({
        kind: "done",
        signed: 1,
        failed: 0,
      });
    expect(unexpected).toEqual([]);
  });

  test("a program that was closed in the middle finishes at its next start, also when the original is gone", async () => {
    const folder = await newFolder();
    const first = open(folder);
    const documents = [...(await openDocument(first, folder))];
    const started = await first.handlers["signing.start"]({ review: await review(first, documents) });
    expect(started.ok).toBe(true);
    const database = new DatabaseSync(join(folder, "sealdesk.db"), { readOnly: true });
    await expect
      .poll(() => database.prepare("SELECT phase FROM signing_item").get()?.["phase"], { timeout: 30_000, interval: 5 })
      .toBe("prepared");
    database.close();
    await first.close();
    await rm(join(folder, "a.pdf"));
    const second = open(folder);
    await second.resume();
    await expect
      .poll(() => second.state.current.transactions[0]?.outcome, { timeout: 30_000 })
      .toMatchObject({
        kind: "done",
        signed: 1,
      });
    expect(second.state.current.transactions[0]?.resumed).toBe(true);
    await copyFile(join(folder, "a-signed.pdf"), join(folder, "copy.pdf"));
  });
});

/** Another program writes, and does not end. */
async function lockDatabase(path: string): Promise<void> {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (x); BEGIN IMMEDIATE");
  onTestFinished(() => database.close());
}
