import { expect } from "@playwright/test";
import { certificateScreens } from "../../harness/renderer/certificate-screens.ts";
import { changeState, test } from "./window-fixture.ts";

test("the timestamp service's address is the one in force, also when it was changed elsewhere", async ({
  openWindow,
  sampleSize,
}) => {
  const screen = certificateScreens(sampleSize).find(({ name }) => name === "43-certificate-file");
  if (screen === undefined) throw new Error("no screen");
  const { page } = await openWindow(screen.script);
  await screen.prepare(page);
  const address = page.getByRole("textbox", { name: "Address (optional)" });
  const { settings } = screen.script.state;
  await address.fill("not an address");
  await page.getByRole("button", { name: "Use", exact: true }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await changeState(page, { settings: { ...settings, timestampUrl: "https://other.example.com/tsa" } });
  await expect(address).toHaveValue("https://other.example.com/tsa");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await address.fill("https://typed.example.com/");
  await changeState(page, { settings: { ...settings, timestampUrl: "https://other.example.com/tsa", theme: "dark" } });
  await expect(address).toHaveValue("https://typed.example.com/");
  await changeState(page, { settings: { ...settings, timestampUrl: null } });
  await expect(address).toHaveValue("");
});
