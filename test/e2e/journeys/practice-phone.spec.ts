import { PHONE } from "../../../tools/demo/person.ts";
import { expect, test } from "../harness/journey.ts";
import { contractIn } from "../harness/results.ts";

test("the provider's page opens the practice phone with its own link, and no other window", async ({
  person,
  folder,
}) => {
  await person.open(await contractIn(folder));
  await person.seesPages();
  const provider = await person.signAndConfirm();
  await person.identify(provider, PHONE.anna);
  const opened = person.app.waitForEvent("window", (page) => !page.isClosed());
  await provider.getByRole("link", { name: "Open the practice phone" }).click();
  await opened;
  await expect
    .poll(() => person.app.windows().filter((page) => page.url().endsWith("/phone")).length, { timeout: 15_000 })
    .toBe(1);
  await provider.evaluate(() => void window.open("https://elsewhere.invalid/"));
  await expect.poll(() => person.app.windows().some((page) => page.url().includes("elsewhere"))).toBe(false);
});
