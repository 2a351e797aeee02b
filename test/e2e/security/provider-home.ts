import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import type { World } from "./provider-world.ts";

/** Where pages must not lead, by any means: addresses of the web, of this computer, of other programs, of Chromium. */
export const placesOf = ({ elsewhere, plain }: World): readonly string[] => [
  `${elsewhere.origin}/blank`,
  `${plain.origin}/blank`,
  "file:///etc/passwd",
  "app://bundle/index.html",
  "data:text/html,<p>data</p>",
  `view-source:${elsewhere.origin}/blank`,
  "chrome://settings/",
  "chrome://version/",
  "devtools://devtools/bundled/inspector.html",
  `filesystem:${elsewhere.origin}/temporary/x`,
  "bankid:///?autostarttoken=c5698d12-0cf4-4456-ae7b-d795f9967798&redirect=null",
  "mailto:somebody@example.org",
  "ms-settings:privacy",
  "vscode://file/etc/passwd",
  "ftp://127.0.0.1/x",
];

/** The page is where it was, nothing was opened, and nobody else has heard of it. */
export async function expectStaysHome(page: Page, world: World): Promise<void> {
  expect(new URL(page.url()).origin).toBe(world.provider.origin);
  expect(await page.evaluate(() => location.origin)).toBe(world.provider.origin);
  expect(await world.windows()).toBe(2);
  expect([world.elsewhere.requests, world.plain.requests]).toEqual([[], []]);
  const opened = await world.app.evaluate(
    () =>
      (globalThis as unknown as Record<string, { opened: readonly string[] } | undefined>)["__electronStandIn"]
        ?.opened ?? [],
  );
  expect(opened).toEqual([]);
}
