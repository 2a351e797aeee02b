import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import type { Application } from "../../../electron/services/application/application.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { SignRequest } from "../../../shared/ipc.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { expectOutcome, newFolder, openApplication, practiceForTests, startSigning } from "./open-application.ts";

const DEBUGGED: Failure = { code: "self-check.debugging", params: { what: "--inspect" } };
const STRANGE: Failure = { code: "self-check.page", params: { what: "file://" } };

describe("the program that has looked at its own protections", () => {
  const practice = practiceForTests((connected) => connected.approveAll(null));

  const openDocument = async (application: Application) => {
    const path = join(await newFolder(), "a.pdf");
    await writeFile(path, makePdf());
    return [...(await application.openFiles([path])).opened];
  };
  const review = async (application: Application, provider: SignRequest["provider"]) =>
    application.handlers["signing.review"]({
      request: {
        provider,
        documents: await openDocument(application),
        placement: { kind: "invisible" },
        level: "B-T",
        language: "EN",
      },
    });

  test("signs nothing with any provider when something is wrong, says so, and verifies as before", async () => {
    const startCheck = Promise.resolve([DEBUGGED, STRANGE]);
    const application = openApplication(await newFolder(), practice(), { startCheck });
    await application.handlers["certificate.usePractice"]({});
    for (const provider of ["itsme", "idnow", "bankid", "fourthline", "certificate"] as const) {
      expect(await review(application, provider)).toMatchObject({ ok: false, failure: DEBUGGED });
    }
    const { current } = application.state;
    expect(current.app.notices).toEqual([DEBUGGED, STRANGE]);
    expect(current.providers.map(({ problem }) => problem)).toEqual(current.providers.map(() => DEBUGGED));
    const [document] = await openDocument(application);
    await expect
      .poll(() => application.state.current.documents.find(({ id }) => id === document)?.report?.verdict, {
        timeout: 20_000,
      })
      .toBe("NO-SIGNATURE");
  });

  test("waits for the end of the check before anybody is asked", async () => {
    const check = Promise.withResolvers<readonly Failure[]>();
    const application = openApplication(await newFolder(), practice(), { startCheck: check.promise });
    let answered = false;
    const reviewing = review(application, "itsme").finally(() => (answered = true));
    await new Promise((resolve) => void setTimeout(resolve, 500));
    expect(answered).toBe(false);
    check.resolve([DEBUGGED]);
    expect(await reviewing).toMatchObject({ ok: false, failure: DEBUGGED });
  });

  test("ends a run of an earlier start that nobody can have approved, and asks nobody", async () => {
    const data = await newFolder();
    const before = openApplication(data, practice());
    await before.handlers["certificate.usePractice"]({});
    await startSigning(before, { provider: "certificate", documents: await openDocument(before), level: "B-B" });
    await expect.poll(() => before.state.current.transactions[0]?.interaction?.kind, { timeout: 20_000 }).toBeDefined();
    await before.close();
    const after = openApplication(data, practice(), { startCheck: Promise.resolve([DEBUGGED]) });
    await after.resume();
    await expectOutcome(after, { kind: "failed", failure: { code: "provider.cancelled" } });
  });

  test("delivers what may have been approved before", async () => {
    const data = await newFolder();
    const before = openApplication(data, practice());
    await startSigning(before, { documents: await openDocument(before), level: "B-B" });
    const database = new DatabaseSync(join(data, "sealdesk.db"), { readOnly: true });
    await expect
      .poll(() => database.prepare("SELECT phase FROM signing_item").get()?.["phase"], { timeout: 30_000, interval: 5 })
      .toBe("prepared");
    database.close();
    await before.close();
    const after = openApplication(data, practice(), { startCheck: Promise.resolve([DEBUGGED]) });
    await after.resume();
    await expectOutcome(after, { kind: "done", signed: 1 });
  });

  test("signs when nothing is wrong", async () => {
    const application = openApplication(await newFolder(), practice(), { startCheck: Promise.resolve([]) });
    await startSigning(application, { documents: await openDocument(application), level: "B-B" });
    await expectOutcome(application, { kind: "done", signed: 1 });
    expect(application.state.current.app.notices).toEqual([]);
  });
});
