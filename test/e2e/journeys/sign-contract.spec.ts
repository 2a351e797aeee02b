import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PHONE } from "../../../tools/demo/person.ts";
import { expect, test } from "../harness/journey.ts";
import { signatureFields } from "../harness/signature-fields.ts";
import { contractIn, namesIn, reportOn } from "../harness/results.ts";

/** A4 in points; the contract's pages are not rotated and have no crop box. */
const PAGE = { width: 595.28, height: 841.89 };

test.describe("with the sandbox that the program starts itself", () => {
  test.use({ sandboxIn: "program" });

  test("a contract is signed by mouse, and the mark is where it was drawn", async ({ person, folder, userData }) => {
    const contract = await contractIn(folder);
    const original = await readFile(contract);
    await person.open(contract);
    await person.seesPages();
    const drawn = { left: 0.12, top: 0.37, right: 0.47, bottom: 0.46 };
    await person.drawMark(3, drawn);

    const identification = await person.signAndConfirm();
    const phone = await person.openPhone();
    await person.identify(identification, PHONE.anna);
    await person.approve(phone);
    await person.signingPage();
    await person.approve(phone);
    expect(await person.outcome()).toContain("1 document signed");

    await person.window.getByRole("button", { name: "Verify contract-signed.pdf" }).click();
    const panel = person.window.getByRole("tabpanel");
    await expect(panel.getByRole("article", { name: "Signature 1: Anna Peeters" })).toBeVisible();
    await expect(panel).toContainText("Every signature of this file is valid.");
    await expect(panel).toContainText("The whole file");
    await expect(panel).toContainText("PAdES B-T");
    await panel.getByText("Technical details").click();
    await expect(panel).toContainText("TOTAL-PASSED");

    expect(await namesIn(folder)).toEqual(["contract-signed.pdf", "contract.pdf"]);
    expect((await readFile(contract)).equals(original)).toBe(true);
    const signed = await readFile(join(folder, "contract-signed.pdf"));
    expect(signed.subarray(0, original.length).equals(original)).toBe(true);

    const [field] = signatureFields(join(folder, "contract-signed.pdf"));
    expect(field?.page).toBe(3);
    const [left = 0, bottom = 0, right = 0, top = 0] = field?.rectangle ?? [];
    // The window shows A4 at more than one pixel a point; drawing ends on whole pixels.
    expect(Math.abs(left - drawn.left * PAGE.width)).toBeLessThan(1.5);
    expect(Math.abs(right - drawn.right * PAGE.width)).toBeLessThan(1.5);
    expect(Math.abs(top - (1 - drawn.top) * PAGE.height)).toBeLessThan(1.5);
    expect(Math.abs(bottom - (1 - drawn.bottom) * PAGE.height)).toBeLessThan(1.5);

    const anchors = await readFile(join(userData, "practice", "root.pem"), "utf8");
    expect((await reportOn(join(folder, "contract-signed.pdf"), anchors)).verdict).toBe("TOTAL-PASSED");
  });
});

test("a contract is signed with the keyboard alone", async ({ person, folder, sandbox }) => {
  const contract = await contractIn(folder);
  const { window } = person;
  const { keyboard } = window;
  await person.answerFileDialog([contract]);
  await window.getByRole("heading", { name: "Sign and check PDF documents" }).waitFor();
  await keyboard.press("Control+o");
  await person.seesPages();

  const page = window.getByRole("textbox", { name: "Page", exact: true });
  // The toolbar is one stop for the Tab key; inside it the arrows go on (ARIA authoring practices, toolbar).
  await person.tabTo(window.getByRole("button", { name: "Thumbnails" }));
  await keyboard.press("ArrowRight");
  await expect(page).toBeFocused();
  await keyboard.press("Control+a");
  await keyboard.type("3");
  await keyboard.press("Enter");
  // Loaded is not enough: pdf.js loads the next page before it is looked at.
  await expect(window.locator('.page[data-page-number="3"][data-loaded="true"]')).toBeInViewport({ ratio: 0.5 });

  await person.tabTo(window.getByRole("switch", { name: "Show a mark on the page" }));
  await keyboard.press("Space");
  await person.tabTo(window.getByRole("button", { name: "Put on this page" }));
  await keyboard.press("Enter");
  const box = window.getByRole("application", { name: "Place of the visible mark" });
  await expect(box).toBeFocused();
  const left = window.getByLabel("From left");
  const bottom = window.getByLabel("From bottom");
  const before = { left: Number(await left.inputValue()), bottom: Number(await bottom.inputValue()) };
  for (const key of ["Shift+ArrowUp", "Shift+ArrowUp", "ArrowUp", "Shift+ArrowLeft", "ArrowLeft"])
    await keyboard.press(key);
  await expect(left).toHaveValue(String(before.left - 11));
  await expect(bottom).toHaveValue(String(before.bottom + 21));

  await person.tabTo(window.getByRole("button", { name: "Sign 1 document with itsme" }));
  await keyboard.press("Enter");
  await expect(person.dialog().getByRole("button", { name: "Sign 1 document" })).toBeFocused();
  const opened = person.app.waitForEvent("window");
  await keyboard.press("Enter");
  const identification = await opened;
  await identification.waitForURL(/identify_yourself/u);
  await expect(identification.getByLabel("Mobile number")).toBeFocused();
  await identification.keyboard.press("Control+a");
  await identification.keyboard.type(PHONE.marie);
  await identification.keyboard.press("Enter");
  const done = person.dialog().getByRole("button", { name: "Done" });
  await expect(done).toBeFocused({ timeout: 30_000 });
  await expect(person.dialog()).toContainText("1 document signed");
  await keyboard.press("Enter");
  await expect(person.dialog()).toBeHidden();

  const [field] = signatureFields(join(folder, "contract-signed.pdf"));
  expect(field?.page).toBe(3);
  expect(Math.abs((field?.rectangle[0] ?? 0) - (before.left - 11))).toBeLessThan(0.1);
  expect(Math.abs((field?.rectangle[1] ?? 0) - (before.bottom + 21))).toBeLessThan(0.1);
  const report = await reportOn(join(folder, "contract-signed.pdf"), sandbox.rootCertificatePem);
  expect(report.verdict).toBe("TOTAL-PASSED");
});
