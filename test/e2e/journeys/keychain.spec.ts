import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "@playwright/test";
import { canStartKeychain, KeychainSession } from "../../harness/keychain-session.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { Person } from "../../../tools/demo/person.ts";
import { firstDocument } from "../electron-fixture.ts";
import { findObstacles } from "../harness/find-obstacles.ts";
import { expect, test } from "../harness/journey.ts";

test.skip(!canStartKeychain, "D-Bus or GNOME Keyring is not installed");

let session: KeychainSession;
test.beforeEach(async () => {
  session = await KeychainSession.start();
});
test.afterEach(() => session.stop());

/** The program finds this test's own keychain, which no other test can lock. */
const own = () => ({ env: { DBUS_SESSION_BUS_ADDRESS: session.address } });

const dialogOf = (person: Person): Locator => person.window.getByRole("dialog");
const section = (person: Person): Locator =>
  dialogOf(person).getByRole("region", { name: "Keychain and stored access data" });

async function openSettings(person: Person): Promise<void> {
  await person.window.getByRole("heading", { name: "Sign and check PDF documents" }).waitFor();
  await person.window.keyboard.press("Control+,");
  await expect(section(person)).toBeVisible();
}

/** IDnow as an administrator sets it up, with what matters here. */
async function setUpIdnow(person: Person, folder: string, sandbox: Sandbox): Promise<void> {
  const { user, password, redirectUrls } = sandbox.idnowProfile;
  await writeFile(join(folder, "authority.pem"), sandbox.tlsCaPem);
  await openSettings(person);
  const dialog = dialogOf(person);
  await dialog.getByRole("button", { name: "Set up IDnow…" }).click();
  await dialog.getByRole("button", { name: /Where it leads$/u }).click();
  await person.window.getByRole("option", { name: "Practice service on this computer" }).click();
  for (const [label, value] of [
    ["Base address", sandbox.baseUrls.idnow],
    ["User name", user],
    ["Password", password],
    ["Origins of the provider's pages", new URL(sandbox.baseUrls.idnowPages).origin],
    ["Return address", redirectUrls.success],
  ] as const) {
    await dialog.getByLabel(label, { exact: true }).fill(value);
  }
  await dialog.getByText("Your organisation's network").click();
  await person.answerFileDialog([join(folder, "authority.pem")]);
  await dialog.getByRole("button", { name: "Choose files for Further certificate authorities…" }).click();
  await expect(dialog.getByRole("group", { name: /^Further certificate authorities/u })).toContainText(/issued by/iu);
  await save(person);
}

async function save(person: Person): Promise<void> {
  await dialogOf(person).getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialogOf(person).getByRole("status").first()).toContainText("saved");
}

test("a keychain that is locked meanwhile is told, asked again without a restart, and what was typed is stored then", async ({
  start,
  folder,
  sandbox,
}) => {
  test.slow();
  const app = await start(own());
  const person = new Person(app, await firstDocument(app));
  await setUpIdnow(person, folder, sandbox);
  await expect(section(person)).toContainText("The keychain is open. 1 secret is stored.");

  await session.lock();
  const dialog = dialogOf(person);
  await dialog.getByRole("button", { name: "Change IDnow profile Main" }).click();
  await dialog.getByRole("button", { name: "Replace…" }).first().click();
  await dialog.getByLabel("Password", { exact: true }).fill(sandbox.idnowProfile.password);
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog.getByRole("status").first()).toContainText("without a keychain its secrets are kept until");
  await expect(section(person)).toContainText("The keychain is locked");
  await expect(dialog.getByRole("list", { name: "Profiles for IDnow" })).toContainText(
    "Its secrets are kept until Sealdesk ends.",
  );
  expect(await findObstacles(person.window)).toEqual([]);

  // With the keyboard alone from here on.
  await person.tabTo(section(person).getByRole("button", { name: "Try again" }));
  await person.window.keyboard.press("Enter");
  await expect(section(person).getByRole("status")).toHaveText("The keychain is still locked.");
  await session.unlock();
  await person.tabTo(section(person).getByRole("button", { name: "Try again" }));
  await person.window.keyboard.press("Enter");
  await expect(section(person)).toContainText("The keychain is open. 1 secret is stored.");
  await expect(dialog).not.toContainText("kept until Sealdesk ends");
  await dialog.getByRole("button", { name: "Change IDnow profile Main" }).click();
  await dialog.getByRole("button", { name: "Test connection" }).click();
  const report = dialog.getByRole("region", { name: "Test of the connection" });
  await expect(report.locator('[data-step="credentials"]')).toHaveAttribute("data-state", "passed", {
    timeout: 60_000,
  });
});

test("a key that is gone is told with what needs it, and starting afresh, filling in, renewing and removing work by keyboard", async ({
  start,
  folder,
  sandbox,
  userData,
}) => {
  test.slow();
  const first = await start(own());
  await setUpIdnow(new Person(first, await firstDocument(first)), folder, sandbox);
  await first.close();
  await session.deleteItems();

  const app = await start(own());
  const person = new Person(app, await firstDocument(app));
  const { keyboard } = person.window;
  await expect(person.window.getByText("The stored passwords and keys cannot be opened any more.")).toBeVisible();
  expect(await findObstacles(person.window)).toEqual([]);
  await person.window.getByRole("button", { name: "Open settings" }).click();
  await expect(section(person).getByRole("list")).toContainText("IDnow: Main");
  await expect(section(person)).toContainText("When you start afresh, these profiles keep their settings");
  expect(await findObstacles(person.window)).toEqual([]);

  await person.tabTo(section(person).getByRole("button", { name: "Start afresh…" }));
  await keyboard.press("Enter");
  // Enter once more takes it back: nothing happens by leaning on a key.
  await expect(section(person).getByRole("button", { name: "Cancel" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(section(person).getByRole("button", { name: "Start afresh…" })).toBeFocused();
  await keyboard.press("Enter");
  await person.tabTo(section(person).getByRole("button", { name: "Start afresh", exact: true }));
  await keyboard.press("Enter");
  await expect(section(person)).toContainText("The keychain is open.");
  const names = (await readdir(userData)).filter((name) => name.startsWith("vault-set-aside-"));
  expect(names).toHaveLength(1);
  await expect(section(person).getByRole("status")).toContainText(names[0] ?? "no file");

  await person.tabTo(section(person).getByRole("button", { name: "Fill in the secrets of IDnow profile Main" }));
  await keyboard.press("Enter");
  const password = dialogOf(person).getByLabel("Password", { exact: true });
  await person.tabTo(password);
  await keyboard.type(sandbox.idnowProfile.password);
  await save(person);
  await expect(section(person)).toContainText("1 secret is stored.");
  await expect(section(person)).not.toContainText("need their secrets again");

  const before = await session.items();
  await section(person).getByRole("button", { name: "Renew the key" }).click();
  await expect(section(person).getByRole("status")).toHaveText(
    "1 secret is sealed under a new key; the old key is deleted.",
  );
  expect(await session.items()).not.toEqual(before);

  await section(person).getByRole("button", { name: "Remove all stored access data…" }).click();
  await section(person).getByRole("button", { name: "Remove all", exact: true }).click();
  await expect(section(person).getByRole("status")).toHaveText("All stored access data are removed.");
  await expect(section(person).getByRole("list")).toContainText("IDnow: Main");
  await dialogOf(person).getByRole("button", { name: "Done" }).click();
  await expect(person.window.getByText("The stored passwords and keys cannot be opened any more.")).toHaveCount(0);
});
