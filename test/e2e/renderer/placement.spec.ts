import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { appState, documentView, idOf, script } from "../../harness/renderer/scenarios.ts";
import { pagesShown } from "../../harness/renderer/panes.ts";
import { callsOf, clickMenu, test } from "./window-fixture.ts";

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The placement that the window would send for the first document. */
async function placementSent(page: Page): Promise<{ readonly page: number; readonly rectangle: Rectangle }> {
  await page.getByRole("button", { name: /^Sign \d/u }).click();
  const [call] = (await callsOf(page, "signing.review")) as { request: { placements: Record<string, never> } }[];
  return call!.request.placements[idOf(1)]!;
}

const oneDocument = (size: number) => script(appState({ documents: [documentView(1, size, { pages: 3 })] }), "sample");

async function showMark(page: Page): Promise<void> {
  await pagesShown(page);
  await page.getByText("Show a mark on the page").click();
}

test("a rectangle drawn with the mouse on page 3 is sent in points of that page", async ({
  openWindow,
  sampleSize,
}) => {
  const { page } = await openWindow(oneDocument(sampleSize));
  await showMark(page);
  await page.getByRole("textbox", { name: "Page" }).fill("3");
  await page.keyboard.press("Enter");
  const third = page.locator('.page[data-page-number="3"]');
  await third.locator("canvas").first().waitFor();
  const box = (await third.boundingBox())!;
  // A4 as Chromium prints it: 594.96 by 841.92 points (pdfinfo).
  const scale = box.width / 594.96;
  await page.mouse.move(box.x + 60, box.y + 120);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 150, { steps: 3 });
  await page.mouse.move(box.x + 260, box.y + 190, { steps: 3 });
  await page.mouse.up();
  await page.locator("[data-placement-box]").waitFor();

  const { page: number, rectangle } = await placementSent(page);
  expect(number).toBe(3);
  expect(rectangle.x).toBeCloseTo(60 / scale, 0);
  expect(rectangle.y).toBeCloseTo(841.92 - 190 / scale, 0);
  expect(rectangle.width).toBeCloseTo(200 / scale, 0);
  expect(rectangle.height).toBeCloseTo(70 / scale, 0);
});

test("without a mouse: put on the page, moved and sized with the arrows, and read aloud", async ({
  openWindow,
  sampleSize,
}) => {
  const { page } = await openWindow(oneDocument(sampleSize));
  await pagesShown(page);
  await page.getByRole("switch", { name: "Show a mark on the page" }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Put on this page" }).focus();
  await page.keyboard.press("Enter");
  const box = page.getByRole("application", { name: "Place of the visible mark" });
  await expect(box).toBeFocused();
  const before = await page.getByText(/^Page 1, .* points from left/u).textContent();
  expect(before).toBe("Page 1, 357 points from left, 48 points from bottom, 190 wide, 64 high");

  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("Alt+Shift+ArrowLeft");
  await expect(page.getByText(/^Page 1, .* points from left/u)).toHaveText(
    "Page 1, 358 points from left, 58 points from bottom, 180 wide, 64 high",
  );
  const { rectangle } = await placementSent(page);
  expect(rectangle).toEqual({ x: 358, y: 58, width: 180, height: 64 });
});

test("the numbers move the box, and Delete removes it", async ({ openWindow, sampleSize }) => {
  const { page } = await openWindow(oneDocument(sampleSize));
  await showMark(page);
  await page.getByRole("button", { name: "Put on this page" }).click();
  await page.getByRole("textbox", { name: "From left" }).fill("100");
  await page.keyboard.press("Tab");
  await expect(page.getByText(/^Page 1, 100 points from left/u)).toBeAttached();
  await page.locator("[data-placement-box]").focus();
  await page.keyboard.press("Delete");
  await expect(page.locator("[data-placement-box]")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Sign 1 document with itsme" })).toBeDisabled();
});

test("the box stays on its place of the page when the view is zoomed and turned", async ({
  openWindow,
  sampleSize,
}) => {
  const { page } = await openWindow(oneDocument(sampleSize));
  await showMark(page);
  await page.getByRole("button", { name: "Put on this page" }).click();
  const box = page.locator("[data-placement-box]");
  const first = page.locator('.page[data-page-number="1"]');
  await expect
    .poll(async () => (await box.boundingBox())!.width / (await first.boundingBox())!.width)
    .toBeCloseTo(190 / 594.96, 2);

  await clickMenu(page, "zoom-in");
  await clickMenu(page, "zoom-in");
  await expect
    .poll(async () => (await box.boundingBox())!.width / (await first.boundingBox())!.width)
    .toBeCloseTo(190 / 594.96, 2);

  await clickMenu(page, "rotate");
  // Turned clockwise, the lower right of the page is at the lower left of the screen, and the box stands upright.
  await expect
    .poll(async () => {
      const outer = (await first.boundingBox())!;
      const inner = (await box.boundingBox())!;
      return [(inner.x - outer.x) / outer.width, inner.height / outer.height];
    })
    .toEqual([expect.closeTo(48 / 841.92, 1), expect.closeTo(190 / 594.96, 2)]);
});
