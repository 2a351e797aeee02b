import type { Page } from "@playwright/test";
import type { BridgeScript } from "./fake-bridge.ts";
import { appState, documentView, script } from "./scenarios.ts";

export interface Screen {
  readonly name: string;
  readonly script: BridgeScript;
  readonly prepare: (page: Page) => Promise<void>;
}

export async function pagesShown(page: Page): Promise<void> {
  await page.locator('.page[data-page-number="1"] canvas').first().waitFor();
  await page.locator('.page[data-page-number="1"] .textLayer').waitFor();
  await page.waitForTimeout(300);
}

/** Every screen, with the size of the sample file in bytes. */
export function screens(size: number): readonly Screen[] {
  const three = [1, 2, 3].map((number) => documentView(number, size));
  return [
    {
      name: "01-empty",
      script: script(appState(), "sample"),
      prepare: async (page) => void (await page.locator("h1").waitFor()),
    },
    { name: "02-open", script: script(appState({ documents: three }), "sample"), prepare: pagesShown },
  ];
}
