import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import type { HistoryQuery } from "../../../shared/ipc.ts";
import { ENTRIES, WHOLE } from "../../harness/renderer/history-screens.ts";
import { pagesShown } from "../../harness/renderer/panes.ts";
import { appState, documentView, script } from "../../harness/renderer/scenarios.ts";
import { callsOf, clickMenu, test } from "./window-fixture.ts";

const ANSWERS = {
  "history.documents": { total: 1_204, rows: ENTRIES },
  "history.check": WHOLE,
  "history.leftOver": [
    { id: "a", name: ".sealdesk-77ab0c12-3.part", folder: "Contracts", size: 10, changed: "", maybeSigned: false },
    { id: "b", name: ".sealdesk-1f0c2a9b-1.part", folder: "Contracts", size: 10, changed: "", maybeSigned: true },
  ],
};

const lastQuery = async (page: Page): Promise<HistoryQuery | undefined> =>
  ((await callsOf(page, "history.documents")) as readonly HistoryQuery[]).at(-1);

test("the history asks for what is typed once the typing pauses, for days, and for page after page", async ({
  openWindow,
  sampleSize,
}) => {
  const { page, problems } = await openWindow(
    script(appState({ documents: [documentView(1, sampleSize)] }), "sample", ANSWERS),
  );
  await pagesShown(page);
  await clickMenu(page, "history");
  const dialog = page.getByRole("dialog", { name: "History" });
  await expect(dialog.getByText("1 to 50 of 1204")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Newer" })).toBeDisabled();
  await dialog.getByRole("button", { name: "Older", exact: true }).click();
  await expect.poll(() => lastQuery(page)).toMatchObject({ offset: 50, limit: 50 });
  await dialog.getByRole("button", { name: "Oldest" }).click();
  await expect.poll(() => lastQuery(page)).toMatchObject({ offset: 1_200 });

  const before = (await callsOf(page, "history.documents")).length;
  await dialog.getByLabel("Find", { exact: true }).pressSequentially("lease", { delay: 10 });
  // Another filter begins with the newest again.
  await expect.poll(() => lastQuery(page)).toMatchObject({ text: "lease", offset: 0 });
  expect((await callsOf(page, "history.documents")).length - before).toBeLessThan(5);
  await dialog.getByLabel("From").fill("2026-11-01");
  await expect.poll(async () => (await lastQuery(page))?.from).toMatch(/^2026-10-31T|^2026-11-01T/u);
  await dialog.getByRole("button", { name: /Outcome/u }).click();
  await page.getByRole("option", { name: "Not signed" }).click();
  await expect.poll(() => lastQuery(page)).toMatchObject({ outcome: "not-signed", text: "lease" });
  await dialog.getByRole("button", { name: "Clear the filter" }).click();
  await expect.poll(() => lastQuery(page)).toMatchObject({ outcome: null, text: "", from: null });
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  expect(problems).toEqual([]);
});

test("what is unfinished is gone on with, and the answer that it cannot be is told in the dialog", async ({
  openWindow,
  sampleSize,
}) => {
  const failure = { failure: { code: "app.internal" } };
  const { page } = await openWindow(
    script(appState({ documents: [documentView(1, sampleSize)] }), "sample", { ...ANSWERS, "history.goOn": failure }),
  );
  await pagesShown(page);
  await clickMenu(page, "history");
  const dialog = page.getByRole("dialog", { name: "History" });
  await dialog.getByRole("button", { name: "Go on with Annex B.pdf" }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  expect(await callsOf(page, "history.goOn")).toEqual([{ run: ENTRIES[2]?.run }]);
  await dialog.getByRole("button", { name: "Show the signing of Rental agreement Ghent.pdf" }).click();
  await expect(dialog).toBeHidden();
});

test("what is known of one document is never said of another", async ({ openWindow, sampleSize }) => {
  const documents = [1, 2].map((number) => documentView(number, sampleSize));
  const known = { "history.ofDocument": { sha256: ENTRIES[3]?.result, rows: [ENTRIES[3]] } };
  const { page } = await openWindow(script(appState({ documents }), "sample", known));
  await pagesShown(page);
  const note = page.getByText(/This file was signed here on/u);
  await expect(note).toBeVisible();
  // From here on main can tell nothing more.
  await page.evaluate(() => {
    const { fakeBridge } = globalThis as unknown as { fakeBridge: { answer: (name: string, value: unknown) => void } };
    fakeBridge.answer("history.ofDocument", null);
  });
  await page.getByRole("row").nth(1).getByText("Contract 2.pdf").click();
  await expect(page.getByRole("region", { name: "Pages of Contract 2.pdf" })).toBeVisible();
  await expect(note).toHaveCount(0);
});

test("only a file that cannot be signed is offered for removal, and the trail is checked again when asked", async ({
  openWindow,
  sampleSize,
}) => {
  const { page } = await openWindow(script(appState({ documents: [documentView(1, sampleSize)] }), "sample", ANSWERS));
  await pagesShown(page);
  await clickMenu(page, "history");
  const dialog = page.getByRole("dialog", { name: "History" });
  await expect(dialog.getByText("The audit trail is whole: 412 entries.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: /^Remove / })).toHaveCount(1);
  await dialog.getByRole("button", { name: "Remove .sealdesk-77ab0c12-3.part" }).click();
  await expect.poll(() => callsOf(page, "history.removeLeftOver")).toEqual([{ id: "a" }]);
  await expect(dialog.getByText(".sealdesk-77ab0c12-3.part was removed.")).toBeVisible();
  expect(await callsOf(page, "history.check")).toHaveLength(1);
  await dialog.getByRole("button", { name: "Check again" }).click();
  await expect.poll(async () => (await callsOf(page, "history.check")).length).toBe(2);
});
