import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseCertificates } from "../../../electron/pki/certificate.ts";
import { verifyFile } from "../../../electron/verify/verify-file.ts";
import type { Application } from "../../../electron/services/application/application.ts";
import type { DocumentId } from "../../../shared/ids.ts";
import { connectPractice } from "../../../sandbox/connect-practice.ts";
import type { ConnectedPractice } from "../../../sandbox/connect-practice.ts";
import { makePdf } from "../../interop/pades/made-pdfs.ts";
import { hasTool } from "../../interop/pades/run-tool.ts";
import { encryptWithQpdf, KINDS } from "../../unit/pdf/encryption/encrypted-files.ts";
import { everythingKept, expectOutcome, newFolder, openApplication, startSigning } from "./open-application.ts";

const PASSWORD = "correct-horse-32";
const PHASES = "SELECT phase FROM signing_item ORDER BY item";

describe.skipIf(!hasTool("qpdf"))("encrypted documents in the program (skipped without qpdf)", () => {
  let practiceFolder: string;
  let practice: ConnectedPractice;
  beforeAll(async () => {
    practiceFolder = await mkdtemp(join(tmpdir(), "sealdesk-practice-"));
    practice = await connectPractice(practiceFolder, { announced: false });
    await practice.approveAll(null);
  });
  afterAll(async () => {
    await practice.close();
    await rm(practiceFolder, { recursive: true, force: true });
  });

  const view = (application: Application, id: DocumentId | undefined | null) =>
    application.state.current.documents.find((document) => document.id === id);
  const lockedContract = async (folder: string, name = "contract.pdf"): Promise<string> => {
    await writeFile(join(folder, "plain.pdf"), makePdf());
    const kind = KINDS.find(({ title }) => title === "AES-256")!;
    encryptWithQpdf(join(folder, "plain.pdf"), join(folder, name), kind, { user: PASSWORD, owner: "owner" });
    return join(folder, name);
  };
  const verdict = async (path: string) =>
    (
      await verifyFile(path, {
        trustAnchors: parseCertificates(Buffer.from(practice.trustAnchorsPem)),
        password: PASSWORD,
      })
    ).verdict;
  /** Opens and unlocks the contract, begins to sign it, and closes the program when the phase is reached. */
  const closedAt = async (data: string, phase: string, documents: readonly string[]): Promise<void> => {
    const first = openApplication(data, practice);
    const { opened } = await first.openFiles(documents);
    for (const document of opened) await first.handlers["documents.unlock"]({ document, password: PASSWORD });
    await startSigning(first, { documents: [...opened] });
    const database = new DatabaseSync(join(data, "sealdesk.db"), { readOnly: true });
    await expect.poll(() => database.prepare(PHASES).get()?.["phase"], { timeout: 30_000, interval: 2 }).toBe(phase);
    database.close();
    await first.close();
  };

  test("are locked, opened with their password, signed, and their copy opens by itself; the password is nowhere", async () => {
    const [folder, data] = [await newFolder(), await newFolder()];
    const application = openApplication(data, practice);
    const { opened } = await application.openFiles([await lockedContract(folder)]);
    const document = opened[0]!;
    expect(view(application, document)).toMatchObject({ inspection: { refusal: { code: "document.encrypted" } } });
    const wrong = await application.handlers["documents.unlock"]({ document, password: "no" });
    expect(wrong).toMatchObject({ ok: false, failure: { code: "document.wrong-password" } });
    expect(await application.handlers["documents.unlock"]({ document, password: PASSWORD })).toMatchObject({
      ok: true,
    });
    await expect.poll(() => view(application, document)?.report?.verdict).toBe("NO-SIGNATURE");
    await startSigning(application, { documents: [document], level: "B-LT" });
    await expectOutcome(application, { kind: "done", signed: 1, failed: 0 });
    await expect.poll(() => view(application, document)?.result).not.toBeNull();
    const result = view(application, view(application, document)?.result);
    expect(result).toMatchObject({ pages: 1, report: { verdict: "TOTAL-PASSED" }, inspection: { refusal: null } });
    expect(await verdict(join(folder, "contract-signed.pdf"))).toBe("TOTAL-PASSED");
    expect((await readFile(join(folder, "contract-signed.pdf"), "latin1")).includes("/Encrypt")).toBe(true);
    expect(await everythingKept(data, application)).not.toContain(PASSWORD);
  });

  test("of a run that was closed before they were prepared wait for their password, and are then signed", async () => {
    const [folder, data] = [await newFolder(), await newFolder()];
    await closedAt(data, "pending", [await lockedContract(folder)]);
    const again = openApplication(data, practice);
    await again.resume();
    await expect
      .poll(() => again.state.current.documents[0]?.state.kind, { timeout: 30_000 })
      .toBe("waiting-for-password");
    const document = again.state.current.documents[0]!.id;
    // What is waited for cannot be closed away.
    await again.handlers["documents.close"]({ documents: [document] });
    expect(view(again, document)).toBeDefined();
    expect(await again.handlers["documents.unlock"]({ document, password: "no" })).toMatchObject({ ok: false });
    expect(view(again, document)?.state.kind).toBe("waiting-for-password");
    await again.handlers["documents.unlock"]({ document, password: PASSWORD });
    await expectOutcome(again, { kind: "done", signed: 1, failed: 0 });
    expect(await verdict(join(folder, "contract-signed.pdf"))).toBe("TOTAL-PASSED");
  });

  test.each([
    ["stays where it was", async () => undefined],
    ["is gone", (path: string) => rm(path)],
  ])("that were approved are not lost without the password, when the original %s", async (_what, change) => {
    const [folder, data] = [await newFolder(), await newFolder()];
    const path = await lockedContract(folder);
    await closedAt(data, "prepared", [path]);
    await change(path);
    const again = openApplication(data, practice);
    await again.resume();
    await expectOutcome(again, { kind: "done", signed: 0, failed: 1 });
    const document = again.state.current.documents[0]!;
    expect(document.state).toMatchObject({ kind: "needs-attention", failure: { code: "document.password-needed" } });
    await again.handlers["documents.unlock"]({ document: document.id, password: PASSWORD });
    await expectOutcome(again, { kind: "done", signed: 1, failed: 0 });
    expect(await verdict(join(folder, "contract-signed.pdf"))).toBe("TOTAL-PASSED");
    expect(await everythingKept(data, again)).not.toContain(PASSWORD);
  });

  test("whose prepared copy is lost as well are not given up before the password is there", async () => {
    const [folder, data] = [await newFolder(), await newFolder()];
    await closedAt(data, "prepared", [await lockedContract(folder)]);
    const database = new DatabaseSync(join(data, "sealdesk.db"));
    const staged = String(database.prepare("SELECT staged_path FROM signing_item").get()?.["staged_path"]);
    database.close();
    await rm(staged);
    const again = openApplication(data, practice);
    await again.resume();
    await expectOutcome(again, { kind: "done", signed: 0, failed: 1 });
    const document = again.state.current.documents[0]!.id;
    await again.handlers["documents.unlock"]({ document, password: PASSWORD });
    await expectOutcome(again, { kind: "done", signed: 1, failed: 0 });
    expect(await verdict(join(folder, "contract-signed.pdf"))).toBe("TOTAL-PASSED");
  });
});
