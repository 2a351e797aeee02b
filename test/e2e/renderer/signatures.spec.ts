import { expect } from "@playwright/test";
import { pagesShown } from "../../harness/renderer/panes.ts";
import {
  appState,
  documentView,
  fileReport,
  idOf,
  script,
  signatureDetails,
  signatureReport,
} from "../../harness/renderer/scenarios.ts";
import { detailedReport, sealedReport } from "../../harness/renderer/signature-screens.ts";
import { callsOf, test } from "./window-fixture.ts";

test("the signed version is shown and left by keyboard, and no place can be drawn on it", async ({
  openWindow,
  sampleSize,
}) => {
  // One byte more than what was signed.
  const documents = [1, 2].map((number) =>
    documentView(number, sampleSize + 1, { report: detailedReport(sampleSize) }),
  );
  const { page } = await openWindow(script(appState({ documents }), "sample"));
  await pagesShown(page);
  await page.getByRole("tab", { name: "Signatures" }).click();
  await page.getByRole("button", { name: "Show the signed version" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("You are looking at the version signed by Anna Peeters.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Pages of Contract 1.pdf, signed version" })).toBeVisible();
  await pagesShown(page);
  // Another document is shown as it is, and so is this one when it is chosen again.
  await page.getByRole("row").nth(1).click();
  await expect(page.getByText("You are looking at the version")).toHaveCount(0);
  await page.getByRole("row").first().click();
  await expect(page.getByRole("region", { name: "Pages of Contract 1.pdf", exact: true })).toBeVisible();
});

test("no version is offered of what nobody signed as a whole, and none when nothing came after", async ({
  openWindow,
  sampleSize,
}) => {
  const signatures = [null, sampleSize].map((signedEnd) =>
    signatureReport({ details: signatureDetails({ signedEnd }) }),
  );
  const documents = [documentView(1, sampleSize, { report: fileReport({ signatures }) })];
  const { page } = await openWindow(script(appState({ documents }), "sample"));
  await page.getByRole("tab", { name: "Signatures" }).click();
  await expect(page.getByRole("article")).toHaveCount(2);
  await expect(page.getByRole("button", { name: "Show the signed version" })).toHaveCount(0);
});

test("a person's evidence and the seal over it are told as two things, each with what it proves", async ({
  openWindow,
  sampleSize,
}) => {
  const documents = [documentView(1, sampleSize, { report: sealedReport() })];
  const { page } = await openWindow(script(appState({ documents }), "sample"));
  await expect(page.getByText("Signed with BankID by Anna Åström. Sealed by Provbolaget AB.")).toBeVisible();
  await page.getByRole("tab", { name: "Signatures" }).click();
  const [person, seal] = [page.getByRole("article").first(), page.getByRole("article").last()];
  await expect(person.getByRole("heading", { name: "Signed with BankID by Anna Åström" })).toBeVisible();
  await expect(person).toContainText("no PDF signature");
  await expect(seal.getByRole("heading", { name: "Seal of Provbolaget AB" })).toBeVisible();
  await expect(seal).toContainText("It proves nothing about the person who signed with BankID.");
});

test("a valid seal over evidence that does not hold looks like nobody's signature", async ({
  openWindow,
  sampleSize,
}) => {
  const documents = [documentView(1, sampleSize, { report: sealedReport({ verdict: "failed" }) })];
  const { page } = await openWindow(script(appState({ documents }), "sample"));
  await expect(page.getByText("The evidence about who signed this document is not valid.")).toBeVisible();
  await page.getByRole("tab", { name: "Signatures" }).click();
  await expect(page.getByRole("heading", { name: "Signed with BankID" })).toHaveCount(0);
  await expect(page.getByRole("article").first()).toContainText("Not valid");
});

test("a check that takes long says how far it is and can be stopped", async ({ openWindow, sampleSize }) => {
  const documents = [documentView(1, sampleSize, { checking: { progress: 0.42 } })];
  const { page } = await openWindow(script(appState({ documents }), "sample"));
  await page.getByRole("tab", { name: "Signatures" }).click();
  await expect(page.getByRole("progressbar", { name: "Checking the signatures" })).toHaveJSProperty("value", 0.42);
  await page.getByRole("button", { name: "Stop checking" }).click();
  expect(await callsOf(page, "documents.cancelVerification")).toEqual([{ document: idOf(1) }]);
  expect(await callsOf(page, "documents.verify")).toEqual([]);
});
