import type { Sandbox } from "../../../sandbox/sandbox.ts";
import type { Person } from "../../../tools/demo/person.ts";
import { crash, crashWhileDelivering, exited } from "../harness/crash.ts";
import type { DeliveryMoment } from "../harness/crash.ts";
import { IdnowPerson, lastOrder, reviewedOrder } from "../harness/idnow-person.ts";
import { expect, test } from "../harness/journey.ts";
import { expectSignedCopy, namesIn } from "../harness/results.ts";

/** IDnow's pages in the sandbox. */
const ORDER_PAGE = /\/(?:status|ident|autoid)\//u;

test("killed while waiting for the identification, the same order's page is opened after the restart", async ({
  person,
  folder,
  sandbox,
  startAgain,
}) => {
  await orderFor(person, folder);
  const { id } = lastOrder(sandbox);
  await crash(person.app);
  const again = await startAgain();
  await expect(again.dialog()).toContainText("Continued from last time");
  await again.dialog().getByRole("button", { name: "Show the provider's window" }).waitFor();
  const shown = (): boolean => again.app.windows().some((window) => ORDER_PAGE.test(window.url()));
  await expect.poll(shown).toBe(true);
  sandbox.control.idnow.sign(id);
  await expectFinished(again, folder, sandbox, id);
});

test("killed between the signature at IDnow and the download, the signed document is fetched after the restart", async ({
  person,
  folder,
  sandbox,
  startAgain,
}) => {
  await orderFor(person, folder);
  const { id } = lastOrder(sandbox);
  sandbox.control.addFault({ operation: "idnow/get-esign-pdf", times: 1000, drop: true });
  sandbox.control.idnow.sign(id);
  await expect(person.dialog()).toContainText("The signed documents are being fetched.");
  await crash(person.app);
  expect(await namesIn(folder)).toEqual(["contract.pdf"]);
  sandbox.control.clearFaults();
  await expectFinished(await startAgain(), folder, sandbox, id);
});

const MOMENTS: readonly DeliveryMoment[] = ["before the name", "between the two names", "after the name"];
for (const moment of MOMENTS) {
  test(`killed after the download, ${moment} of the result, there is exactly one result and no second order`, async ({
    person,
    folder,
    sandbox,
    startAgain,
  }) => {
    await orderFor(person, folder);
    const { id } = lastOrder(sandbox);
    await crashWhileDelivering(person.app, moment);
    const ended = exited(person.app);
    sandbox.control.idnow.sign(id);
    await ended;
    // What was downloaded is kept: IDnow is not asked for it again.
    sandbox.control.addFault({ operation: "idnow/get-esign-pdf", times: 1000, drop: true });
    await expectFinished(await startAgain(), folder, sandbox, id);
  });
}

test("killed before IDnow has answered to the order, the order that IDnow took is found, and no second one is made", async ({
  person,
  folder,
  sandbox,
  startAgain,
}) => {
  await reviewedOrder(person, folder);
  sandbox.control.addFault({ operation: "idnow/put-order", times: 1, delayMilliseconds: 600_000, afterWork: true });
  await person.yesButton().click();
  await expect.poll(() => sandbox.control.idnow.orders()).toHaveLength(1);
  const { id } = lastOrder(sandbox);
  await crash(person.app);
  sandbox.control.clearFaults();
  const again = await startAgain();
  sandbox.control.idnow.sign(id);
  await expectFinished(again, folder, sandbox, id);
});

async function orderFor(person: Person, folder: string): Promise<void> {
  const idnow = await reviewedOrder(person, folder);
  await idnow.confirm();
}

/** The run has ended with the one order that there was, and left one valid result. */
async function expectFinished(person: Person, folder: string, sandbox: Sandbox, order: string): Promise<void> {
  await expect(person.dialog().getByRole("heading", { name: "Finish with IDnow" })).toBeVisible({ timeout: 30_000 });
  expect(sandbox.control.idnow.orders().map(({ id }) => id)).toEqual([order]);
  await new IdnowPerson(person).finish();
  const said = await person.outcome();
  expect(said).toContain("1 document signed");
  expect(said).toContain("Continued from last time");
  expect(sandbox.control.idnow.orders()).toEqual([]);
  await expectSignedCopy(folder, sandbox.rootCertificatePem);
}
