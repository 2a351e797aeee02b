import { join } from "node:path";
import type { ElectronApplication } from "@playwright/test";
import { PHONE } from "../../../tools/demo/person.ts";
import { expect, test } from "../harness/journey.ts";
import { contractIn, namesIn, reportOn } from "../harness/results.ts";

/** What stands in the window, asked of main: Playwright gives a page up that has crashed once. */
const wordsIn = (app: ElectronApplication): Promise<string> =>
  app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return String(await window?.webContents.executeJavaScript("document.body.innerText"));
  });

test("a window that crashes while an approval is waited for comes back, and shows what becomes of it", async ({
  app,
  person,
  folder,
  sandbox,
}) => {
  await person.open(await contractIn(folder));
  await person.seesPages();
  await person.signWith(PHONE.anna);
  const last = () => sandbox.control.itsme.sessions().at(-1);
  const onPhone = (kind: string) =>
    expect.poll(() => `${last()?.kind ?? ""} ${last()?.step ?? ""}`, { timeout: 20_000 }).toBe(`${kind} phone`);
  await onPhone("identification");
  sandbox.control.itsme.approve(last()?.id ?? "");
  await onPhone("signing");
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.webContents.forcefullyCrashRenderer();
  });
  await expect.poll(() => wordsIn(app).catch(() => ""), { timeout: 20_000 }).toContain("contract.pdf");
  sandbox.control.itsme.approve(last()?.id ?? "");
  await expect.poll(() => wordsIn(app), { timeout: 30_000 }).toContain("1 document signed");
  expect(sandbox.control.itsme.sessions().map(({ kind }) => kind)).toEqual(["identification", "signing"]);
  expect(await namesIn(folder)).toEqual(["contract-signed.pdf", "contract.pdf"]);
  const report = await reportOn(join(folder, "contract-signed.pdf"), sandbox.rootCertificatePem);
  expect(report.verdict).toBe("TOTAL-PASSED");
});
