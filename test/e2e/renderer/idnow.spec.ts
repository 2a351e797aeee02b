import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import {
  CODE,
  HOST,
  IDENTIFICATION,
  PAGE,
  fillSigner,
  fillTwoSigners,
  idnowRun,
  idnowRunning,
  idnowScreens,
  idnowState,
} from "../../harness/renderer/idnow-screens.ts";
import { pagesShown } from "../../harness/renderer/panes.ts";
import { RUN, idOf, script } from "../../harness/renderer/scenarios.ts";
import { callsOf, changeState, test } from "./window-fixture.ts";

const form = (size: number) => script(idnowState(size), "sample");

interface SentRequest {
  readonly placements?: Record<string, { readonly rectangle: { readonly y: number } }>;
  readonly details: { readonly signers: readonly Record<string, string>[] };
}

async function requestSent(page: Page): Promise<SentRequest> {
  await expect.poll(async () => (await callsOf(page, "signing.review")).length).toBe(1);
  const [call] = (await callsOf(page, "signing.review")) as { request: SentRequest }[];
  return call!.request;
}

async function answers(page: Page): Promise<readonly unknown[]> {
  return ((await callsOf(page, "signing.answer")) as { answer: unknown }[]).map(({ answer }) => answer);
}

test("every provider says for whom it is and what leaves the computer, and is chosen with the keyboard", async ({
  openWindow,
  sampleSize,
}) => {
  const { page } = await openWindow(form(sampleSize));
  await pagesShown(page);
  await page.getByRole("button", { name: "IDnow Sign with" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("option", { name: /^itsme .*Only fingerprints leave this computer\.$/u })).toBeVisible();
  await expect(page.getByRole("option", { name: /^IDnow .*Whole documents leave this computer\.$/u })).toBeVisible();
  await expect(page.getByRole("option", { name: /^Certificate .*documents stay on this computer\.$/u })).toBeVisible();
  await expect(page.getByRole("option", { name: /^BankID \(not set up\)/u })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  expect(await callsOf(page, "settings.change")).toEqual([{ provider: "certificate" }]);
});

test("what is wrong with a field is said beside it when it is left, and Sign goes to the first one", async ({
  openWindow,
  sampleSize,
}) => {
  const { page } = await openWindow(form(sampleSize));
  await pagesShown(page);
  const email = page.getByRole("textbox", { name: "E-mail" });
  await email.fill("erika@");
  await expect(email).not.toHaveAttribute("aria-invalid", "true");
  await page.keyboard.press("Tab");
  await expect(email).toHaveAttribute("aria-invalid", "true");
  await expect(email).toHaveAccessibleDescription("This is not an e-mail address, as in name@example.com.");
  await page.keyboard.press("Control+Enter");
  const given = page.getByRole("textbox", { name: "Given names" });
  await expect(given).toBeFocused();
  await expect(given).toHaveAccessibleDescription("Enter the given names, as in the identity document.");
  expect(await callsOf(page, "signing.review")).toEqual([]);

  await fillSigner(page, 1);
  await expect(page.getByText("is missing or wrong")).toHaveCount(0);
  await page.keyboard.press("Control+Enter");
  const { details } = await requestSent(page);
  expect(details).toMatchObject({
    provider: "idnow",
    signers: [{ givenName: "Erika", surname: "Mustermann", email: "erika@example.com", mobile: "+491701234567" }],
    signatureType: "QES",
    keepIdentification: false,
  });
});

test("signers come, go and change places with the keyboard, and the focus stays with them", async ({
  openWindow,
  sampleSize,
}) => {
  const { page } = await openWindow(form(sampleSize));
  await pagesShown(page);
  await fillSigner(page, 1);
  await page.getByRole("button", { name: "Add a signer" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("group", { name: "Signer 2" }).getByRole("textbox").first()).toBeFocused();
  await fillSigner(page, 2);
  await page.getByRole("button", { name: "Jan van den Berg: sign earlier" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Jan van den Berg now signs as number 1.")).toBeAttached();
  // At the top there is only one way left.
  await expect(page.getByRole("button", { name: "Jan van den Berg: sign later" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Jan van den Berg: sign earlier" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  const { details } = await requestSent(page);
  expect(details.signers.map(({ givenName }) => givenName)).toEqual(["Jan", "Erika"]);
});

test("a removed signer is gone, and the window goes on with the one beside", async ({ openWindow, sampleSize }) => {
  const { page } = await openWindow(form(sampleSize));
  await pagesShown(page);
  await fillTwoSigners(page);
  await page.getByRole("button", { name: "Remove Erika Mustermann" }).click();
  const group = page.getByRole("group", { name: "Signer 1" });
  await expect(group.getByRole("textbox", { name: "Given names" })).toBeFocused();
  await expect(group.getByRole("textbox", { name: "Given names" })).toHaveValue("Jan");
  await expect(page.getByRole("button", { name: /^Remove/u })).toHaveCount(0);
});

test("the window itself never scrolls under a long form", async ({ openWindow, sampleSize }) => {
  const { page } = await openWindow(form(sampleSize));
  await pagesShown(page);
  for (let press = 0; press < 7; press += 1) await page.getByRole("button", { name: "Add a signer" }).click();
  await expect(page.getByRole("button", { name: "Add a signer" })).toHaveCount(0);
  const heights = await page.evaluate(() => [document.documentElement.scrollHeight, window.innerHeight]);
  expect(heights[0]).toBe(heights[1]);
});

test("a press is not lost to the words that come when a field is left with the mouse", async ({
  openWindow,
  sampleSize,
}) => {
  const { page } = await openWindow(form(sampleSize));
  await pagesShown(page);
  const email = page.getByRole("textbox", { name: "E-mail" });
  await email.fill("erika@");
  const add = page.getByRole("button", { name: "Add a signer" });
  await add.scrollIntoViewIfNeeded();
  const box = (await add.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + 4);
  await page.mouse.down();
  await page.waitForTimeout(150);
  await page.mouse.up();
  await expect(page.getByRole("group", { name: "Signer 2" })).toBeVisible();
  await expect(page.getByText("This is not an e-mail address", { exact: false })).toBeVisible();
});

test("two signers with one phone are told apart from two with their own", async ({ openWindow, sampleSize }) => {
  const { page } = await openWindow(form(sampleSize));
  await pagesShown(page);
  await fillTwoSigners(page);
  const second = page.getByRole("group", { name: "Signer 2" }).getByRole("textbox", { name: "Mobile phone" });
  await second.fill("0049 170 1234567");
  await page.keyboard.press("Tab");
  await expect(second).toHaveAccessibleDescription(/Each signer needs a phone of his own/u);
  await page.keyboard.press("Control+Enter");
  await expect(second).toBeFocused();
  expect(await callsOf(page, "signing.review")).toEqual([]);
});

test("the marks of the further signers are shown above the first, and follow it", async ({
  openWindow,
  sampleSize,
}) => {
  const { page } = await openWindow(form(sampleSize));
  await pagesShown(page);
  await fillTwoSigners(page);
  await expect(page.getByText("Show a mark on the page")).toHaveCount(0);
  await expect(page.getByText(/IDnow draws the visible mark itself/u)).toBeVisible();
  await page.getByText("Choose where IDnow's mark goes").click();
  await page.getByRole("button", { name: "Put on this page" }).click();
  const first = page.locator("[data-placement-box]");
  const second = page.locator("[data-further-box]");
  await expect(first).toContainText("1. Erika Mustermann");
  await expect(second).toContainText("2. Jan van den Berg");
  // 8 points between a mark of 64 points and the next one.
  const gap = async (): Promise<number> => {
    const [one, other] = [(await first.boundingBox())!, (await second.boundingBox())!];
    return ((one.y - (other.y + other.height)) / one.height) * 64;
  };
  await expect.poll(gap).toBeCloseTo(8, 0);
  await first.focus();
  await page.keyboard.press("Shift+ArrowUp");
  await expect.poll(gap).toBeCloseTo(8, 0);
  await page.keyboard.press("Control+Enter");
  const { placements, ...rest } = await requestSent(page);
  expect(placements?.[idOf(1)]?.rectangle.y).toBeCloseTo(58, 1);
  expect(rest).not.toHaveProperty("mark");
});

test("a page without room for all marks says so", async ({ openWindow, sampleSize }) => {
  const { page } = await openWindow(form(sampleSize));
  await pagesShown(page);
  await fillTwoSigners(page);
  await page.getByText("Choose where IDnow's mark goes").click();
  await page.getByRole("button", { name: "Put on this page" }).click();
  for (const [name, value] of [
    ["From left", "10"],
    ["Width", "400"],
    ["Height", "600"],
  ] as const) {
    await page.getByRole("textbox", { name }).fill(value);
    await page.keyboard.press("Tab");
  }
  await expect(page.getByText("The page has no room for the marks of all signers.", { exact: false })).toBeVisible();
  await expect(page.locator("[data-further-box]")).toHaveCount(0);
});

test("the confirmation sheet says that the whole document goes to IDnow, and who signs", async ({
  openWindow,
  sampleSize,
}) => {
  const screen = idnowScreens(sampleSize).find(({ name }) => name === "66-idnow-review")!;
  const { page } = await openWindow(screen.script);
  await screen.prepare(page);
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(`The whole document goes to IDnow (${HOST}), not just its fingerprint.`);
  await expect(dialog).toContainText("until it is deleted there");
  await expect(dialog.getByRole("listitem").filter({ hasText: "Erika Mustermann" })).toContainText(
    "erika@example.com · +491701234567",
  );
  await expect(dialog.getByRole("listitem").filter({ hasText: "Jan van den Berg" })).toContainText("+32470123456");
});

test("a pasted code is cleaned, sent with Enter and wiped; a short one is not sent", async ({
  openWindow,
  sampleSize,
}) => {
  const { page } = await openWindow(idnowRunning(sampleSize, CODE));
  const input = page.getByRole("textbox", { name: "Code" });
  await expect(input).toBeFocused();
  await expect(input).toHaveAttribute("autocomplete", "one-time-code");
  await expect(input).toHaveAttribute("inputmode", "numeric");
  await page.keyboard.type("12x3");
  await expect(input).toHaveValue("123");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toHaveText("The code has 6 digits.");
  expect(await answers(page)).toEqual([]);

  await input.fill("");
  await input.evaluate((field: HTMLInputElement) => {
    field.focus();
    document.execCommand("insertText", false, "Your code: 12 34 56.");
  });
  await expect(input).toHaveValue("123456");
  await page.keyboard.press("Enter");
  expect(await answers(page)).toEqual([{ kind: "code", value: "123456" }]);
  await expect(input).toHaveValue("");
  await expect(input).toBeDisabled();
});

test("after a wrong code the next try begins with an empty input and says how many are left", async ({
  openWindow,
  sampleSize,
}) => {
  const { page } = await openWindow(idnowRunning(sampleSize, CODE));
  await page.getByRole("textbox", { name: "Code" }).fill("111111");
  await page.keyboard.press("Enter");
  const problem = { code: "idnow.wrong-tan" } as const;
  await changeState(page, { transactions: [idnowRun({ ...CODE, id: "code-2", problem, attemptsLeft: 1 })] });
  const input = page.getByRole("textbox", { name: "Code" });
  await expect(input).toBeFocused();
  await expect(input).toHaveValue("");
  await expect(input).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("You have 1 attempt left.")).toBeVisible();
});

test("another code can be asked for once its time has come, and once only", async ({ openWindow, sampleSize }) => {
  const soon = new Date(Date.now() + 60_000).toISOString();
  const { page } = await openWindow(idnowRunning(sampleSize, { ...CODE, resendFrom: soon }));
  await expect(page.getByRole("button", { name: /^Send a new code \(possible in 0:\d\d\)$/u })).toBeDisabled();
  const past = new Date(Date.now() - 1_000).toISOString();
  await changeState(page, { transactions: [idnowRun({ ...CODE, resendFrom: past })] });
  await page.getByRole("button", { name: "Send a new code" }).click();
  await expect(page.getByRole("button", { name: "A new code is on its way…" })).toBeDisabled();
  expect(await answers(page)).toEqual([{ kind: "resend-code" }]);
  await changeState(page, { transactions: [idnowRun({ ...CODE, resendFrom: soon })] });
  await expect(page.getByRole("button", { name: /possible in/u })).toBeDisabled();
  await changeState(page, { transactions: [idnowRun({ ...CODE, resendFrom: null })] });
  await expect(page.getByRole("button", { name: /new code/u })).toHaveCount(0);
});

test("the QR code is drawn module by module, with its quiet zone, black on white in the dark too", async ({
  openWindow,
  sampleSize,
}) => {
  const { page } = await openWindow(idnowRunning(sampleSize, { ...PAGE, qr: { rows: ["1101", "0011"] } }));
  await changeState(page, { settings: { ...idnowState(sampleSize).settings, theme: "dark" } });
  const picture = page.getByRole("img", { name: `QR code that opens the page of ${HOST} on a phone` });
  await expect(picture).toHaveAttribute("shape-rendering", "crispEdges");
  // ISO/IEC 18004: four light modules on each side.
  await expect(picture).toHaveAttribute("viewBox", "0 0 12 10");
  const seen = await picture.evaluate((svg: SVGSVGElement) => {
    const path = svg.querySelector("path")!;
    const dark = (x: number, y: number): boolean => {
      const point = svg.createSVGPoint();
      point.x = x + 0.5;
      point.y = y + 0.5;
      return path.isPointInFill(point);
    };
    const rows = [4, 5].map((y) => [4, 5, 6, 7].map((x) => (dark(x, y) ? "1" : "0")).join(""));
    const colours = [svg.querySelector("rect")!, path].map((part) => getComputedStyle(part).fill);
    return { rows, colours };
  });
  expect(seen).toEqual({ rows: ["1101", "0011"], colours: ["rgb(255, 255, 255)", "rgb(0, 0, 0)"] });
});

test("an attempt that was broken off says why the page is open again", async ({ openWindow, sampleSize }) => {
  const { page } = await openWindow(
    idnowRunning(sampleSize, { ...PAGE, problem: { code: "idnow.page-again", params: { idnowStatus: "21.39" } } }),
  );
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("there was too little light");
});

test("what differs from the order is said in words, and what was ticked outlives the saving of a file", async ({
  openWindow,
  sampleSize,
}) => {
  const { page } = await openWindow(idnowRunning(sampleSize, IDENTIFICATION));
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("1 fact differs from what was ordered.");
  await expect(dialog.getByRole("row", { name: /^Surname/u })).toContainText("different");
  await expect(dialog.getByRole("row", { name: /^Given names/u })).toContainText("same");
  await expect(dialog.getByRole("button", { name: "Cancel signing" })).toHaveCount(0);
  const deletes = dialog.getByRole("checkbox", { name: "Delete at IDnow now" });
  await expect(deletes).toBeChecked();
  await deletes.focus();
  await page.keyboard.press("Space");
  await expect(dialog).toContainText(`${HOST} goes on holding the documents`);
  await dialog.getByRole("button", { name: "Audit log…" }).click();
  const problem = { code: "idnow.file-not-saved" } as const;
  await changeState(page, { transactions: [idnowRun({ ...IDENTIFICATION, id: "identification-2", problem })] });
  await expect(dialog.getByRole("alert")).toBeVisible();
  await expect(deletes).not.toBeChecked();
  await dialog.getByRole("button", { name: "Finish" }).click();
  await expect(dialog.getByRole("button", { name: "Finishing…" })).toBeDisabled();
  expect(await callsOf(page, "signing.answer")).toEqual([
    { transaction: RUN, interaction: "identification-1", answer: { kind: "save-file", file: "audit-log" } },
    { transaction: RUN, interaction: "identification-2", answer: { kind: "finish", delete: false } },
  ]);
});

test("another person's identification begins with deleting ticked again", async ({ openWindow, sampleSize }) => {
  const { page } = await openWindow(idnowRunning(sampleSize, IDENTIFICATION));
  const deletes = page.getByRole("checkbox", { name: "Delete at IDnow now" });
  await deletes.focus();
  await page.keyboard.press("Space");
  await expect(deletes).not.toBeChecked();
  const rows = [{ field: "surname", ordered: "van den Berg", checked: "VAN DEN BERG" }];
  await changeState(page, { transactions: [idnowRun({ ...IDENTIFICATION, id: "identification-2", rows })] });
  await expect(page.getByText("Everything that was ordered and checked agrees.")).toBeVisible();
  await expect(deletes).toBeChecked();
});
