import type { Person } from "../../../tools/demo/person.ts";
import { PHONE } from "../../../tools/demo/person.ts";
import { expect, test } from "../harness/journey.ts";
import { expectSignedCopy, namesIn, openContract } from "../harness/results.ts";

/** Runs that do not end with a signature: how the dialog is headed then, each in words of its own. */
const ENDINGS = {
  identifying: [
    {
      what: "the identification is refused",
      phone: PHONE.refusesIdentification,
      says: "You refused in the itsme app.",
    },
    {
      what: "the identification runs out",
      phone: PHONE.identificationExpires,
      says: "The request in the itsme app ran out.",
    },
    { what: "the account is blocked", phone: PHONE.blocked, says: "Your itsme account may not sign." },
    {
      what: "the certificate has expired",
      phone: PHONE.expiredCertificate,
      says: "Your signing certificate cannot be used.",
    },
  ],
  signing: [
    { what: "the signature is refused", phone: PHONE.refusesToSign, says: "You refused to sign in the itsme app." },
    {
      what: "the signature request runs out",
      phone: PHONE.signingExpires,
      says: "The signature request in the itsme app ran out.",
    },
    { what: "the value is wrong", phone: PHONE.wrongValue, says: "The signature that came back is wrong." },
  ],
} as const;

for (const stage of ["identifying", "signing"] as const) {
  test(`each bad ending while ${stage} has its own sentence, leaves nothing behind, and the document can be tried again`, async ({
    person,
    folder,
    sandbox,
  }) => {
    test.slow();
    await openContract(person, folder);
    await person.pressSign();
    for (const { what, phone, says } of ENDINGS[stage]) {
      await test.step(what, async () => {
        await person.identify(await person.confirm(), phone);
        await person.outcome();
        await expect(person.dialog().getByRole("heading", { name: says })).toBeVisible();
        await expect(person.dialog().getByRole("alert")).toBeVisible();
        expect(await namesIn(folder)).toEqual(["contract.pdf"]);
        await person.dialog().getByRole("button", { name: "Try 1 again" }).click();
        await person.yesButton().waitFor();
      });
    }
    await person.identify(await person.confirm(), PHONE.marie);
    expect(await person.outcome()).toContain("1 document signed");
    await expectSignedCopy(folder, sandbox.rootCertificatePem);
  });
}

test("what a revoked certificate signed is not delivered, and the person is told why", async ({
  person,
  folder,
  sandbox,
}) => {
  await sandbox.control.itsme.setCertificateStatus(PHONE.revokedCertificate, "revoked");
  await openContract(person, folder);
  await person.signWith(PHONE.revokedCertificate);
  await person.outcome();
  await expect(person.dialog()).toContainText("A certificate has been revoked.");
  expect(await namesIn(folder)).not.toContain("contract-signed.pdf");
});

test("closing the provider's window does not end the run, and its page can be opened again", async ({
  person,
  folder,
  sandbox,
}) => {
  await openContract(person, folder);
  const first = await person.signAndConfirm();
  await first.close();
  await expect(person.dialog()).toContainText("The itsme page is closed.");
  const opened = person.app.waitForEvent("window");
  await person.dialog().getByRole("button", { name: "Open the page again" }).click();
  const second = await opened;
  await second.waitForURL(/identify_yourself/u);
  await person.identify(second, PHONE.anna);
  await expect.poll(() => sandbox.control.itsme.sessions().at(-1)?.step).toBe("phone");
  sandbox.control.itsme.approve(sandbox.control.itsme.sessions().at(-1)?.id ?? "");

  const signing = await person.signingPage();
  await expect.poll(() => sandbox.control.itsme.sessions().at(-1)?.step).toBe("phone");
  await signing.close();
  await expect(person.dialog()).toContainText("The itsme page is closed.");
  sandbox.control.itsme.approve(sandbox.control.itsme.sessions().at(-1)?.id ?? "");
  expect(await person.outcome()).toContain("1 document signed");
  expect(sandbox.control.itsme.sessions()).toHaveLength(2);
  await expectSignedCopy(folder, sandbox.rootCertificatePem);
});

