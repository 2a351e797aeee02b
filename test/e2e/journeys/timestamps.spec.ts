import { join } from "node:path";
import { PHONE } from "../../../tools/demo/person.ts";
import type { Person } from "../../../tools/demo/person.ts";
import { expect, test } from "../harness/journey.ts";
import { contractIn, namesIn, reportOn } from "../harness/results.ts";

test.beforeEach(async ({ person, folder, sandbox }) => {
  sandbox.control.addFault({ operation: "tsa", times: 1000, drop: true });
  await person.open(await contractIn(folder));
  await person.seesPages();
  await person.signWith(PHONE.marie);
  await expectNeedsAttention(person);
});

test("while the timestamp service is down the approval is kept, and saving works once it is back", async ({
  person,
  folder,
  sandbox,
}) => {
  await person.dialog().getByRole("button", { name: "Try again", exact: true }).click();
  // The service is asked three times, with pauses, before it is given up again.
  await expect(person.dialog()).not.toContainText("Needs attention");
  await expectNeedsAttention(person);
  sandbox.control.clearFaults();
  await person.dialog().getByRole("button", { name: "Try again", exact: true }).click();
  await expect(person.dialog().getByRole("heading", { name: "1 document signed" })).toBeVisible({ timeout: 30_000 });
  expect(sandbox.control.itsme.sessions()).toHaveLength(2);
  expect(await namesIn(folder)).toEqual(["contract-signed.pdf", "contract.pdf"]);
  const report = await reportOn(join(folder, "contract-signed.pdf"), sandbox.rootCertificatePem);
  expect(report.signatures[0]).toMatchObject({ level: "B-T", indication: "TOTAL-PASSED" });
});

test("the person can settle for a signature without a timestamp", async ({ person, folder, sandbox }) => {
  await person.dialog().getByRole("button", { name: "Keep without timestamp" }).click();
  await expect(person.dialog().getByRole("heading", { name: "1 document signed" })).toBeVisible({ timeout: 30_000 });
  await expect(person.dialog()).toContainText("Level B-B");
  expect(sandbox.control.itsme.sessions()).toHaveLength(2);
  const report = await reportOn(join(folder, "contract-signed.pdf"), sandbox.rootCertificatePem);
  expect(report.signatures[0]).toMatchObject({ level: "B-B", intact: true, provenTime: null });
});

test("the kept approval outlives a restart of the program", async ({ person, folder, sandbox, startAgain }) => {
  await person.app.close();
  sandbox.control.clearFaults();
  const again = await startAgain();
  expect(await again.outcome()).toContain("1 document signed");
  expect(sandbox.control.itsme.sessions()).toHaveLength(2);
  expect(await namesIn(folder)).toEqual(["contract-signed.pdf", "contract.pdf"]);
});

async function expectNeedsAttention(person: Person): Promise<void> {
  await person.outcome();
  await expect(person.dialog()).toContainText("Needs attention");
  await expect(person.dialog()).toContainText("The timestamp service could not be reached.");
  await expect(person.dialog()).toContainText("Your approval is kept. It is not asked for again.");
}
