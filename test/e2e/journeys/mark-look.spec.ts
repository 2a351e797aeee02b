import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { PEN_STROKE } from "../../harness/renderer/mark-answers.ts";
import { checkPage } from "../../harness/renderer/check-page.ts";
import { PHONE } from "../../../tools/demo/person.ts";
import { correlation, darkness } from "../harness/compare-pictures.ts";
import { expect, test } from "../harness/journey.ts";
import { contractIn, reportOn } from "../harness/results.ts";
import { signatureFields } from "../harness/signature-fields.ts";

const run = promisify(execFile);
const PAGE = { width: 595, height: 842 };
/** Cells of about two points: finer than a letter, coarser than the smoothing of two programs. */
const GRID = [80, 32] as const;

// Each goes a long way through the program.
test.slow();

test("a look made by keyboard is seen in its place as it is then signed", async ({ person, folder, sandbox }) => {
  const contract = await contractIn(folder);
  const picture = join(folder, "..", `pen-${Date.now()}.png`);
  await writeFile(picture, PEN_STROKE);
  await person.open(contract);
  await person.seesPages();
  await person.drawMark(3, { left: 0.12, top: 0.3, right: 0.6, bottom: 0.44 });
  const { window } = person;
  const { keyboard } = window;

  await person.tabTo(window.getByRole("button", { name: "New look…" }));
  await keyboard.press("Enter");
  const editor = window.getByRole("dialog", { name: "New look of the mark" });
  await editor.waitFor();
  await person.answerFileDialog([picture]);
  await person.tabTo(editor.getByLabel("Name", { exact: true }));
  await keyboard.type("Payments");
  await person.tabTo(editor.getByRole("button", { name: "Choose a picture…" }));
  await keyboard.press("Enter");
  await expect(editor.getByRole("img", { name: "Picture", exact: true })).toBeVisible();
  await person.tabTo(editor.getByLabel("Write my own lines"));
  await keyboard.press("Space");
  await person.tabTo(editor.getByLabel("Lines", { exact: true }));
  await keyboard.press("Control+a");
  await keyboard.insertText("Approved for payment\nno objection, {reason}\nPort terminal");
  await person.tabTo(editor.getByRole("button", { name: "None QR code" }));
  await keyboard.press("Enter");
  await keyboard.press("End");
  await keyboard.press("Enter");
  await expect(editor.getByRole("button", { name: "Text QR code" })).toBeFocused();
  await person.tabTo(editor.getByLabel("Text of the QR code"));
  await keyboard.type("Order 4711");
  const preview = editor.getByRole("img", {
    name: /Approved for payment Port terminal PRACTICE .*With a picture\. With a QR code\./u,
  });
  await expect(preview).toBeVisible();
  expect(await checkPage(window)).toEqual([]);
  await person.tabTo(editor.getByRole("button", { name: "Save" }));
  await keyboard.press("Enter");
  await expect(editor).toBeHidden();
  await expect(window.getByRole("button", { name: "Payments Look of the mark" })).toBeVisible();

  // What the person sees in the place: without the handles of the box.
  const box = window.locator("[data-placement-box]");
  await box.scrollIntoViewIfNeeded();
  await expect(box.locator("svg path")).not.toHaveCount(0);
  await box.evaluate((element: HTMLElement) => {
    element.style.background = "#fff";
    element.style.borderColor = "transparent";
    element.style.outline = "none";
    (element.lastElementChild as HTMLElement).style.visibility = "hidden";
  });
  const seen = await box.locator("svg").screenshot();

  await person.signWith(PHONE.marie);
  expect(await person.outcome()).toContain("1 document signed");
  const signed = join(folder, "contract-signed.pdf");
  const report = await reportOn(signed, sandbox.rootCertificatePem);
  expect(report.verdict).toBe("TOTAL-PASSED");

  // What a reader of the document sees: the same part of the page by poppler.
  const [field] = signatureFields(signed);
  const [left = 0, bottom = 0, right = 0, top = 0] = field?.rectangle ?? [];
  const dots = (points: number): string => String(Math.round(points * 2));
  const target = join(folder, "..", `shown-${Date.now()}`);
  const area = ["-x", dots(left), "-y", dots(PAGE.height - top), "-W", dots(right - left), "-H", dots(top - bottom)];
  await run("pdftoppm", ["-r", "144", "-f", "3", "-l", "3", ...area, "-singlefile", "-png", signed, target]);
  const drawn = darkness(await readFile(`${target}.png`), ...GRID);
  const promised = darkness(seen, ...GRID);
  expect(correlation(promised, drawn)).toBeGreaterThan(0.9);
  // The measure can tell: upside down it is another picture.
  expect(correlation(promised, drawn.toReversed())).toBeLessThan(0.5);
});

test("a look is kept over a restart, used by default and can be deleted", async ({ person, folder, startAgain }) => {
  const contract = await contractIn(folder);
  await person.open(contract);
  await person.seesPages();
  await person.window.getByText("Show a mark on the page").click();
  await person.window.getByRole("button", { name: "New look…" }).click();
  await person.dialog().getByLabel("Name", { exact: true }).fill("Board");
  await person.dialog().getByRole("button", { name: "Save" }).click();
  await person.window.getByRole("button", { name: "Use by default" }).click();
  await expect(person.window.getByRole("button", { name: "Board (default) Look of the mark" })).toBeVisible();
  await person.app.close();

  const again = await startAgain();
  await again.open(contract);
  await again.seesPages();
  await again.window.getByText("Show a mark on the page").click();
  await expect(again.window.getByRole("button", { name: "Board (default) Look of the mark" })).toBeVisible();
  await again.window.getByRole("button", { name: "Change…" }).click();
  await again.dialog().getByRole("button", { name: "Delete" }).click();
  await expect(again.window.getByRole("button", { name: "Usual mark (default) Look of the mark" })).toBeVisible();
});

test("a picture that cannot be used is refused in words, and initials go on every page", async ({
  person,
  folder,
  sandbox,
}) => {
  const contract = await contractIn(folder);
  const wrong = join(folder, "..", `wrong-${Date.now()}.png`);
  await writeFile(wrong, "GIF89a, not what its name says");
  await person.open(contract);
  await person.seesPages();
  const { window } = person;
  await window.getByText("Put initials on the pages").click();
  await person.answerFileDialog([wrong]);
  await window.getByRole("button", { name: "Choose a picture…" }).click();
  await expect(window.getByRole("alert")).toContainText("This file is not a picture that Sealdesk knows.");
  await expect(window.getByRole("alert")).toContainText("Marks take PNG and JPEG files.");

  const pages = window.getByRole("textbox", { name: "Pages", exact: true });
  await pages.fill("2-1");
  await expect(window.getByText("Write “all”, or pages and ranges such as 1-3,5.").first()).toBeVisible();
  await pages.fill("all");
  await person.pressSign();
  await expect(person.dialog()).toContainText("Initials go on 3 pages.");
  await person.dialog().getByRole("button", { name: "Back" }).click();
  await person.signWith(PHONE.marie);
  expect(await person.outcome()).toContain("1 document signed");
  const signed = join(folder, "contract-signed.pdf");
  expect((await reportOn(signed, sandbox.rootCertificatePem)).verdict).toBe("TOTAL-PASSED");
  for (const page of ["1", "2", "3"]) {
    const { stdout } = await run("pdftotext", ["-f", page, "-l", page, signed, "-"]);
    expect(stdout).toContain("MJ");
    expect(stdout).toContain("PRACTICE");
  }
});
