import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import type { Person } from "../../../tools/demo/person.ts";
import { ANNA, BJORN, BankIdPerson, lastOrder, takenOrder } from "../harness/bankid-person.ts";
import { crash } from "../harness/crash.ts";
import { expect, test } from "../harness/journey.ts";
import { contractIn, namesIn, reportOn } from "../harness/results.ts";

test("the code on the screen is scanned, the app shows the text of the sheet, and the copy has evidence and seal", async ({
  person,
  folder,
  sandbox,
}) => {
  const contract = await contractIn(folder);
  const original = await readFile(contract);
  const bankid = new BankIdPerson(person);
  await bankid.open(contract);
  const text = await bankid.pressSign();
  expect(text).toContain("“contract.pdf”");
  expect(text).toContain("3 pages");
  await bankid.confirm();
  const scanned = await bankid.scan(sandbox);
  expect(scanned).toMatchObject({ takenBy: "code", visibleText: text });
  // The code goes as soon as an app has the order.
  await expect(person.dialog()).toContainText("Searching for BankID");
  await expect(bankid.code()).toHaveCount(0);
  sandbox.control.bankid.choose(scanned.id, BJORN);
  await expect(person.dialog()).toContainText("Enter your security code in the BankID app");
  sandbox.control.bankid.approve(scanned.id);

  const said = await person.outcome();
  expect(said).toContain("1 document signed");
  // The copy is put into the list a moment after the run has ended.
  await expect(person.dialog()).toContainText("Signed with BankID (evidence), sealed by");
  await expect(person.dialog()).not.toContainText(/signed by Björn/iu);
  expect(await namesIn(folder)).toEqual(["contract-signed.pdf", "contract.pdf"]);
  expect((await readFile(contract)).equals(original)).toBe(true);
  await expectSealed(join(folder, "contract-signed.pdf"), original, sandbox);
  // Opened again, the window keeps person and seal apart.
  await person.dialog().getByRole("button", { name: "Verify", exact: false }).first().click();
  const panel = person.window.getByRole("tabpanel");
  await expect(panel.getByRole("article", { name: /Björn Öberg/u })).toContainText("no PDF signature", {
    timeout: 20_000,
  });
});

test("the app on this computer is opened by its link, and takes the same order", async ({
  person,
  folder,
  sandbox,
}) => {
  const opened = await watchTheSystem(person);
  const bankid = new BankIdPerson(person);
  await bankid.begin(await contractIn(folder));
  const app = await bankid.openHere();
  await expect(person.dialog()).toContainText("BankID");
  expect(await lastOrder(sandbox)).toMatchObject({ takenBy: "link" });
  // Nobody's real app was asked.
  expect(await opened()).toEqual([]);
  await app.getByRole("button", { name: "Continue" }).click();
  await expect(app.getByRole("region", { name: /What you sign/u })).toContainText("contract.pdf");
  await app.getByRole("button", { name: "Sign", exact: true }).click();
  expect(await person.outcome()).toContain("1 document signed");
  expectNoFurtherOrder(sandbox);
});

test("two documents are signed by one signature, each with the evidence", async ({ person, folder, sandbox }) => {
  const paths = [await contractIn(folder), await contractIn(folder, "annex.pdf")];
  const bankid = new BankIdPerson(person);
  await bankid.open(...paths);
  expect(await bankid.pressSign()).toContain("2. “");
  await bankid.confirm();
  sandbox.control.bankid.approve((await takenOrder(sandbox)).id);
  expect(await person.outcome()).toContain("2 documents signed");
  expectNoFurtherOrder(sandbox);
  for (const path of paths) {
    await expectSealed(path.replace(".pdf", "-signed.pdf"), await readFile(path), sandbox);
  }
});

test("cancelled in the app, the document can be signed again", async ({ person, folder, sandbox }) => {
  const bankid = new BankIdPerson(person);
  await bankid.begin(await contractIn(folder));
  const { id } = await takenOrder(sandbox);
  sandbox.control.bankid.cancel(id);
  expect(await person.outcome()).toContain("You cancelled in the BankID app.");
  await person.dialog().getByRole("button", { name: "Try 1 again" }).click();
  await person.yesButton().click();
  await bankid.code().waitFor();
  sandbox.control.bankid.approve((await takenOrder(sandbox)).id);
  expect(await person.outcome()).toContain("1 document signed");
  expect(await namesIn(folder)).toEqual(["contract-signed.pdf", "contract.pdf"]);
});

