import { expect } from "@playwright/test";
import { certificateScreens } from "../../harness/renderer/certificate-screens.ts";
import { RUN, appState, documentView, fileReport, idOf, script } from "../../harness/renderer/scenarios.ts";
import { pagesShown } from "../../harness/renderer/panes.ts";
import { screens } from "../../harness/renderer/screens.ts";
import { callsOf, changeState, clickMenu, test } from "./window-fixture.ts";

const three = (size: number) => [1, 2, 3].map((number) => documentView(number, size));

function screenNamed(size: number, name: string) {
  const screen = screens(size).find((one) => one.name === name);
  if (screen === undefined) throw new Error(`no screen ${name}`);
  return screen;
}

test("several documents are selected with the keyboard and signed together", async ({ openWindow, sampleSize }) => {
  const { page } = await openWindow(script(appState({ documents: three(sampleSize) }), "sample"));
  await pagesShown(page);
  await page.getByRole("row").first().focus();
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByRole("button", { name: "Sign 2 documents with itsme" })).toBeEnabled();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+Enter");
  const [call] = (await callsOf(page, "signing.review")) as { request: { documents: string[] } }[];
  expect(call?.request.documents).toEqual([idOf(1), idOf(2), idOf(3)]);
});

test("the pages can be searched, and the number of matches is said", async ({ openWindow, sampleSize }) => {
  const { page } = await openWindow(script(appState({ documents: three(sampleSize) }), "sample"));
  await pagesShown(page);
  await clickMenu(page, "find");
  await page.getByRole("textbox", { name: "Find in the document" }).fill("agreement");
  const count = page.getByText(/^1 of \d+$/u);
  await expect(count).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^2 of \d+$/u)).toBeVisible();
  await page.getByRole("textbox", { name: "Find in the document" }).fill("zzzz");
  await expect(page.getByText("Not found")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("search")).toHaveCount(0);
});

test("dropped files go to the preload and a refusal is shown with its own words", async ({
  openWindow,
  sampleSize,
}) => {
  const { page } = await openWindow(
    script(appState({ documents: three(sampleSize) }), "sample", {
      "documents.openDropped": {
        opened: [],
        refused: [{ name: "holiday.txt", failure: { code: "document.not-a-pdf" } }],
      },
    }),
  );
  await pagesShown(page);
  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["text"], "holiday.txt"));
    return data;
  });
  await page.dispatchEvent("body", "dragenter", { dataTransfer: dropped });
  await expect(page.getByText("Drop to open")).toBeVisible();
  await page.dispatchEvent("body", "drop", { dataTransfer: dropped });
  await expect(page.getByText("Drop to open")).toHaveCount(0);
  expect(await callsOf(page, "documents.openDropped")).toEqual([{ count: 1 }]);
  await expect(page.getByRole("alert")).toContainText("holiday.txt: This file is not a PDF.");
});

test("the diagnostics are read before they become a file", async ({ openWindow, sampleSize }) => {
  const screen = screenNamed(sampleSize, "60-diagnostics");
  const { page } = await openWindow(screen.script);
  await screen.prepare(page);
  const dialog = page.getByRole("dialog", { name: "Diagnostics for support" });
  await expect(dialog.getByRole("textbox", { name: "Content of the file" })).toHaveValue(/program\.started/u);
  expect(await callsOf(page, "diagnostics.save")).toEqual([]);
  await dialog.getByRole("button", { name: "Save…" }).click();
  await expect(dialog.getByRole("status")).toHaveText("Saved.");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("nothing is started before the confirmation sheet is confirmed", async ({ openWindow, sampleSize }) => {
  const screen = screenNamed(sampleSize, "14-review");
  const { page } = await openWindow(screen.script);
  await screen.prepare(page);
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await callsOf(page, "signing.start")).toEqual([]);
  await page.getByRole("button", { name: "Sign 1 document with itsme" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign 3 documents" }).click();
  expect(await callsOf(page, "signing.start")).toEqual([{ review: "20000000-0000-4000-8000-000000000001" }]);
});

test("the approval dialog follows the interactions and sends the answers", async ({ openWindow, sampleSize }) => {
  const screen = screenNamed(sampleSize, "16-page");
  const { page } = await openWindow(screen.script);
  await screen.prepare(page);
  await expect(page.getByRole("dialog")).toContainText("127.0.0.1:40443");
  await page.getByRole("button", { name: "Show the provider's window" }).click();
  await page.getByRole("button", { name: "Open the practice phone" }).click();
  expect(await callsOf(page, "signing.answer")).toEqual([
    { transaction: RUN, interaction: "1", answer: { kind: "reopen-page" } },
  ]);
  expect(await callsOf(page, "practice.openPhone")).toHaveLength(1);

  const [run] = screen.script.state.transactions;
  const interaction = { kind: "confirm", id: "2", message: "itsme.next-approval", deadline: null } as const;
  const params = { done: 70, remaining: 1, next: 1 };
  await changeState(page, { transactions: [{ ...run!, interaction: { ...interaction, params } }] });
  await page.getByRole("button", { name: "Continue" }).click();
  expect((await callsOf(page, "signing.answer")).at(-1)).toEqual({
    transaction: RUN,
    interaction: "2",
    answer: { kind: "confirm", accepted: true },
  });
  await page.getByRole("button", { name: "Cancel signing" }).click();
  expect(await callsOf(page, "signing.cancel")).toEqual([{ transaction: RUN }]);
  await expect(page.getByRole("button", { name: "Cancelling…" })).toBeDisabled();
});

test("Cancel can be pressed again when main did not take it", async ({ openWindow, sampleSize }) => {
  const screen = screenNamed(sampleSize, "17-waiting");
  const answers = { "signing.cancel": { failure: { code: "app.internal" } } };
  const { page } = await openWindow({ ...screen.script, answers });
  await screen.prepare(page);
  for (let press = 1; press <= 2; press += 1) {
    await page.getByRole("button", { name: "Cancel signing" }).click();
    await expect.poll(async () => (await callsOf(page, "signing.cancel")).length).toBe(press);
  }
});

test("a password goes out once, however often it is confirmed", async ({ openWindow, sampleSize }) => {
  const screen = certificateScreens(sampleSize).find(({ name }) => name === "45-certificate-password")!;
  const { page } = await openWindow(screen.script);
  await screen.prepare(page);
  await page.getByLabel("Password").fill("secret");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "One moment…" })).toBeDisabled();
  await expect(page.getByLabel("Password")).toBeDisabled();
  await expect(page.getByLabel("Password")).toHaveValue("");
  expect(await callsOf(page, "signing.answer")).toEqual([
    { transaction: RUN, interaction: "secret-0", answer: { kind: "secret", value: "secret" } },
  ]);
});

