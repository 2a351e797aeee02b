import { randomBytes } from "node:crypto";
import type { ElectronApplication, Page } from "@playwright/test";
import { SETUPS } from "../../../electron/services/profiles/setups.ts";
import { shownFields } from "../../../shared/profile-form.ts";
import { SecretSearch } from "../../harness/secrets/secret-search.ts";
import { crash } from "../harness/crash.ts";
import { expect, test } from "../harness/journey.ts";

/** What the program prints, from here on. */
function listenTo(app: ElectronApplication, search: SecretSearch): void {
  const { stdout, stderr } = app.process();
  for (const stream of [stdout, stderr])
    stream?.on("data", (chunk: Buffer) => search.look("output of the program", chunk));
}

/** What stands in the window, asked of main: Playwright gives a page up that has crashed once. */
const wordsIn = (app: ElectronApplication): Promise<string> =>
  app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return String(await window?.webContents.executeJavaScript("document.body.innerText"));
  });

async function ask(window: Page, command: "state.get" | "diagnostics.read"): Promise<string> {
  return window.evaluate(async (name) => {
    const { sealdesk } = globalThis as unknown as {
      readonly sealdesk: { readonly invoke: (command: string, argument: unknown) => Promise<unknown> };
    };
    return JSON.stringify(await sealdesk.invoke(name, {}));
  }, command);
}

test("secrets typed into every form are in no file that program or browser keep, no page, no state and no output, also when it is killed", async ({
  app,
  person,
  startAgain,
  userData,
}) => {
  test.slow();
  const search = new SecretSearch();
  listenTo(app, search);
  const { window } = person;
  // All that crosses to the window, as it comes.
  await window.exposeFunction("lookAtPatch", (patch: string) => search.look("state to the window", patch));
  await window.evaluate(() => {
    const { sealdesk, lookAtPatch } = globalThis as unknown as {
      readonly sealdesk: { readonly on: (event: string, listener: (patch: unknown) => void) => void };
      readonly lookAtPatch: (patch: string) => void;
    };
    sealdesk.on("state.changed", (patch) => lookAtPatch(JSON.stringify(patch)));
  });
  await window.getByRole("heading", { name: "Sign and check PDF documents" }).waitFor();
  await window.keyboard.press("Control+,");
  const dialog = window.getByRole("dialog");
  const setUps = dialog.getByRole("button", { name: /^Set up /u });
  await expect(setUps).toHaveCount(SETUPS.length);

  let typed = 0;
  for (const [index, { form }] of SETUPS.entries()) {
    await setUps.nth(index).click();
    await dialog.getByRole("button", { name: "Test connection" }).waitFor();
    const folded = dialog.locator("details:not([open]) > summary");
    while ((await folded.count()) > 0) await folded.first().click();
    for (const field of shownFields(form, {}).filter(({ kind }) => kind === "secret")) {
      const secret =
        field.kind === "secret" && field.format === "aes-256"
          ? randomBytes(32).toString("hex")
          : `pl4nt-${form.provider}-"+/%&<${randomBytes(6).toString("hex")}`;
      search.plant(`${form.provider} ${field.name}`, secret);
      await dialog.locator(`[data-secret="${field.name}"] input:not([type=checkbox])`).fill(secret);
      typed += 1;
    }
    // With the rest of the form empty both are answered with what is missing; the secrets have been in main by then.
    await dialog.getByRole("button", { name: "Test connection" }).click();
    await expect(dialog.getByRole("alert").last()).toContainText("not right yet");
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await expect(dialog.getByRole("alert").last()).toContainText("not right yet");
    search.look("page", await window.content());
    search.look("answer to state.get", await ask(window, "state.get"));
    if (index < SETUPS.length - 1) await dialog.getByRole("button", { name: "Cancel" }).click();
  }
  expect(typed).toBeGreaterThanOrEqual(SETUPS.length);
  search.lookAtFolder("user data", userData);

  // The last form is still open, with its secrets in it: first the window crashes, then the program is killed.
  await app.evaluate(({ BrowserWindow }) => {
    const [own] = BrowserWindow.getAllWindows();
    own?.webContents.forcefullyCrashRenderer();
  });
  await expect.poll(() => wordsIn(app).catch(() => ""), { timeout: 20_000 }).toContain("Sign and check PDF documents");
  search.lookAtFolder("user data after the window's crash", userData);
  await crash(app);
  search.lookAtFolder("user data after the crash", userData);
  const again = await startAgain();
  listenTo(again.app, search);
  search.look("answer to diagnostics.read", await ask(again.window, "diagnostics.read"));
  search.look("page after the crash", await again.window.content());
  search.lookAtFolder("user data after the restart", userData);
  expect(search.report()).toEqual([]);
  expect(search.looked).toBeGreaterThan(100_000);
});
