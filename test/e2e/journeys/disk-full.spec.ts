import type { ElectronApplication } from "@playwright/test";
import { PHONE } from "../../../tools/demo/person.ts";
import { expect, test } from "../harness/journey.ts";
import { expectSignedCopy, namesIn, openContract } from "../harness/results.ts";

test("a disk that is full when the approval comes costs none: the person is told, makes room, and has the signed copy", async ({
  person,
  app,
  folder,
  sandbox,
}) => {
  await openContract(person, folder);
  await person.signWith(PHONE.anna);
  const steps = () => sandbox.control.itsme.sessions().map(({ kind, step }) => `${kind} ${step}`);
  await expect.poll(steps, { timeout: 20_000 }).toEqual(["identification phone"]);
  sandbox.control.itsme.approve(sandbox.control.itsme.sessions()[0]?.id ?? "");
  await expect.poll(() => steps().at(-1), { timeout: 20_000 }).toBe("signing phone");
  await refuseWrites(app, true);
  sandbox.control.itsme.approve(sandbox.control.itsme.sessions()[1]?.id ?? "");
  await expect(person.dialog()).toContainText("cannot write to your disk", { timeout: 20_000 });
  await expect(person.dialog()).not.toContainText("usually");
  // The working copy only.
  expect(await namesIn(folder)).toHaveLength(2);

  await refuseWrites(app, false);
  expect(await person.outcome()).toContain("1 document signed");
  expect(sandbox.control.itsme.sessions()).toHaveLength(2);
  const { signatures } = await expectSignedCopy(folder, sandbox.rootCertificatePem);
  expect(signatures).toHaveLength(1);
});

/** SQLite says of the program's rows what it says when the disk is full (SQLITE_FULL), or no longer does. */
async function refuseWrites(app: ElectronApplication, refuses: boolean): Promise<void> {
  await app.evaluate((_electron, full) => {
    const { prototype } = process.getBuiltinModule("node:sqlite").StatementSync;
    const kept = Symbol.for("sealdesk.test.run");
    if (!Reflect.has(prototype, kept)) {
      Reflect.set(prototype, kept, Reflect.get(prototype, "run"));
    }
    const refused = (): never => {
      throw Object.assign(new Error("database or disk is full"), { code: "ERR_SQLITE_ERROR", errcode: 13 });
    };
    Reflect.set(prototype, "run", full ? refused : Reflect.get(prototype, kept));
  }, refuses);
}
