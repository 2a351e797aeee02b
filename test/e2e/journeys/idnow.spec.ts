import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../harness/journey.ts";
import { ERIKA, IdnowPerson, JAN, lastCode, lastOrder } from "../harness/idnow-person.ts";
import { contractIn, namesIn, reportOn } from "../harness/results.ts";
import { signatureFields } from "../harness/signature-fields.ts";

test("a person is identified on IDnow's page, signs there with the code from the phone, and looks at what was found out", async ({
  person,
  folder,
  sandbox,
}) => {
  const contract = await contractIn(folder);
  const original = await readFile(contract);
  const idnow = new IdnowPerson(person);
  await idnow.open(contract);
  await idnow.fillSigner(ERIKA);
  await person.window.getByText("Show me what IDnow found out").click();
  await idnow.pressSign();
  await expect(person.dialog()).toContainText("localhost");
  await expect(person.dialog()).toContainText("Erika Mustermann");
  const page = await idnow.confirm();
  await expect(page.getByText("PRACTICE – not for real use")).toBeVisible();
  await page.getByRole("button", { name: /^Video call/u }).click();
  await page.getByRole("button", { name: "Everything is right" }).click();
  await page.getByRole("button", { name: "Send the TAN" }).click();
  await page.getByLabel("TAN from the text message").fill(lastCode(sandbox));
  await page.getByRole("button", { name: "Sign", exact: true }).click();

  const table = person.window.getByRole("region", { name: "What was ordered and what was checked" });
  await expect(table).toBeVisible({ timeout: 30_000 });
  await expect(table.getByRole("row", { name: /Surname/u })).toContainText("Mustermann");
  expect(await namesIn(folder)).toEqual(["contract-signed.pdf", "contract.pdf"]);
  expect(sandbox.control.idnow.orders()).toHaveLength(1);
  await idnow.finish();
  expect(await person.outcome()).toContain("1 document signed");
  expect(sandbox.control.idnow.orders()).toEqual([]);

  const signed = await readFile(join(folder, "contract-signed.pdf"));
  expect((await readFile(contract)).equals(original)).toBe(true);
  expect(signed.subarray(0, original.length).equals(original)).toBe(true);
  const report = await reportOn(join(folder, "contract-signed.pdf"), sandbox.rootCertificatePem);
  expect(report).toMatchObject({ verdict: "TOTAL-PASSED", signatures: [{ signer: "Erika Mustermann", level: "B-T" }] });
});

test("the code is typed in the program: a wrong one is told, another one is sent, the right one signs", async ({
  person,
  folder,
  sandbox,
}) => {
  const idnow = new IdnowPerson(person);
  await idnow.open(await contractIn(folder));
  await idnow.fillSigner(ERIKA);
  await person.window.getByRole("button", { name: /The code from the phone is typed$/u }).click();
  await person.window.getByRole("option", { name: "here in Sealdesk" }).click();
  await idnow.pressSign();
  await idnow.confirm();
  sandbox.control.idnow.identify(lastOrder(sandbox).id);
  const code = person.window.getByRole("textbox", { name: "Code" });
  await expect(code).toBeVisible({ timeout: 20_000 });
  const right = lastCode(sandbox);
  await code.fill(right === "000000" ? "111111" : "000000");
  await code.press("Enter");
  await expect(person.dialog().getByRole("alert")).toContainText("code");
  await expect(code).toHaveValue("");
  const another = person.window.getByRole("button", { name: "Send a new code", exact: true });
  await another.click({ timeout: 15_000 });
  await expect.poll(() => lastCode(sandbox)).not.toBe(right);
  // The next question begins with an empty field.
  await expect(person.window.getByRole("button", { name: /possible in/u })).toBeVisible();
  await code.fill(lastCode(sandbox));
  await code.press("Enter");
  await person.window.getByRole("button", { name: "Finish", exact: true }).waitFor({ timeout: 30_000 });
  await idnow.finish();
  expect(await person.outcome()).toContain("1 document signed");
  const report = await reportOn(join(folder, "contract-signed.pdf"), sandbox.rootCertificatePem);
  expect(report.verdict).toBe("TOTAL-PASSED");
});

test("two people sign two documents one after the other, their marks beside each other", async ({
  person,
  folder,
  sandbox,
}) => {
  sandbox.control.idnow.setFlaws({ pdfOrder: "reversed" });
  const idnow = new IdnowPerson(person);
  await idnow.open(await contractIn(folder), await contractIn(folder, "annex.pdf"));
  await idnow.fillSigner(ERIKA);
  await person.window.getByRole("button", { name: "Add a signer" }).click();
  await idnow.fillSigner(JAN, 2);
  await idnow.pressSign();
  await expect(person.dialog()).toContainText("Jan van den Berg");
  await idnow.confirm();
  sandbox.control.idnow.sign(lastOrder(sandbox).id);
  await expect.poll(() => sandbox.control.idnow.orders().length, { timeout: 20_000 }).toBe(2);
  await expect(person.dialog()).toContainText("Jan van den Berg");
  sandbox.control.idnow.sign(lastOrder(sandbox).id);
  await person.window.getByRole("button", { name: "Finish", exact: true }).waitFor({ timeout: 30_000 });
  await idnow.finish();
  expect(await person.outcome()).toContain("signed");
  const names = (await namesIn(folder)).filter((name) => name.endsWith("-signed.pdf"));
  expect(names).toEqual(["annex-signed.pdf", "contract-signed.pdf"]);
  for (const name of names) {
    const report = await reportOn(join(folder, name), sandbox.rootCertificatePem);
    expect(report.verdict).toBe("TOTAL-PASSED");
    expect(report.signatures.map(({ signer }) => signer)).toEqual(["Erika Mustermann", "Jan van den Berg"]);
    const [first, second] = signatureFields(join(folder, name)).map(({ rectangle }) => rectangle);
    expect(second?.[1]).toBeGreaterThanOrEqual(first?.[3] ?? Number.NaN);
  }
});
