import type { Page } from "@playwright/test";

/** Waits for everything that moves and will come to an end, so that a picture shows no half-closed dialog. */
export async function standStill(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
    return Promise.allSettled(ending.map(({ finished }) => finished)).then(() => undefined);
  });
}
