import { expect } from "@playwright/test";
import { WHOLE } from "../../harness/renderer/history-screens.ts";
import { pagesShown } from "../../harness/renderer/panes.ts";
import { appState, documentView, script } from "../../harness/renderer/scenarios.ts";
import { callsOf, clickMenu, test } from "./window-fixture.ts";

const refused = { failure: { code: "app.audit-unavailable" } } as const;

test("a history that cannot be read is not waited for, and its trail can be checked again", async ({
  openWindow,
  sampleSize,
}) => {
  const answers = {
    "history.documents": refused,
    "history.events": refused,
    "history.facts": refused,
    "history.check": WHOLE,
  };
  const { page } = await openWindow(script(appState({ documents: [documentView(1, sampleSize)] }), "sample", answers));
  await pagesShown(page);
  await clickMenu(page, "history");
  const dialog = page.getByRole("dialog", { name: "History" });
  await expect(dialog.getByText("The audit trail is whole: 412 entries.")).toBeVisible();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await expect(dialog.getByText("Reading the history…")).toHaveCount(0);

  const answer = async (value: unknown): Promise<void> =>
    await page.evaluate((check) => {
      const { fakeBridge } = globalThis as unknown as {
        fakeBridge: { answer: (name: string, value: unknown) => void };
      };
      fakeBridge.answer("history.check", check);
    }, value);
  await answer(refused);
  const again = dialog.getByRole("button", { name: "Check again" });
  await again.click();
  await expect.poll(async () => (await callsOf(page, "history.check")).length).toBe(2);
  await expect(dialog.getByText("Checking the audit trail…")).toHaveCount(0);
  // What was found before is not said of now.
  await expect(dialog.getByText("The audit trail is whole")).toHaveCount(0);
  await answer(WHOLE);
  await again.click();
  await expect(dialog.getByText("The audit trail is whole: 412 entries.")).toBeVisible();

  await dialog.getByRole("tab", { name: "Settings and keys" }).click();
  await expect.poll(async () => (await callsOf(page, "history.events")).length).toBe(1);
  await expect(dialog.getByText("Reading the history…")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Export…" }).click();
  await expect.poll(async () => (await callsOf(page, "history.facts")).length).toBe(1);
  await expect(page.getByText("Reading the history…")).toHaveCount(0);
});
