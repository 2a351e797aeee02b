import { expect } from "@playwright/test";
import { checkPage } from "../../harness/renderer/check-page.ts";
import { screens } from "../../harness/renderer/screens.ts";
import { changeState, test } from "./window-fixture.ts";

// The size is only known in the test; the names and the order of the screens do not depend on it.
for (const [index, { name }] of screens(0).entries()) {
  test(`axe finds nothing on screen ${name}, light and dark, and the content policy refuses nothing`, async ({
    openWindow,
    sampleSize,
  }) => {
    const screen = screens(sampleSize)[index];
    if (screen === undefined) throw new Error(`no screen ${name}`);
    const { page, problems } = await openWindow(screen.script);
    await screen.prepare(page);
    expect(await checkPage(page)).toEqual([]);
    await changeState(page, { settings: { ...screen.script.state.settings, theme: "dark" } });
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    expect(await checkPage(page)).toEqual([]);
    expect(problems).toEqual([]);
  });
}
