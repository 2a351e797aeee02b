import { basename, join } from "node:path";
import type { Page } from "@playwright/test";
import type { IdnowFlaws } from "../../../sandbox/idnow/flaws.ts";
import { noFlaws } from "../../../sandbox/idnow/flaws.ts";
import type { IdnowControl } from "../../../sandbox/idnow/idnow-control.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import type { Person } from "../../../tools/demo/person.ts";
import { crash } from "../harness/crash.ts";
import { IdnowPerson, lastCode, lastOrder, reviewedOrder } from "../harness/idnow-person.ts";
import { expect, test } from "../harness/journey.ts";
import { namesIn, reportOn } from "../harness/results.ts";

type Play = (idnow: IdnowControl, order: string, page: Page, sandbox: Sandbox) => Promise<void> | void;

/** How IDnow can end an order without a signature, and how the dialog is headed then: each in words of its own. */
const ENDINGS: readonly (readonly [what: string, says: string, play: Play])[] = [
  ["declined (16)", "The identification was declined.", (idnow, order) => void idnow.end(order, { kind: 16 })],
  ["not passed (17, sub 73)", "IDnow could not identify you.", (idnow, order) => void idnow.negative(order, 73)],
  [
    "suspected of fraud (89), then negative (17)",
    "IDnow did not accept the identification.",
    (idnow, order) => {
      idnow.suspectFraud(order);
      idnow.negative(order);
    },
  ],
  ["run out (99)", "The order at IDnow ran out.", (idnow, order) => void idnow.end(order, { kind: 99 })],
  ["given up (103)", "The signing at IDnow was given up.", (idnow, order) => void idnow.end(order, { kind: 103 })],
  [
    "the phone is somebody else's (29, sub 65)",
    "The mobile number belongs to somebody else at the trust service.",
    (idnow, order) => void idnow.end(order, { kind: 29, subKind: 65 }),
  ],
  [
    "three wrong codes",
    "A wrong code was entered too often.",
    async (idnow, order, page, sandbox) => {
      idnow.identify(order);
      await page.reload();
      await page.getByRole("button", { name: "Send the TAN" }).click();
      for (let tries = 0; tries < 3; tries += 1) {
        await page.getByLabel("TAN from the text message").fill(lastCode(sandbox) === "000000" ? "111111" : "000000");
        const sign = page.getByRole("button", { name: "Sign", exact: true });
        // After the last one the program closes the page as soon as it hears of the end.
        await Promise.all([sign.click(), tries < 2 ? page.waitForEvent("framenavigated") : null]);
      }
    },
  ],
];

test("each bad ending at IDnow has its own sentence, leaves nothing behind, and the document can be tried again", async ({
  person,
  folder,
  sandbox,
}) => {
  test.slow();
  const idnow = await reviewedOrder(person, folder);
  for (const [what, says, play] of ENDINGS) {
    await test.step(what, async () => {
      const page = await idnow.confirm();
      await play(sandbox.control.idnow, lastOrder(sandbox).id, page, sandbox);
      await person.outcome();
      await expect(person.dialog().getByRole("heading", { name: says })).toBeVisible();
      expect(await namesIn(folder)).toEqual(["contract.pdf"]);
      await tryAgain(person);
    });
  }
  await idnow.confirm();
  sandbox.control.idnow.sign(lastOrder(sandbox).id);
  await expectSigned(person, folder, sandbox);
});

/** What may be wrong with the documents that IDnow gives back. */
const WRONG: readonly (readonly [flaw: Partial<IdnowFlaws>, says: RegExp])[] = [
  [{ pdf: "re-saved" }, /nobody ordered|not the document that was sent/u],
  [{ pdf: "changed-byte" }, /nobody ordered|not the document that was sent/u],
  [{ pdf: "other-file" }, /nobody ordered|not the document that was sent/u],
  [{ pdf: "unsigned" }, /No signature came back/u],
  [{ pdf: "broken-value" }, /did not verify|verif/iu],
  [{ signer: "somebody-else" }, /signed by somebody else/u],
];

test("a document that comes back wrong is never delivered, and nothing is deleted at IDnow", async ({
  person,
  folder,
  sandbox,
}) => {
  test.slow();
  const idnow = await reviewedOrder(person, folder);
  for (const [flaw, says] of WRONG) {
    await test.step(JSON.stringify(flaw), async () => {
      sandbox.control.idnow.setFlaws({ ...noFlaws, ...flaw });
      await idnow.confirm();
      const order = lastOrder(sandbox).id;
      sandbox.control.idnow.sign(order);
      await person.outcome();
      await expect(person.dialog()).toContainText(says);
      expect(await namesIn(folder)).toEqual(["contract.pdf"]);
      expect(sandbox.control.idnow.orders().map(({ id }) => id)).toContain(order);
      await tryAgain(person);
    });
  }
});

test("IDnow's page can be closed and opened again, and cancelling takes the order back", async ({
  person,
  folder,
  sandbox,
}) => {
  const idnow = await reviewedOrder(person, folder);
  await (await idnow.confirm()).close();
  const opened = person.app.waitForEvent("window");
  await person
    .dialog()
    .getByRole("button", { name: /open.*again/iu })
    .click();
  await (await opened).waitForURL(/\/status\//u);
  await person.dialog().getByRole("button", { name: "Cancel signing" }).click();
  await person.outcome();
  await expect(person.dialog().getByRole("heading", { name: "You cancelled." })).toBeVisible();
  expect(lastOrder(sandbox).history.some(({ kind }) => kind === 63)).toBe(true);
  expect(await namesIn(folder)).toEqual(["contract.pdf"]);
});

test.describe("killed", () => {
  test("while IDnow waits for the person, the same order goes on after the restart", async ({
    person,
    folder,
    sandbox,
    startAgain,
  }) => {
    await ordered(person, folder);
    await crash(person.app);
    const again = await startAgain();
    await expect(again.dialog()).toContainText("Continued from last time");
    sandbox.control.idnow.sign(lastOrder(sandbox).id);
    await expectSigned(again, folder, sandbox);
  });

  test("after the signature at IDnow and before the program heard of it, the document is fetched", async ({
    person,
    folder,
    sandbox,
    startAgain,
  }) => {
    await ordered(person, folder);
    sandbox.control.addFault({ operation: "idnow/get-status", times: 1000, drop: true });
    sandbox.control.idnow.sign(lastOrder(sandbox).id);
    await crash(person.app);
    sandbox.control.clearFaults();
    await expectSigned(await startAgain(), folder, sandbox);
    expect(sandbox.control.idnow.messages().filter(({ tan }) => tan !== "")).toHaveLength(1);
  });
});

async function tryAgain(person: Person): Promise<void> {
  await person.dialog().getByRole("button", { name: "Try 1 again" }).click();
  await person.yesButton().waitFor();
}

async function ordered(person: Person, folder: string): Promise<void> {
  await (await reviewedOrder(person, folder)).confirm();
}

async function expectSigned(person: Person, folder: string, sandbox: Sandbox): Promise<void> {
  await person.window.getByRole("button", { name: "Finish", exact: true }).waitFor({ timeout: 30_000 });
  await new IdnowPerson(person).finish();
  expect(await person.outcome()).toContain("1 document signed");
  const [signed] = (await namesIn(folder)).filter((name) => name.endsWith("-signed.pdf"));
  const report = await reportOn(join(folder, basename(signed ?? "")), sandbox.rootCertificatePem);
  expect(report.verdict).toBe("TOTAL-PASSED");
}