test("cancelled in the window, a signature that comes later is not fetched", async ({ person, folder, sandbox }) => {
  const bankid = new BankIdPerson(person);
  await bankid.begin(await contractIn(folder));
  const { id } = await takenOrder(sandbox);
  await expect(person.dialog()).toContainText("Searching for BankID");
  await person.dialog().getByRole("button", { name: "Cancel signing" }).click();
  expect(await person.outcome()).toContain("cancelled");
  sandbox.control.bankid.approve(id);
  expect(await namesIn(folder)).toEqual(["contract.pdf"]);
});

test("a code that nobody scans is followed by another one; an order that runs out says so", async ({
  person,
  folder,
  sandbox,
}) => {
  const bankid = new BankIdPerson(person);
  await bankid.begin(await contractIn(folder));
  const first = await lastOrder(sandbox);
  sandbox.control.bankid.fail(first.id, "startFailed");
  const second = await lastOrder(sandbox, first.id);
  expect(second.visibleText).toBe(first.visibleText);
  // The picture of the first one may still be on the screen for a moment.
  await expect(async () => expect((await bankid.scan(sandbox)).id).toBe(second.id)).toPass();
  sandbox.control.bankid.fail(second.id, "expiredTransaction");
  expect(await person.outcome()).toContain("The BankID app did not answer in time.");
  expect(await namesIn(folder)).toEqual(["contract.pdf"]);
});

test("only the person whose number was given can sign, and somebody else's signature is never delivered", async ({
  person,
  folder,
  sandbox,
}) => {
  const bankid = new BankIdPerson(person);
  await bankid.open(await contractIn(folder));
  await bankid.expect(ANNA);
  await bankid.pressSign();
  await expect(person.dialog()).toContainText("Only the person with the number 18920114-9847.");
  await bankid.confirm();
  const { id } = await takenOrder(sandbox);
  expect(() => sandbox.control.bankid.choose(id, BJORN)).toThrow("other-person");
  // A server that lets somebody else sign all the same is found out.
  sandbox.control.bankid.setFlaws({ signer: "other-person" });
  sandbox.control.bankid.approve(id);
  expect(await person.outcome()).toContain("Somebody else has signed.");
  expect(await namesIn(folder)).toEqual(["contract.pdf"]);
});

test("killed while the app has the order, the signature is fetched after the restart without another one", async ({
  person,
  folder,
  sandbox,
  startAgain,
}) => {
  const contract = await contractIn(folder);
  const bankid = new BankIdPerson(person);
  await bankid.begin(contract);
  const { id } = await takenOrder(sandbox);
  await expect(person.dialog()).toContainText("Searching for BankID");
  await crash(person.app);
  sandbox.control.bankid.approve(id);
  const again = await startAgain();
  const said = await again.outcome();
  expect(said).toContain("1 document signed");
  expect(said).toContain("Continued from last time");
  expectNoFurtherOrder(sandbox);
  await expectSealed(join(folder, "contract-signed.pdf"), await readFile(contract), sandbox);
});

/** Takes the place of the system that opens programs; resolves to what it was asked for since. */
async function watchTheSystem(person: Person): Promise<() => Promise<readonly string[]>> {
  await person.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (address) => void opened.push(address);
  });
  return () => person.app.evaluate(() => (globalThis as unknown as { readonly opened: readonly string[] }).opened);
}

/** The one that was signed is forgotten once it was fetched; another one would be there. */
function expectNoFurtherOrder(sandbox: Sandbox): void {
  expect(sandbox.control.bankid.orders()).toEqual([]);
}

/** The original's bytes, the evidence behind them, the seal over all. */
async function expectSealed(path: string, original: Buffer, sandbox: Sandbox): Promise<void> {
  const signed = await readFile(path);
  expect(signed.subarray(0, original.length).equals(original)).toBe(true);
  const report = await reportOn(path, sandbox.rootCertificatePem, await sandbox.bankidRootPem());
  expect(report).toMatchObject({
    verdict: "TOTAL-PASSED",
    signatures: [{ level: "B-T" }],
    evidence: [{ verdict: "passed", document: { size: original.length, pages: 3 }, sealedBy: { signature: 1 } }],
  });
}
