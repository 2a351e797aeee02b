import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findObstacles } from "../harness/find-obstacles.ts";
import { expect, test } from "../harness/journey.ts";

test("somebody who only verifies adds BankID's root with the keyboard, sees whose it is, and removes it again", async ({
  person,
  folder,
  sandbox,
}) => {
  const root = join(folder, "root.pem");
  await writeFile(root, await sandbox.bankidRootPem());
  await person.window.getByRole("button", { name: "Set up a provider…" }).click();
  const roots = person.window.getByRole("dialog").getByRole("region", { name: "BankID's root certificates" });
  await expect(roots).toContainText("None yet.");
  await person.answerFileDialog([root]);
  await person.tabTo(roots.getByRole("button", { name: "Add a root certificate…" }));
  await person.window.keyboard.press("Enter");
  await expect(roots.getByRole("listitem")).toHaveText(/Practice BankID Root CA v1.*issued by/isu);
  // Twice is once.
  await person.answerFileDialog([root]);
  await roots.getByRole("button", { name: "Add a root certificate…" }).click();
  await expect(roots.getByRole("listitem")).toHaveCount(1);
  expect(await findObstacles(person.window)).toEqual([]);

  const broken = join(folder, "broken.pem");
  await writeFile(broken, "no certificate");
  await person.answerFileDialog([broken]);
  await roots.getByRole("button", { name: "Add a root certificate…" }).click();
  await expect(person.window.getByRole("dialog")).toContainText("There is no certificate in “broken.pem”.");
  await expect(roots.getByRole("listitem")).toHaveCount(1);

  await roots.getByRole("button", { name: /^Remove / }).click();
  await expect(roots).toContainText("None yet.");
});
