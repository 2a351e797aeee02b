import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import {
  bankidCode,
  bankidPreview,
  bankidReview,
  bankidRun,
  bankidState,
} from "../../harness/renderer/bankid-screens.ts";
import { pagesShown } from "../../harness/renderer/panes.ts";
import { RUN, script } from "../../harness/renderer/scenarios.ts";
import { readQr } from "../harness/read-qr.ts";
import { callsOf, changeState, test } from "./window-fixture.ts";

const form = (size: number) => script(bankidState(size), "sample");
const code = (page: Page) => page.getByRole("img", { name: /^QR code/u });

interface SentRequest {
  readonly details: Readonly<Record<string, unknown>>;
}

async function requestSent(page: Page): Promise<SentRequest> {
  await expect.poll(async () => (await callsOf(page, "signing.review")).length).toBe(1);
  const [call] = (await callsOf(page, "signing.review")) as { request: SentRequest }[];
  return call!.request;
}

test("the order is as the administrator has it, until the person chooses something else", async ({
  openWindow,
  sampleSize,
}) => {
  const { page } = await openWindow(form(sampleSize));
  await pagesShown(page);
  // A text is signed: nothing of ours can be drawn or written into the signature.
  await expect(page.getByText("Show a mark on the page")).toHaveCount(0);
  await expect(page.getByText("More choices")).toHaveCount(0);
  await page.getByRole("button", { name: "Swedish Language of the text" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByText("Add a page that tells what was signed").click();
  await page.getByRole("textbox", { name: /^Personal number/u }).fill("19811218-9876");
  await page.keyboard.press("Control+Enter");
  const request = await requestSent(page);
  expect(request.details).toEqual({
    provider: "bankid",
    personalNumber: "198112189876",
    language: "en",
    format: "plain",
    start: "qr",
  });
  expect(request).toHaveProperty("evidencePage", false);
  expect(request).not.toHaveProperty("mark");
  expect(request).not.toHaveProperty("reason");
});

test("a place that was chosen for another provider is not shown, and does not go along", async ({
  openWindow,
  sampleSize,
}) => {
  const state = bankidState(sampleSize);
  const itsme = { ...state.settings, provider: "itsme" } as const;
  const { page } = await openWindow(script({ ...state, settings: itsme }, "sample"));
  await pagesShown(page);
  await page.getByText("Show a mark on the page").click();
  await page.getByRole("button", { name: "Put on this page" }).click();
  await expect(page.locator("[data-placement-box]")).toBeVisible();
  await changeState(page, { settings: state.settings });
  await expect(page.locator("[data-placement-box]")).toHaveCount(0);
  await page.keyboard.press("Control+Enter");
  expect(await requestSent(page)).not.toHaveProperty("placements");
});

test("a number with a mistake is said beside its field, and nothing is asked for", async ({
  openWindow,
  sampleSize,
}) => {
  const { page } = await openWindow(form(sampleSize));
  await pagesShown(page);
  const field = page.getByRole("textbox", { name: /^Personal number/u });
  await field.fill("19811218-9875");
  await expect(field).not.toHaveAttribute("aria-invalid", "true");
  await page.keyboard.press("Control+Enter");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleDescription(/The last digit does not fit the others/u);
  expect(await callsOf(page, "signing.review")).toEqual([]);
});

test("the sheet has the text word for word, in its own language, and what is signed with it unseen", async ({
  openWindow,
  sampleSize,
}) => {
  const preview = bankidPreview("sv", "plain");
  const { page } = await openWindow(
    script(bankidState(sampleSize), "sample", { "signing.review": bankidReview(preview) }),
  );
  await pagesShown(page);
  await page.keyboard.press("Control+Enter");
  const text = page.getByRole("region", { name: "The text that is signed, word for word" });
  await expect(text).toHaveAttribute("lang", "sv");
  expect(await text.evaluate((element) => element.textContent)).toBe(preview.visible);
  const hidden = page.getByRole("region", { name: "What is signed with it and not shown in the app" });
  await expect(hidden).toBeHidden();
  await page.getByText("What is signed with it and not shown in the app").press("Enter");
  expect(await hidden.evaluate((element) => element.textContent)).toBe(preview.hidden);
  await expect(page.getByRole("dialog")).toContainText("It is no PDF signature of the person's own.");
});

test("the code is read from the screen, changes every second, and is read aloud once", async ({
  openWindow,
  sampleSize,
}) => {
  const at = (second: number) => ({ transactions: [bankidRun(bankidCode(second))] });
  const { page } = await openWindow(script(bankidState(sampleSize, at(0)), "sample"));
  const dialog = page.getByRole("dialog");
  await expect(code(page)).toBeVisible();
  expect(await readQr(code(page))).toBe(bankidCode(0).code);
  const spoken = await dialog.getByRole("status").allTextContents();
  const here = page.getByRole("button", { name: "On this computer" });
  await here.focus();
  for (const second of [1, 2, 100]) {
    await changeState(page, at(second));
    await expect.poll(() => readQr(code(page))).toBe(bankidCode(second).code);
  }
  // Another order takes the place of one whose code ran out: nobody who is at the button is sent elsewhere.
  await changeState(page, { transactions: [bankidRun({ ...bankidCode(0), id: "2" })] });
  await expect(here).toBeFocused();
  expect(await dialog.getByRole("status").allTextContents()).toEqual(spoken);
  await expect(dialog.getByRole("timer")).toHaveAttribute("aria-live", "off");
  await page.keyboard.press("Enter");
  expect(await callsOf(page, "signing.answer")).toEqual([
    { transaction: RUN, interaction: "2", answer: { kind: "open-app" } },
  ]);
});

for (const zoom of [0.9, 1, 1.75]) {
  test(`the code can be read at ${zoom * 100} % of its size in a narrow window, in dark colours too`, async ({
    openWindow,
    sampleSize,
  }) => {
    const { page } = await openWindow(
      script(bankidState(sampleSize, { transactions: [bankidRun(bankidCode(59))] }), "sample"),
    );
    await page.setViewportSize({ width: 420, height: 700 });
    await page.evaluate((factor) => document.documentElement.style.setProperty("zoom", String(factor)), zoom);
    await changeState(page, { settings: { ...bankidState(sampleSize).settings, theme: "dark" } });
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await code(page).scrollIntoViewIfNeeded();
    expect(await readQr(code(page))).toBe(bankidCode(59).code);
  });
}
