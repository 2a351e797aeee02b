import type { Page } from "@playwright/test";

/** Waits until the first page is drawn and its text is there. */
export async function pagesShown(page: Page): Promise<void> {
  const switcher = page.getByRole("navigation", { name: "Show" }).getByRole("button", { name: "Pages" });
  if (await switcher.isVisible()) await switcher.click();
  await page.locator('.page[data-page-number="1"] canvas').first().waitFor();
  await page.locator('.page[data-page-number="1"] .textLayer .endOfContent').waitFor({ state: "attached" });
  await page.waitForTimeout(200);
}

/** Brings a pane to the front where only one fits. */
export async function showPane(page: Page, name: "Documents" | "Pages" | "Sign and check"): Promise<void> {
  const button = page.getByRole("navigation", { name: "Show" }).getByRole("button", { name });
  if (await button.isVisible()) await button.click();
}

/** Waits until a dialog is there and has come in. */
export async function dialogShown(page: Page): Promise<void> {
  await page.getByRole("dialog").waitFor();
  await page.waitForTimeout(300);
}
