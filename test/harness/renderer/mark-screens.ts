import type { Page } from "@playwright/test";
import { INITIALS_PREVIEW, PEN_STROKE, RICH_MARK, RICH_PREVIEW } from "./mark-answers.ts";
import { pagesShown, showPane } from "./panes.ts";
import { appState, documentView, script } from "./scenarios.ts";
import type { Screen } from "./screens.ts";

const PRESET = "30000000-0000-4000-8000-000000000001";

async function showMark(page: Page): Promise<void> {
  await pagesShown(page);
  await showPane(page, "Sign and check");
  await page.getByText("Show a mark on the page").click();
  await page.getByRole("button", { name: "Put on this page" }).click();
  await page.waitForTimeout(300);
}

/** The look of the mark: in its place, in the editor, and the initials. */
export function markScreens(size: number): readonly Screen[] {
  const marks = { presets: [{ id: PRESET, name: "Contracts", design: RICH_MARK }], defaultPreset: PRESET };
  const state = appState({ documents: [documentView(1, size)], marks });
  const picture = { type: "image/png", bytes: [...PEN_STROKE] };
  const rich = script(state, "sample", { "marks.preview": RICH_PREVIEW, "marks.picture": picture });
  return [
    {
      name: "25-mark-look",
      script: rich,
      prepare: async (page) => {
        await showMark(page);
        await showPane(page, "Pages");
        await page.locator("[data-placement-box]").scrollIntoViewIfNeeded();
        await page.waitForTimeout(200);
      },
    },
    {
      name: "26-mark-editor",
      script: rich,
      prepare: async (page) => {
        await showMark(page);
        await page.getByRole("button", { name: "Change…" }).click();
        await page.getByRole("dialog").waitFor();
        await page.waitForTimeout(300);
      },
    },
    {
      name: "27-picture-refused",
      script: script(state, "sample", {
        "marks.preview": RICH_PREVIEW,
        "marks.picture": picture,
        "marks.choosePicture": { failure: { code: "picture.too-large" } },
      }),
      prepare: async (page) => {
        await showMark(page);
        await page.getByRole("button", { name: "New look…" }).click();
        await page.getByRole("dialog").getByRole("button", { name: "Choose a picture…" }).click();
        await page.getByRole("alert").waitFor();
        await page.waitForTimeout(200);
      },
    },
    {
      name: "28-initials",
      script: script(state, "sample", { "marks.preview": INITIALS_PREVIEW }),
      prepare: async (page) => {
        await pagesShown(page);
        await showPane(page, "Sign and check");
        await page.getByText("Put initials on the pages").click();
        await page.getByRole("img", { name: /^The mark says/u }).scrollIntoViewIfNeeded();
        await page.waitForTimeout(300);
      },
    },
  ];
}
