import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Person } from "../../../tools/demo/person.ts";
import { makeCertificateFile } from "../../integration/services/certificate-files.ts";
import {
  makeSoftHsm,
  PIN,
  softhsmModule,
  softhsmSkipped,
} from "../../integration/providers/certificate/softhsm-fixture.ts";
import { firstDocument } from "../electron-fixture.ts";
import { crash } from "../harness/crash.ts";
import { findObstacles } from "../harness/find-obstacles.ts";
import { expect, test } from "../harness/journey.ts";
import { contractIn, namesIn, reportOn } from "../harness/results.ts";
import { writeSmallPdfs } from "../harness/small-pdf.ts";

const PASSWORD = "correct-horse-p12";
const root = join(import.meta.dirname, "..", "..", "..");

/** Chooses "Certificate on this computer" in the Sign panel. */
async function chooseLocalCertificate(person: Person): Promise<void> {
  const { window } = person;
  await window
    .getByRole("button", { name: /Sign with/u })
    .first()
    .click();
  await window.getByRole("option", { name: "Certificate on this computer" }).click();
  await expect(window.getByRole("region", { name: "Certificate" })).toBeVisible();
}

async function pressSign(person: Person): Promise<void> {
  await person.window.getByRole("button", { name: /^Sign \d+ documents? with your certificate$/u }).click();
  await person.yesButton().waitFor();
}

test("a new user tries the practice certificate: its password is shown, and the timestamp is the practice service's", async ({
  person,
  folder,
  sandbox,
}) => {
  const { window } = person;
  await person.open(await contractIn(folder));
  await window.locator('.page[data-page-number="1"][data-loaded="true"]').waitFor();
  await chooseLocalCertificate(person);
  await expect(
    window.getByRole("status").filter({ hasText: "Choose the certificate that you sign with." }),
  ).toBeVisible();
  await window.getByRole("button", { name: "Try the practice certificate" }).click();
  await expect(window.getByRole("region", { name: "Certificate" })).toContainText("Its password is “practice”.");
  expect(await findObstacles(window)).toEqual([]);
  await pressSign(person);
  await expect(person.dialog()).toContainText("Practice: the result is not legally binding.");
  await expect(person.dialog()).toContainText("Nothing. Your key signs on this computer");
  await expect(person.dialog()).toContainText(
    `A fingerprint of each signature goes to ${new URL(sandbox.baseUrls.tsa).host}.`,
  );
  await person.yesButton().click();
  await expect(person.dialog()).toContainText("This is practice. The password is “practice”.");
  await expect(person.dialog().getByLabel("Password")).toBeFocused();
  expect(await findObstacles(window)).toEqual([]);
  await window.keyboard.type("practice");
  await window.keyboard.press("Enter");
  expect(await person.outcome()).toContain("1 document signed");
  const report = await reportOn(join(folder, "contract-signed.pdf"), sandbox.rootCertificatePem);
  expect(report).toMatchObject({ verdict: "TOTAL-PASSED", signatures: [{ signer: "Pat Practice", level: "B-T" }] });
});

test("two documents are signed with an own certificate file, wrong password once, and the command line verifies them", async ({
  person,
  folder,
  userData,
  sandbox: _running,
}) => {
  const { window } = person;
  const keys = join(folder, "keys");
  await mkdir(keys);
  const file = makeCertificateFile(keys, "Karin Own", PASSWORD);
  const documents = join(folder, "documents");
  await mkdir(documents);
  await person.open(...(await writeSmallPdfs(documents, ["one.pdf", "two.pdf"])));
  await window.locator('.page[data-page-number="1"][data-loaded="true"]').waitFor();
  // What is opened together is selected together.
  await expect(window.getByRole("button", { name: "Select none" })).toBeVisible();
  await chooseLocalCertificate(person);
  await person.answerFileDialog([file.path]);
  await window.getByRole("button", { name: "Choose certificate file…" }).click();
  const section = window.getByRole("region", { name: "Certificate" });
  await expect(section).toContainText("me.p12");
  // One's own certificate is no practice, and without a timestamp service there is only one level.
  await expect(window.getByText("Nothing here is legally binding.")).toHaveCount(0);
  await expect(section).toContainText("Without a timestamp service only level B-B is possible");
  await expect(window.getByRole("button", { name: /Proof of time/u })).toContainText("None (level B-B)");
  expect(await findObstacles(window)).toEqual([]);

  await pressSign(person);
  await expect(person.dialog()).toContainText("Nothing. Your key signs on this computer");
  await expect(person.dialog()).not.toContainText("A fingerprint of each signature goes to");
  await person.yesButton().click();
  await expect(person.dialog()).toContainText("Enter the password of the certificate file “me.p12”.");
  await person.dialog().getByLabel("Password").fill("wrong");
  await person.dialog().getByRole("button", { name: "Sign", exact: true }).click();
  await expect(person.dialog().getByRole("alert")).toContainText("The password is wrong.");
  await expect(person.dialog().getByLabel("Password")).toHaveValue("");
  expect(await findObstacles(window)).toEqual([]);
  await person.dialog().getByLabel("Password").fill(PASSWORD);
  await window.keyboard.press("Enter");
  expect(await person.outcome()).toContain("2 documents signed");
  await person.dialog().getByRole("button", { name: "Done" }).click();
  await expect(section).toContainText("Karin Own");
  await expect(section).toContainText("Office CA");

  expect(await namesIn(documents)).toEqual(["one-signed.pdf", "one.pdf", "two-signed.pdf", "two.pdf"]);
  const results = ["one-signed.pdf", "two-signed.pdf"].map((name) => join(documents, name));
  const args = ["cli/main.ts", "verify", "--json", "--trust", file.authority, ...results];
  const verified = execFileSync(process.execPath, args, { cwd: root, encoding: "utf8", timeout: 60_000 });
  for (const line of verified.trim().split("\n")) {
    expect(JSON.parse(line)).toMatchObject({
      verdict: "TOTAL-PASSED",
      signatures: [{ signer: "Karin Own", level: "B-B" }],
    });
  }
  expect(await kept(userData)).not.toContain(PASSWORD);
});

