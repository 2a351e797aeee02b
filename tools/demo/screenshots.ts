// Takes the pictures of docs/screenshots/ with the running program, so that they can be renewed after a change:
// `node tools/demo/screenshots.ts` in a built checkout.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron } from "@playwright/test";
import type { Page } from "@playwright/test";
import { Person, PHONE } from "./person.ts";
import { standStill } from "./stand-still.ts";

const root = join(import.meta.dirname, "..", "..");
const output = join(root, "docs", "screenshots");
const WINDOW_SIZE = { width: 1280, height: 860 };
const TIME_LIMIT_MILLISECONDS = 180_000;

const folder = mkdtempSync(join(tmpdir(), "sealdesk-screenshots-"));
const userData = join(folder, "user-data");
const contract = join(folder, "contract.pdf");
mkdirSync(output, { recursive: true });
cpSync(join(root, "build", "assets", "sample-contract.pdf"), contract);

const app = await _electron.launch({
  cwd: root,
  args: [root, `--user-data-dir=${userData}`],
  env: Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ),
});
const limit = setTimeout(() => app.process().kill("SIGKILL"), TIME_LIMIT_MILLISECONDS);
try {
  const window = await app.firstWindow();
  await window.setViewportSize(WINDOW_SIZE);
  await takeAll(new Person(app, window));
} finally {
  clearTimeout(limit);
  await app.close().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

async function takeAll(person: Person): Promise<void> {
  const { window } = person;
  await window.getByRole("heading", { name: "Sign and check PDF documents" }).waitFor();
  await window.getByText("The practice service is starting…").waitFor({ state: "detached" });
  await take(window, "empty");
  await person.open(contract);
  await person.seesPages();
  await person.drawMark(3, { left: 0.12, top: 0.405, right: 0.47, bottom: 0.495 });
  await take(window, "opened-and-placed");
  await person.pressSign();
  await take(window, "confirmation");
  const identification = await person.confirm();
  await person.dialog().getByText("Say who you are on the itsme page").first().waitFor();
  await take(window, "approval");
  await identification.getByLabel("Mobile number").fill(PHONE.anna);
  await take(identification, "itsme-page");
  await person.identify(identification, PHONE.anna);
  const phone = await person.openPhone();
  await person.approve(phone);
  await person.signingPage();
  await phone
    .getByRole("button", { name: "Approve and sign" })
    .or(phone.getByRole("button", { name: "Approve" }))
    .first()
    .waitFor();
  await take(phone, "phone");
  await person.approve(phone);
  await person.outcome();
  await take(window, "result");
  await window.getByRole("button", { name: "Verify contract-signed.pdf" }).click();
  await window.getByRole("tabpanel").getByText("Anna Peeters").first().waitFor();
  await window.getByText("This is the signed copy.").waitFor();
  await window.locator('.page[data-page-number="1"][data-loaded="true"]').waitFor();
  await person.goToPage(3);
  await take(window, "signatures");
  await window.evaluate(() => {
    const { sealdesk } = globalThis as unknown as {
      readonly sealdesk: { readonly invoke: (command: string, argument: unknown) => Promise<unknown> };
    };
    return sealdesk.invoke("settings.change", { theme: "dark" });
  });
  await window.waitForFunction(() => matchMedia("(prefers-color-scheme: dark)").matches);
  await take(window, "signatures-dark");
}

/** One picture; what moves has stopped, and the pointer is out of the way. */
async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await standStill(page);
  const path = join(output, `${name}.png`);
  await page.screenshot({ path });
  process.stdout.write(`${existsSync(path) ? path.slice(root.length + 1) : `${name}: no picture`}\n`);
}