test("a provider's page that crashes is closed, and can be opened again", async ({ person, folder, sandbox }) => {
  await openContract(person, folder);
  const first = await person.signAndConfirm();
  await first.waitForURL(/identify_yourself/u);
  await person.app.evaluate(({ BrowserWindow }) => {
    const windows = BrowserWindow.getAllWindows();
    windows.find((window) => window.getParentWindow() !== null)?.webContents.forcefullyCrashRenderer();
  });
  await expect(person.dialog()).toContainText("The itsme page is closed.");
  const opened = person.app.waitForEvent("window");
  await person.dialog().getByRole("button", { name: "Open the page again" }).click();
  const second = await opened;
  await person.identify(second, PHONE.marie);
  expect(await person.outcome()).toContain("1 document signed");
  expect(sandbox.control.itsme.sessions()).toHaveLength(2);
});

test("cancelling while identifying closes the page and leaves nothing behind", async ({ person, folder, sandbox }) => {
  await openContract(person, folder);
  const page = await person.signAndConfirm();
  const closed = page.waitForEvent("close");
  await person.dialog().getByRole("button", { name: "Cancel signing" }).click();
  await closed;
  await person.outcome();
  await expect(person.dialog().getByRole("heading", { name: "You cancelled." })).toBeVisible();
  expect(await namesIn(folder)).toEqual(["contract.pdf"]);
  await retrySigns(person, folder, sandbox.rootCertificatePem);
});

test("cancelling while signing closes the page and removes the prepared copy", async ({ person, folder, sandbox }) => {
  await openContract(person, folder);
  await person.signWith(PHONE.anna);
  await expect.poll(() => sandbox.control.itsme.sessions().at(-1)?.step).toBe("phone");
  sandbox.control.itsme.approve(sandbox.control.itsme.sessions().at(-1)?.id ?? "");
  const page = await person.signingPage();
  expect(await namesIn(folder)).toHaveLength(2);
  const closed = page.waitForEvent("close");
  await person.dialog().getByRole("button", { name: "Cancel signing" }).click();
  await closed;
  await person.outcome();
  await expect(person.dialog().getByRole("heading", { name: "You cancelled." })).toBeVisible();
  expect(await namesIn(folder)).toEqual(["contract.pdf"]);
  await retrySigns(person, folder, sandbox.rootCertificatePem);
});

test("a service that cannot be reached from the start says so", async ({ person, folder, sandbox }) => {
  await openContract(person, folder);
  sandbox.control.addFault({ operation: "itsme/identification", times: 50, drop: true });
  await person.confirmSigning();
  await person.outcome();
  await expect(
    person.dialog().getByRole("heading", { name: "The signing service could not be reached." }),
  ).toBeVisible();
  expect(await namesIn(folder)).toEqual(["contract.pdf"]);
  sandbox.control.clearFaults();
  await retrySigns(person, folder, sandbox.rootCertificatePem);
});

test("a network that goes away in the middle is waited for", async ({ person, folder, sandbox }) => {
  await openContract(person, folder);
  await person.signWith(PHONE.anna);
  await expect.poll(() => sandbox.control.itsme.sessions().at(-1)?.step).toBe("phone");
  sandbox.control.itsme.approve(sandbox.control.itsme.sessions().at(-1)?.id ?? "");
  const signing = await person.signingPage();
  await expect.poll(() => sandbox.control.itsme.sessions().at(-1)?.step).toBe("phone");
  sandbox.control.addFault({ operation: "itsme/sign-status", times: 1000, drop: true });
  await signing.close();
  await expect(person.dialog()).toContainText("itsme does not answer at the moment. Sealdesk keeps trying.");
  sandbox.control.itsme.approve(sandbox.control.itsme.sessions().at(-1)?.id ?? "");
  sandbox.control.clearFaults();
  expect(await person.outcome()).toContain("1 document signed");
  expect(sandbox.control.itsme.sessions()).toHaveLength(2);
  await expectSignedCopy(folder, sandbox.rootCertificatePem);
});

/** From the dialog of a failed run: the same document, somebody who approves, and all is well. */
async function retrySigns(person: Person, folder: string, anchors: string): Promise<void> {
  await person.dialog().getByRole("button", { name: "Try 1 again" }).click();
  await person.identify(await person.confirm(), PHONE.marie);
  expect(await person.outcome()).toContain("1 document signed");
  await expectSignedCopy(folder, anchors);
}