test("killed while the password is asked for, the run asks again and is finished", async ({
  person,
  folder,
  userData,
  sandbox,
  startAgain,
}) => {
  await person.open(await contractIn(folder));
  await person.window.locator('.page[data-page-number="1"][data-loaded="true"]').waitFor();
  await chooseLocalCertificate(person);
  await person.window.getByRole("button", { name: "Try the practice certificate" }).click();
  await pressSign(person);
  await person.yesButton().click();
  await person.dialog().getByLabel("Password").fill("never-sent-before-the-crash");
  await crash(person.app);
  expect(await kept(userData)).not.toContain("never-sent-before-the-crash");
  const again = await startAgain();
  await expect(again.dialog()).toContainText("Continued from last time");
  await again.dialog().getByLabel("Password").fill("practice");
  await again.window.keyboard.press("Enter");
  expect(await again.outcome()).toContain("1 document signed");
  const report = await reportOn(join(folder, "contract-signed.pdf"), sandbox.rootCertificatePem);
  expect(report.verdict).toBe("TOTAL-PASSED");
});

test.describe("with a card", () => {
  test.skip(softhsmModule === null, `SoftHSM plays the card${softhsmSkipped}`);

  test("a card is found, wrong PIN once, it signs, and when it is pulled out that is told", async ({
    start,
    practice: _startedBefore,
    folder,
    sandbox,
  }) => {
    const card = makeSoftHsm(softhsmModule ?? "");
    try {
      const app = await start({ env: card.environment });
      const person = new Person(app, await firstDocument(app));
      const { window } = person;
      await person.open(await contractIn(folder));
      await window.locator('.page[data-page-number="1"][data-loaded="true"]').waitFor();
      await chooseLocalCertificate(person);
      await window.getByRole("button", { name: "Card or token…" }).click();
      const use = person.dialog().getByRole("button", { name: "Use this certificate: Card p256, on Karin" });
      await expect(use).toBeVisible({ timeout: 20_000 });
      expect(await findObstacles(window)).toEqual([]);
      await use.click();
      const section = window.getByRole("region", { name: "Certificate" });
      await expect(section).toContainText("Card p256");
      await expect(section).toContainText("It expires in 29 days.");

      await pressSign(person);
      await expect(person.dialog()).toContainText("Card p256, issued by Card issuing");
      await person.yesButton().click();
      await expect(person.dialog()).toContainText("Enter the PIN of “Karin”.");
      await person.dialog().getByLabel("PIN").fill("9999");
      await window.keyboard.press("Enter");
      await expect(person.dialog().getByRole("alert")).toContainText("The PIN is wrong");
      expect(await findObstacles(window)).toEqual([]);
      await person.dialog().getByLabel("PIN").fill(PIN);
      await window.keyboard.press("Enter");
      expect(await person.outcome()).toContain("1 document signed");
      await person.dialog().getByRole("button", { name: "Done" }).click();
      const anchors = `${sandbox.rootCertificatePem}${await readFile(card.rootPem, "utf8")}`;
      const report = await reportOn(join(folder, "contract-signed.pdf"), anchors);
      expect(report).toMatchObject({ verdict: "TOTAL-PASSED", signatures: [{ signer: "Card p256", level: "B-B" }] });

      // Pulled out: told at once, and nothing is left behind.
      card.remove();
      await person.row("contract-signed.pdf").click();
      await pressSign(person);
      await person.yesButton().click();
      await person.outcome();
      await expect(person.dialog()).toContainText("The card or token is not there.");
      expect(await namesIn(folder)).toEqual(["contract-signed.pdf", "contract.pdf"]);
    } finally {
      card.close();
    }
  });
});

/** The files that the program itself keeps: journal, settings, vault. */
async function kept(userData: string): Promise<string> {
  const names = (await readdir(userData)).filter((name) => /\.(?:db|db-wal|json)$/u.test(name));
  return (await Promise.all(names.map((name) => readFile(join(userData, name), "latin1")))).join("\n");
}
