import type { ElectronApplication } from "@playwright/test";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { PHONE } from "../../../tools/demo/person.ts";
import type { Person } from "../../../tools/demo/person.ts";
import { crash, crashWhileDelivering, exited } from "../harness/crash.ts";
import type { DeliveryMoment } from "../harness/crash.ts";
import { expect, test } from "../harness/journey.ts";
import { expectSignedCopy, namesIn, openContract } from "../harness/results.ts";

test("killed while waiting for the identification, the same request goes on after the restart", async ({
  person,
  folder,
  sandbox,
  startAgain,
}) => {
  await openContract(person, folder);
  await person.signWith(PHONE.anna);
  await onPhone(sandbox, "identification");
  await crash(person.app);
  const again = await startAgain();
  await expect(again.dialog()).toContainText("Continued from last time");
  approveLast(sandbox);
  await onPhone(sandbox, "signing");
  approveLast(sandbox);
  await expectFinished(again, folder, sandbox);
});

test("killed while waiting for the approval, no second request is sent to the phone", async ({
  person,
  folder,
  sandbox,
  startAgain,
}) => {
  await openContract(person, folder);
  await approvedUpToSigning(person, sandbox);
  await crash(person.app);
  const again = await startAgain();
  await expect(again.dialog()).toContainText("Continued from last time");
  expect(sandbox.control.itsme.sessions()).toHaveLength(2);
  approveLast(sandbox);
  await expectFinished(again, folder, sandbox);
});

test("killed after the approval on the phone and before the program heard of it, the run is finished", async ({
  person,
  folder,
  sandbox,
  startAgain,
}) => {
  await openContract(person, folder);
  await approvedUpToSigning(person, sandbox);
  sandbox.control.addFault({ operation: "itsme/sign-status", times: 1000, drop: true });
  approveLast(sandbox);
  await crash(person.app);
  expect(await namesIn(folder)).toHaveLength(2);
  sandbox.control.clearFaults();
  await expectFinished(await startAgain(), folder, sandbox);
});

test("killed while the signing request is started, the person need not identify again", async ({
  person,
  folder,
  sandbox,
  startAgain,
}) => {
  await openContract(person, folder);
  sandbox.control.addFault({ operation: "itsme/sign-start", delayMilliseconds: 600_000 });
  await person.signWith(PHONE.marie);
  // Once the copy is prepared, the only thing left to do is the request that is never answered.
  await expect(person.dialog()).toContainText("Sealdesk is at work");
  await expect.poll(() => namesIn(folder)).toHaveLength(2);
  await crash(person.app);
  sandbox.control.clearFaults();
  const again = await startAgain();
  expect(await again.outcome()).toContain("1 document signed");
  expect(sandbox.control.itsme.sessions().filter(({ kind }) => kind === "identification")).toHaveLength(1);
  await expectResult(folder, sandbox);
});

test("killed while the timestamp is fetched, the approval is kept and the run is finished", async ({
  person,
  folder,
  sandbox,
  startAgain,
}) => {
  await openContract(person, folder);
  sandbox.control.addFault({ operation: "tsa", times: 100, delayMilliseconds: 600_000 });
  await person.signWith(PHONE.marie);
  await expect(person.dialog()).toContainText("Timestamping", { timeout: 30_000 });
  await crash(person.app);
  sandbox.control.clearFaults();
  await expectFinished(await startAgain(), folder, sandbox);
});

const MOMENTS: readonly DeliveryMoment[] = ["before the name", "between the two names", "after the name"];
for (const moment of MOMENTS) {
  test(`killed ${moment} of the result, there is exactly one result after the restart`, async ({
    person,
    folder,
    sandbox,
    startAgain,
  }) => {
    await openContract(person, folder);
    await crashWhileDelivering(person.app, moment);
    const ended = exited(person.app);
    await person.signWith(PHONE.marie);
    await ended;
    await expectFinished(await startAgain(), folder, sandbox);
  });
}

test("closed while waiting for the approval, it goes on at the next start", async ({
  person,
  app,
  folder,
  sandbox,
  startAgain,
}) => {
  await openContract(person, folder);
  await approvedUpToSigning(person, sandbox);
  await close(app);
  approveLast(sandbox);
  await expectFinished(await startAgain(), folder, sandbox);
});

async function onPhone(sandbox: Sandbox, kind: "identification" | "signing"): Promise<void> {
  await expect
    .poll(
      () => {
        const last = sandbox.control.itsme.sessions().at(-1);
        return last === undefined ? "" : `${last.kind} ${last.step}`;
      },
      { timeout: 20_000 },
    )
    .toBe(`${kind} phone`);
}

function approveLast(sandbox: Sandbox): void {
  sandbox.control.itsme.approve(sandbox.control.itsme.sessions().at(-1)?.id ?? "");
}

async function approvedUpToSigning(person: Person, sandbox: Sandbox): Promise<void> {
  await person.signWith(PHONE.anna);
  await onPhone(sandbox, "identification");
  approveLast(sandbox);
  await onPhone(sandbox, "signing");
}

async function close(app: ElectronApplication): Promise<void> {
  const ended = exited(app);
  await app.close();
  await ended;
}

/** The run has ended without a further request, and left one valid result. */
async function expectFinished(person: Person, folder: string, sandbox: Sandbox): Promise<void> {
  const said = await person.outcome();
  expect(said).toContain("1 document signed");
  expect(said).toContain("Continued from last time");
  expect(sandbox.control.itsme.sessions().map(({ kind }) => kind)).toEqual(["identification", "signing"]);
  await expectResult(folder, sandbox);
}

async function expectResult(folder: string, sandbox: Sandbox): Promise<void> {
  const { signatures } = await expectSignedCopy(folder, sandbox.rootCertificatePem);
  expect(signatures.map(({ level }) => level)).toEqual(["B-T"]);
}
