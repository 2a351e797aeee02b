import { existsSync } from "node:fs";
import { appendFile, copyFile, mkdir, rm, rmdir, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PHONE } from "../../../tools/demo/person.ts";
import type { Person } from "../../../tools/demo/person.ts";
import { BOX, onePage, TEXT } from "../../attacks/concealing-documents.ts";
import { bytesOfText } from "../../attacks/raw-document.ts";
import { expect, test } from "../harness/journey.ts";
import { makeReadOnly, makeSmallDisk, unmount } from "../harness/mounted-folder.ts";
import { contractIn, namesIn, reportOn } from "../harness/results.ts";
import { smallPdf } from "../harness/small-pdf.ts";

const corpus = join(import.meta.dirname, "..", "..", "..", "..", "shared", "corpus");

test("files that are no PDF, empty or gone are not opened, each with its own sentence", async ({ person, folder }) => {
  const text = join(folder, "letter.pdf");
  const empty = join(folder, "empty.pdf");
  const good = join(folder, "good.pdf");
  await writeFile(text, "Dear Sir or Madam,\n");
  await writeFile(empty, "");
  await writeFile(good, smallPdf());
  await person.open(text, empty, join(folder, "gone.pdf"), good);
  const alert = person.window.getByRole("alert");
  await expect(alert).toContainText("3 files were not opened");
  await expect(alert.getByRole("listitem").filter({ hasText: "letter.pdf" })).toContainText("This file is not a PDF.");
  await expect(alert.getByRole("listitem").filter({ hasText: "empty.pdf" })).toContainText("This file is empty.");
  await expect(alert.getByRole("listitem").filter({ hasText: "gone.pdf" })).toContainText(
    "This file is no longer there.",
  );
  // The rest of the bunch opens all the same.
  await person.seesPages();
  await expect(person.row("good.pdf")).toBeVisible();
});

test("a document without pages can be opened but not signed", async ({ person, folder }) => {
  const path = join(folder, "pageless.pdf");
  await writeFile(path, smallPdf({ pages: 0 }));
  await person.open(path);
  await expectNotSignable(person, "This PDF has no pages.");
});

test("an encrypted document is locked, and cannot be signed while nobody gives its password", async ({
  person,
  folder,
}) => {
  const path = join(folder, "secret.pdf");
  await writeFile(path, smallPdf({ encrypted: true }));
  await person.open(path);
  const pages = person.window.getByRole("region", { name: "Pages", exact: true });
  await expect(pages).toContainText("This document is locked");
  await expect(person.window.getByRole("button", { name: "Sign with itsme" })).toBeDisabled();
});

test("a document certified against every change cannot be signed", async ({ person, folder }) => {
  const source = join(corpus, "valid", "dss__pkcs7-no-message-digest.pdf");
  test.skip(!existsSync(source), "the corpus of signed files is not beside the checkout");
  const path = join(folder, "certified.pdf");
  await copyFile(source, path);
  await person.open(path);
  await expectNotSignable(person, "This document does not allow another signature.");
});

test("what a document hides is told on the sheet, before anybody is asked to approve", async ({
  person,
  folder,
  sandbox,
}) => {
  const path = join(folder, "contract.pdf");
  await writeFile(path, bytesOfText(onePage({ content: `${TEXT} 0 g ${BOX}` }).text));
  await person.open(path);
  await person.seesPages();
  await person.pressSign();
  await expect(person.window.getByRole("dialog")).toContainText(
    "On page 1, text or a comment lies under a picture or a filled shape, where nobody can read it.",
  );
  expect(sandbox.control.itsme.sessions()).toHaveLength(0);
});

test("a document that changed since it was opened is not signed", async ({ person, folder }) => {
  const path = await contractIn(folder);
  await person.open(path);
  await person.seesPages();
  await appendFile(path, "\n% somebody was here\n");
  await person.tryToSign();
  await expectAlert(person, "This file was changed since you opened it.");
  expect(await namesIn(folder)).toEqual(["contract.pdf"]);
});

test("a document that changed while the sheet was shown is not signed", async ({ person, folder, sandbox }) => {
  const path = await contractIn(folder);
  await person.open(path);
  await person.seesPages();
  await person.pressSign();
  await appendFile(path, "\n% somebody was here\n");
  await person.yesButton().click();
  await expectAlert(person, "This file was changed since you opened it.");
  expect(sandbox.control.itsme.sessions()).toHaveLength(0);
  expect(await namesIn(folder)).toEqual(["contract.pdf"]);
});