test("a hidden approval comes back from the list", async ({ openWindow, sampleSize }) => {
  const screen = screenNamed(sampleSize, "17-waiting");
  const { page } = await openWindow(screen.script);
  await screen.prepare(page);
  await page.getByRole("button", { name: "Hide" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("button", { name: "Show the approval for Contract 1.pdf" }).click();
  await expect(page.getByRole("dialog")).toContainText("Continued from last time");
});

test("Verify on a result shows the report of the signed copy", async ({ openWindow, sampleSize }) => {
  const screen = screenNamed(sampleSize, "20-done");
  const { page } = await openWindow({
    ...screen.script,
    answers: { "documents.verify": fileReport({ verdict: "INDETERMINATE" }) },
  });
  await screen.prepare(page);
  await page.getByRole("button", { name: "Verify Contract 1-signed.pdf" }).click();
  expect(await callsOf(page, "signing.dismiss")).toEqual([{ transaction: RUN }]);
  await changeState(page, { transactions: [] });
  await expect(page.getByRole("heading", { name: "Not certain" })).toBeVisible();
  expect(await callsOf(page, "documents.verify")).toEqual([{ document: idOf(11) }]);
});

test("a document that is closed while its pages load leaves no error behind", async ({ openWindow, sampleSize }) => {
  const { page, problems } = await openWindow(script(appState({ documents: three(sampleSize) }), "sample"));
  await page.getByRole("row").first().waitFor();
  await changeState(page, { documents: [] });
  await expect(page.getByRole("heading", { name: "Sign and check PDF documents" })).toBeVisible();
  await page.waitForTimeout(300);
  expect(problems).toEqual([]);
});

test("F6 goes from pane to pane, and keys of the menu work wherever the focus is", async ({
  openWindow,
  sampleSize,
}) => {
  const { page } = await openWindow(script(appState({ documents: three(sampleSize) }), "sample"));
  await pagesShown(page);
  const pane = () =>
    page.evaluate(() => document.activeElement?.closest("section[data-pane]")?.getAttribute("data-pane"));
  const visited: unknown[] = [];
  for (let press = 0; press < 4; press += 1) {
    await page.keyboard.press("F6");
    visited.push(await pane());
  }
  expect(visited).toEqual(["documents", "pages", "panel", "documents"]);
  await page.keyboard.press("Shift+F6");
  expect(await pane()).toBe("panel");
  await page.keyboard.press("Control+w");
  expect(await callsOf(page, "documents.close")).toEqual([{ documents: [idOf(1)] }]);
});

test("the details of a failure can be copied", async ({ openWindow, sampleSize }) => {
  const { page } = await openWindow(
    script(appState({ documents: three(sampleSize) }), "sample", {
      "documents.choose": { failure: { code: "document.not-found", params: { name: "a.pdf" } } },
    }),
  );
  await pagesShown(page);
  await page.keyboard.press("Control+o");
  await page.getByRole("alert").getByText("Details", { exact: true }).click();
  await page.getByRole("button", { name: "Copy details" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  await page.keyboard.press("Control+f");
  await page.keyboard.press("Control+v");
  await expect(page.getByRole("textbox", { name: "Find in the document" })).toHaveValue(/document\.not-found/u);
});

test("a check that fails is not repeated by itself", async ({ openWindow, sampleSize }) => {
  const { page } = await openWindow(
    script(appState({ documents: three(sampleSize) }), "sample", {
      "documents.verify": { failure: { code: "document.not-readable" } },
    }),
  );
  await pagesShown(page);
  await page.getByRole("tab", { name: "Signatures" }).click();
  await page.getByRole("alert").getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  expect(await callsOf(page, "documents.verify")).toHaveLength(1);
  await page.getByRole("button", { name: "Check the signatures" }).click();
  expect(await callsOf(page, "documents.verify")).toHaveLength(2);
});

test("a folder of two thousand documents is listed, selected and counted without waiting", async ({
  openWindow,
  sampleSize,
}) => {
  const many = Array.from({ length: 2000 }, (_, index) => documentView(index + 1, sampleSize));
  const { page, problems } = await openWindow(script(appState({ documents: many }), "sample"));
  await pagesShown(page);
  // Only the rows in view exist; that is what keeps the list quick.
  expect(await page.getByRole("row").count()).toBeLessThan(100);
  await page.getByRole("button", { name: "Select all" }).click();
  await expect(page.getByRole("button", { name: "Sign 2000 documents with itsme" })).toBeEnabled({ timeout: 5_000 });
  await page.getByRole("row").first().focus();
  await page.keyboard.press("End");
  await expect(page.getByRole("row", { name: /^Contract 2000\.pdf/u })).toBeVisible();
  expect(problems).toEqual([]);
});
