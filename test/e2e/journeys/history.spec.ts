import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { PHONE } from "../../../tools/demo/person.ts";
import type { Person } from "../../../tools/demo/person.ts";
import { runCli } from "../../integration/cli/run-cli.ts";
import { findObstacles } from "../harness/find-obstacles.ts";
import { expect, test } from "../harness/journey.ts";
import { contractIn } from "../harness/results.ts";

async function signedContract(person: Person, folder: string): Promise<void> {
  await person.open(await contractIn(folder));
  await person.seesPages();
  await person.signWith(PHONE.marie);
  await person.outcome();
  await person.window.getByRole("button", { name: "Done" }).click();
  // Keys are for the dialog as long as it is there.
  await expect(person.dialog()).toBeHidden();
}

/** By the keyboard alone, as the menu says. */
async function openHistory(person: Person): Promise<void> {
  await person.window.keyboard.press("ControlOrMeta+Shift+H");
  await expect(person.dialog().getByRole("heading", { name: "History" })).toBeVisible();
}

test("what was signed stands in the history, is found there, opened from there and exported", async ({
  person,
  folder,
  app,
  userData,
}) => {
  test.slow();
  const { window } = person;
  await signedContract(person, folder);
  await openHistory(person);
  const dialog = person.dialog();
  const entry = dialog.getByRole("list", { name: "Documents, newest first" }).getByRole("listitem");
  await expect(entry).toHaveCount(1);
  await expect(entry).toContainText("contract.pdf");
  await expect(entry).toContainText("Signed");
  await expect(entry).toContainText("Practice");
  await expect(entry).toContainText("with itsme, level B-T");
  await expect(entry).toContainText("Checked before it was delivered: valid.");
  await expect(dialog.getByRole("region", { name: "Audit trail" })).toContainText("The");
  expect(await findObstacles(window), "history").toEqual([]);

  // Nothing but the keyboard: to the search field, to a word that fits nothing, and back.
  await person.tabTo(dialog.getByLabel("Find", { exact: true }));
  await window.keyboard.type("no such name");
  await expect(dialog.getByText("No entry fits the filter.")).toBeVisible();
  await person.tabTo(dialog.getByRole("button", { name: "Clear the filter" }));
  await window.keyboard.press("Enter");
  await expect(entry).toHaveCount(1);
  await person.tabTo(dialog.getByRole("button", { name: "Open the signed contract.pdf" }));
  await window.keyboard.press("Enter");
  await expect(dialog).toBeHidden();

  // The same bytes under another name.
  await copyFile(join(folder, "contract-signed.pdf"), join(folder, "from the mail.pdf"));
  await person.open(join(folder, "from the mail.pdf"));
  await expect(window.getByText(/This file was signed here on/u).first()).toBeVisible();
  await window.getByRole("button", { name: "Show in the history" }).first().click();
  await expect(dialog).toContainText("Only what is about from the mail.pdf");
  await expect(entry).toHaveCount(1);
  expect(await findObstacles(window), "history of one document").toEqual([]);
  await dialog.getByRole("tab", { name: "Settings and keys" }).click();
  await dialog.getByRole("button", { name: "Export…" }).click();
  await expect(dialog).toContainText("It holds no documents, and no names of people, files or folders.");
  expect(await findObstacles(window), "export").toEqual([]);
  const target = join(folder, "trail.jsonl");
  await app.evaluate(({ dialog: system }, filePath) => {
    system.showSaveDialog = async () => ({ canceled: false, filePath });
  }, target);
  await dialog.getByRole("button", { name: "Choose where to save…" }).click();
  await expect(dialog.getByText("The audit trail was exported.")).toBeVisible();
  const exported = await readFile(target, "utf8");
  expect(exported).toContain('"kind":"document.delivered"');
  expect(exported).not.toContain("contract");
  expect((await runCli(["audit", "verify", target], { data: userData })).stdout).toContain("The trail is whole");
  await window.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("a trail that somebody changed is told in the history", async ({ person, folder, userData, startAgain }) => {
  test.slow();
  await signedContract(person, folder);
  await person.app.close();
  const trail = new DatabaseSync(join(userData, "audit.db"));
  trail.exec("DROP TRIGGER audit_keeps; UPDATE audit SET time = '2020-01-01T00:00:00.000Z' WHERE seq = 2");
  trail.close();
  const again = await startAgain();
  await again.window.getByRole("button", { name: "What was signed here…" }).waitFor();
  await openHistory(again);
  await expect(again.dialog().getByRole("region", { name: "Audit trail" })).toContainText("Entry 2 was changed.");
  expect(await findObstacles(again.window), "broken trail").toEqual([]);
});