test("a document that changes while the person identifies is not signed", async ({ person, folder, sandbox }) => {
  const path = await contractIn(folder);
  await person.open(path);
  await person.seesPages();
  const page = await person.signAndConfirm();
  await appendFile(path, "\n% somebody was here\n");
  await person.identify(page, PHONE.marie);
  await person.outcome();
  await expect(
    person.dialog().getByRole("heading", { name: "This file was changed since you opened it." }),
  ).toBeVisible();
  expect(sandbox.control.itsme.sessions().map(({ kind }) => kind)).toEqual(["identification"]);
  expect(await namesIn(folder)).toEqual(["contract.pdf"]);
});

test("a document that was deleted since it was opened is not signed", async ({ person, folder }) => {
  const path = await contractIn(folder);
  await person.open(path);
  await person.seesPages();
  await rm(path);
  await person.tryToSign();
  await expectAlert(person, "This file is no longer there.");
  expect(await namesIn(folder)).toEqual([]);
});

test("an output folder that is gone is told before anybody approves", async ({ person, folder }) => {
  const output = join(folder, "results");
  await mkdir(output);
  await openWithOutput(person, folder, output);
  await rmdir(output);
  await person.tryToSign();
  await expectAlert(person, "The output folder does not exist any more.");
});

test("a read-only output folder is told before anybody approves", async ({ person, folder }) => {
  const output = join(folder, "results");
  const made = await makeReadOnly(output);
  try {
    test.skip(!made, "this computer gives no folder that an administrator may not write to");
    await openWithOutput(person, folder, output);
    await person.tryToSign();
    await expectAlert(person, "The result cannot be saved in this folder.");
  } finally {
    unmount(output);
  }
});

test("a disk without room is told before anybody approves", async ({ person, folder }) => {
  const output = join(folder, "results");
  const made = await makeSmallDisk(output, 256 * 1024);
  try {
    test.skip(!made, "only an administrator can make a small disk");
    await openWithOutput(person, folder, output);
    await person.tryToSign();
    await expectAlert(person, "The disk is full.");
    expect(await namesIn(output)).toEqual([]);
  } finally {
    unmount(output);
  }
});

test("a disk that fills up while the person identifies is told, and nothing is left on it", async ({
  person,
  folder,
  sandbox,
}) => {
  const output = join(folder, "results");
  const made = await makeSmallDisk(output, 4 * 1024 * 1024);
  try {
    test.skip(!made, "only an administrator can make a small disk");
    await openWithOutput(person, folder, output);
    const page = await person.signAndConfirm();
    const { bavail, bsize } = await statfs(output);
    await writeFile(join(output, "filler"), Buffer.alloc(bavail * bsize));
    await person.identify(page, PHONE.marie);
    await person.outcome();
    await expect(person.dialog().getByRole("heading", { name: "The disk is full." })).toBeVisible();
    expect(await namesIn(output)).toEqual(["filler"]);
    expect(sandbox.control.itsme.sessions().map(({ kind }) => kind)).toEqual(["identification"]);
  } finally {
    unmount(output);
  }
});

test("a name that is taken is never overwritten: the next free one is used", async ({ person, folder, sandbox }) => {
  const path = await contractIn(folder);
  await writeFile(join(folder, "contract-signed.pdf"), "an older result");
  await person.open(path);
  await person.seesPages();
  await person.pressSign();
  await expect(person.dialog()).toContainText("becomes contract-signed-2.pdf");
  const page = await person.confirm();
  // Somebody else takes that name, too, while the person is busy with the phone.
  await writeFile(join(folder, "contract-signed-2.pdf"), "somebody else's");
  await person.identify(page, PHONE.marie);
  expect(await person.outcome()).toContain("contract-signed-3.pdf");
  expect(await namesIn(folder)).toEqual([
    "contract-signed-2.pdf",
    "contract-signed-3.pdf",
    "contract-signed.pdf",
    "contract.pdf",
  ]);
  const report = await reportOn(join(folder, "contract-signed-3.pdf"), sandbox.rootCertificatePem);
  expect(report.verdict).toBe("TOTAL-PASSED");
});

async function expectNotSignable(person: Person, sentence: string): Promise<void> {
  const pages = person.window.getByRole("region", { name: "Pages", exact: true });
  await expect(pages).toContainText("This document cannot be signed.");
  await expect(pages).toContainText(sentence);
  await expect(person.window.getByRole("button", { name: "Sign with itsme" })).toBeDisabled();
}

async function expectAlert(person: Person, sentence: string): Promise<void> {
  await expect(person.window.getByRole("alert")).toContainText(sentence);
  await expect(person.dialog()).toBeHidden();
}

async function openWithOutput(person: Person, folder: string, output: string): Promise<void> {
  await person.open(await contractIn(folder));
  await person.seesPages();
  await person.answerFileDialog([output]);
  await person.window.getByRole("button", { name: "Choose folder…" }).click();
  await expect(person.window.getByRole("region", { name: "Result" })).toContainText("results");
}
