import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PHONE } from "../../../tools/demo/person.ts";
import type { Person } from "../../../tools/demo/person.ts";
import { hasTool } from "../../interop/pades/run-tool.ts";
import { encryptWithQpdf, KINDS } from "../../unit/pdf/encryption/encrypted-files.ts";
import { crash } from "../harness/crash.ts";
import { findObstacles } from "../harness/find-obstacles.ts";
import { expect, test } from "../harness/journey.ts";
import { contractIn, namesIn } from "../harness/results.ts";

const PASSWORD = "correct-horse-32";
const root = join(import.meta.dirname, "..", "..", "..");

test.skip(!hasTool("qpdf"), "qpdf, which encrypts the documents, is not installed");

async function lockedContract(folder: string): Promise<string> {
  const plain = await contractIn(folder, "plain.pdf");
  const kind = KINDS.find(({ title }) => title === "AES-256")!;
  encryptWithQpdf(plain, join(folder, "contract.pdf"), kind, { user: PASSWORD, owner: "owner" });
  return join(folder, "contract.pdf");
}

/** What another start of the program says about the result: the command line, with the password. */
function verifiedByCommandLine(path: string, anchor: string): string {
  const args = ["cli/main.ts", "verify", "--json", "--document-password-env", "PASSWORD", "--trust", anchor, path];
  const env = { ...process.env, PASSWORD };
  return execFileSync(process.execPath, args, { cwd: root, env, encoding: "utf8", timeout: 60_000 });
}

async function unlock(person: Person, password: string): Promise<void> {
  await person.dialog().getByLabel("Password").fill(password);
  await person.dialog().getByRole("button", { name: "Open document" }).click();
}

test("an encrypted document is opened with its password, signed, and its copy opens by itself", async ({
  person,
  folder,
  userData,
  sandbox: _running,
}) => {
  const { window } = person;
  await person.open(await lockedContract(folder));
  await expect(person.row("contract.pdf")).toContainText("Locked");
  const pages = window.getByRole("region", { name: "Pages", exact: true });
  await expect(pages.getByRole("heading", { name: "This document is locked" })).toBeVisible();
  await expect(window.getByRole("button", { name: "Sign with itsme" })).toBeDisabled();
  expect(await findObstacles(window)).toEqual([]);

  // From the row, by keyboard alone: wrong, cancelled, then right.
  await person.tabTo(window.getByRole("grid").getByRole("row").first());
  await window.keyboard.press("ArrowRight");
  const action = person.row("contract.pdf").getByRole("button", { name: "Enter password: contract.pdf" });
  for (let presses = 0; presses < 5 && !(await action.evaluate((it) => it === document.activeElement)); presses += 1) {
    await window.keyboard.press("ArrowRight");
  }
  await window.keyboard.press("Enter");
  const input = person.dialog().getByLabel("Password");
  await expect(input).toBeFocused();
  await window.keyboard.type("wrong");
  await window.keyboard.press("Enter");
  await expect(person.dialog().getByRole("alert")).toContainText("This is not the password of the document.");
  await expect(input).toHaveValue("");
  await expect(input).toBeFocused();
  expect(await findObstacles(window)).toEqual([]);
  await window.keyboard.press("Escape");
  await expect(person.dialog()).toBeHidden();
  // A list has one place for the focus (ARIA authoring practices, grid): it is the row again.
  await expect(window.getByRole("grid").getByRole("row").first()).toBeFocused();

  await pages.getByRole("button", { name: "Enter password: contract.pdf" }).click();
  await unlock(person, PASSWORD);
  await person.seesPages();
  await expect(pages).toContainText("Consulting agreement");

  await person.signWith(PHONE.marie);
  expect(await person.outcome()).toContain("1 document signed");
  await window.getByRole("button", { name: "Verify contract-signed.pdf" }).click();
  await expect(window.getByRole("tabpanel")).toContainText("Every signature of this file is valid.");
  await window.locator('.page[data-page-number="1"][data-loaded="true"]').waitFor();
  expect(await namesIn(folder)).toEqual(["contract-signed.pdf", "contract.pdf", "plain.pdf"]);
  const signed = await readFile(join(folder, "contract-signed.pdf"), "latin1");
  expect([signed.includes("/Encrypt"), signed.includes(PASSWORD)]).toEqual([true, false]);
  const report = verifiedByCommandLine(join(folder, "contract-signed.pdf"), join(userData, "practice", "root.pem"));
  expect(JSON.parse(report)).toMatchObject({ verdict: "TOTAL-PASSED" });

  // Leafing back and forth asks nobody again; closing forgets.
  await person.row("contract.pdf").first().click();
  await window.locator('.page[data-page-number="1"][data-loaded="true"]').waitFor();
  for (const name of ["contract-signed.pdf", "contract.pdf"]) {
    await window.getByRole("button", { name: `Close ${name}` }).click();
  }
  await person.open(join(folder, "contract.pdf"));
  await expect(person.row("contract.pdf")).toContainText("Locked");
});

test("after a crash the run asks for the password again, and goes on", async ({
  person,
  folder,
  userData,
  sandbox,
  startAgain,
}) => {
  await person.open(await lockedContract(folder));
  await person.row("contract.pdf").getByRole("button", { name: "Enter password: contract.pdf" }).click();
  await unlock(person, PASSWORD);
  await person.seesPages();
  await person.signWith(PHONE.anna);
  await expect.poll(() => sandbox.control.itsme.sessions().at(-1)?.step, { timeout: 20_000 }).toBe("phone");
  await crash(person.app);
  for (const file of ["sealdesk.db", "sealdesk.db-wal"]) {
    expect((await readFile(join(userData, file)).catch(() => Buffer.alloc(0))).includes(PASSWORD)).toBe(false);
  }

  const again = await startAgain();
  await expect(again.dialog()).toContainText("Continued from last time");
  const approve = () => sandbox.control.itsme.approve(sandbox.control.itsme.sessions().at(-1)?.id ?? "");
  approve();
  await expect(again.dialog()).toContainText("Signing goes on when “contract.pdf” is opened with its password.");
  await expect(again.dialog().getByLabel("Password")).toBeFocused();
  expect(await findObstacles(again.window)).toEqual([]);
  await unlock(again, "wrong");
  await expect(again.dialog().getByRole("alert")).toContainText("This is not the password of the document.");
  await unlock(again, PASSWORD);
  await expect.poll(() => sandbox.control.itsme.sessions().at(-1)?.kind, { timeout: 20_000 }).toBe("signing");
  await expect.poll(() => sandbox.control.itsme.sessions().at(-1)?.step, { timeout: 20_000 }).toBe("phone");
  approve();
  expect(await again.outcome()).toContain("1 document signed");
  const report = verifiedByCommandLine(join(folder, "contract-signed.pdf"), join(userData, "practice", "root.pem"));
  expect(JSON.parse(report)).toMatchObject({ verdict: "TOTAL-PASSED" });
});
