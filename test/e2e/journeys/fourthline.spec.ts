import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../harness/journey.ts";
import { ANNA, FourthlinePerson, lastPasscode, lastSignature } from "../harness/fourthline-person.ts";
import { contractIn, namesIn, reportOn } from "../harness/results.ts";

test("two documents are read, agreed to with each condition, and signed with the code from the phone", async ({
  person,
  folder,
  sandbox,
}) => {
  const fourthline = new FourthlinePerson(person);
  await fourthline.open(await contractIn(folder), await contractIn(folder, "annex.pdf"));
  await fourthline.fillIn(ANNA);
  await fourthline.sign();
  const { window } = person;
  await window.getByRole("button", { name: "Read “annex.pdf”" }).click({ timeout: 20_000 });
  await expect(person.dialog()).toHaveCount(0);
  await window.locator('.page[data-page-number="1"][data-loaded="true"]').waitFor();
  await window.getByRole("button", { name: "Back to the approval" }).click();
  await fourthline.agree();
  await expect(person.dialog()).toContainText("+31 *** 5678", { timeout: 20_000 });

  const code = window.getByRole("textbox", { name: "Code" });
  await code.waitFor({ timeout: 20_000 });
  const right = lastPasscode(sandbox);
  await fourthline.type(right === "000000" ? "111111" : "000000");
  await expect(person.dialog().getByRole("alert")).toContainText("not accepted", { timeout: 20_000 });
  await expect(person.dialog()).toContainText("You have 2 attempts left.");
  await expect(code).toHaveValue("");
  await fourthline.type(right);
  expect(await person.outcome()).toContain("2 documents signed");
  const signed = (await namesIn(folder)).filter((name) => name.endsWith("-signed.pdf"));
  expect(signed).toEqual(["annex-signed.pdf", "contract-signed.pdf"]);
  for (const name of signed) {
    expect(await reportOn(join(folder, name), sandbox.rootCertificatePem)).toMatchObject({
      verdict: "TOTAL-PASSED",
      signatures: [{ signer: "Anna Maria Sofia de Vries", level: "B-T" }],
    });
  }
  expect(lastSignature(sandbox).history.map(({ status }) => status)).toEqual([
    "new",
    "pending",
    "user_consent_required",
    "confirmation_required",
    "signed",
  ]);
});

test("a new picture of the face is chosen from a file, looked at and sent", async ({ person, folder, sandbox }) => {
  const fourthline = new FourthlinePerson(person);
  await fourthline.open(await contractIn(folder));
  await fourthline.fillIn({
    ...ANNA,
    "Given names": "Daan",
    Surname: "Visser",
    "Your reference of the person": "practice-selfie",
  });
  await fourthline.sign();
  const { window } = person;
  const file = window.getByLabel("Picture of your face");
  await file.waitFor({ timeout: 20_000 });
  const text = join(folder, "face.txt");
  await writeFile(text, "no picture");
  await file.setInputFiles(text);
  await expect(person.dialog().getByRole("alert")).toContainText("not a JPEG");
  const picture = await window.evaluate(async () => {
    const canvas = new OffscreenCanvas(64, 64);
    canvas.getContext("2d")?.fillRect(8, 8, 32, 32);
    const blob = await canvas.convertToBlob({ type: "image/jpeg" });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  await file.setInputFiles({ name: "face.jpg", mimeType: "image/jpeg", buffer: Buffer.from(picture) });
  await expect(window.getByRole("img", { name: "The picture that will be sent" })).toBeVisible();
  await window.getByRole("button", { name: "Send the picture" }).click();
  await fourthline.agree();
  await window.getByRole("textbox", { name: "Code" }).waitFor({ timeout: 20_000 });
  await fourthline.type(lastPasscode(sandbox));
  expect(await person.outcome()).toContain("1 document signed");
  const report = await reportOn(join(folder, "contract-signed.pdf"), sandbox.rootCertificatePem);
  expect(report).toMatchObject({ verdict: "TOTAL-PASSED", signatures: [{ signer: "Daan Visser" }] });
});

test("while the identification is processed nothing is handed out as signed, and a mismatch leads to a second signature", async ({
  person,
  folder,
  sandbox,
}) => {
  sandbox.control.fourthline.setSettings({ verificationMilliseconds: null });
  const fourthline = new FourthlinePerson(person);
  await fourthline.open(await contractIn(folder));
  await fourthline.fillIn({
    ...ANNA,
    "Given names": "Lotte",
    Surname: "Bakker-Jansen",
    "Your reference of the person": "practice-mismatch",
  });
  await fourthline.isStillIdentified();
  await fourthline.sign();
  await fourthline.agree();
  const { window } = person;
  await window.getByRole("textbox", { name: "Code" }).waitFor({ timeout: 20_000 });
  await fourthline.type(lastPasscode(sandbox));
  await expect(person.dialog()).toContainText("not binding yet", { timeout: 20_000 });
  expect(await namesIn(folder)).toEqual(["contract.pdf"]);
  sandbox.control.fourthline.finishVerification(lastSignature(sandbox).id, "mismatch");
  await window.getByRole("button", { name: "Continue", exact: true }).click({ timeout: 20_000 });
  const number = person.dialog().getByRole("textbox", { name: "Mobile phone" });
  await number.waitFor({ timeout: 20_000 });
  await number.fill("+31 6 12345678");
  await number.press("Enter");
  await fourthline.agree();
  await window.getByRole("textbox", { name: "Code" }).waitFor({ timeout: 20_000 });
  await fourthline.type(lastPasscode(sandbox));
  expect(await person.outcome()).toContain("1 document signed");
  const report = await reportOn(join(folder, "contract-signed.pdf"), sandbox.rootCertificatePem);
  expect(report.verdict).toBe("TOTAL-PASSED");
  expect(report.signatures.map(({ signer }) => signer)).toEqual([
    "Lotte Bakker-Jansen",
    "Fourthline practice countersignature",
  ]);
});
