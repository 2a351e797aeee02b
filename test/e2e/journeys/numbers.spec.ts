import { expect, test } from "../harness/journey.ts";
import { contractIn } from "../harness/results.ts";

test("numbers are typed and stepped by key, and the mark and the page follow", async ({ person, folder }) => {
  await person.open(await contractIn(folder));
  await person.seesPages();
  const { window } = person;
  await person.drawMark(1, { left: 0.1, top: 0.3, right: 0.4, bottom: 0.38 });
  const left = window.getByLabel("From left");
  await left.fill("100");
  await left.press("Enter");
  await expect(left).toHaveValue("100");
  await left.press("ArrowUp");
  await left.press("ArrowUp");
  await expect(left).toHaveValue("102");
  await expect(window.getByText(/^Page 1, 102 points from left/u)).toBeAttached();

  const page = window.getByRole("textbox", { name: "Page", exact: true });
  await page.focus();
  await page.press("ArrowUp");
  await page.press("Enter");
  await expect(page).toHaveValue("2");
  await expect(window.getByRole("button", { name: "Sign 1 document with itsme" })).toBeEnabled();
});
