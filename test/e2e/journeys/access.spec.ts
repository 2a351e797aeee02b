import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PHONE } from "../../../tools/demo/person.ts";
import { findObstacles } from "../harness/find-obstacles.ts";
import { expect, test } from "../harness/journey.ts";
import { contractIn } from "../harness/results.ts";
import { smallPdf } from "../harness/small-pdf.ts";

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing on any screen of the journey, in ${theme} colours`, async ({ person, folder, sandbox }) => {
    test.slow();
    const { window } = person;
    const isFree = async (screen: string): Promise<void> => {
      expect(await findObstacles(window), screen).toEqual([]);
    };
    await window.evaluate((name) => {
      const { sealdesk } = globalThis as unknown as {
        readonly sealdesk: { readonly invoke: (command: string, argument: unknown) => Promise<unknown> };
      };
      return sealdesk.invoke("settings.change", { theme: name });
    }, theme);
    await window.waitForFunction(
      (name) => matchMedia("(prefers-color-scheme: dark)").matches === (name === "dark"),
      theme,
    );
    await isFree("empty");

    const letter = join(folder, "letter.pdf");
    const secret = join(folder, "secret.pdf");
    await writeFile(letter, "Dear Sir or Madam,\n");
    await writeFile(secret, smallPdf({ encrypted: true }));
    await person.open(letter, secret);
    await window.getByRole("alert").waitFor();
    await isFree("refused files");

    await person.open(await contractIn(folder));
    await person.seesPages();
    await isFree("opened");
    await window.getByRole("button", { name: "Thumbnails" }).click();
    await window.getByRole("button", { name: "Find", exact: true }).click();
    await isFree("thumbnails and find");
    await window.getByRole("button", { name: "Close find" }).click();
    await window.getByRole("button", { name: "Thumbnails" }).click();

    await person.drawMark(3, { left: 0.12, top: 0.37, right: 0.47, bottom: 0.46 });
    await isFree("placed");
    await person.pressSign();
    await isFree("confirmation sheet");
    const provider = await person.confirm();
    await expect(person.dialog()).toContainText("Say who you are");
    await isFree("approval dialog with the page");
    expect(await findObstacles(provider), "the provider's page").toEqual([]);
    await person.identify(provider, PHONE.anna);
    await expect.poll(() => sandbox.control.itsme.sessions().at(-1)?.step).toBe("phone");
    const phone = await person.openPhone();
    expect(await findObstacles(phone), "the practice phone").toEqual([]);
    await provider.close();
    await expect(person.dialog()).toContainText("The itsme page is closed.");
    await isFree("approval dialog while waiting");
    await person.approve(phone);
    await person.signingPage();
    await person.approve(phone);
    await person.outcome();
    await isFree("result");
    await window.getByRole("button", { name: "Verify contract-signed.pdf" }).click();
    await window.getByRole("tabpanel").getByText("Anna Peeters").first().waitFor();
    await isFree("signatures");
  });
}

test("a failed run's dialog is free of obstacles too", async ({ person, folder }) => {
  await person.open(await contractIn(folder));
  await person.seesPages();
  await person.signWith(PHONE.refusesIdentification);
  await person.outcome();
  expect(await findObstacles(person.window)).toEqual([]);
});
