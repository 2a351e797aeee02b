// Plays the main job with the real program: a person opens a contract, places a mark on page 3, signs it through the itsme
// pages of the practice sandbox and on the practice phone, and looks at the verified result. Ends with status 0 only when
// the result verifies.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron } from "@playwright/test";
import type { ElectronApplication, Page } from "@playwright/test";
import { parseCertificates } from "../../electron/pki/certificate.ts";
import { renderText } from "../../electron/verify/render-text.ts";
import { verifyFile } from "../../electron/verify/verify-file.ts";
import { Person, PHONE } from "./person.ts";
import { standStill } from "./stand-still.ts";

const root = join(import.meta.dirname, "..", "..");
const output = join(root, "demo-output");
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const TIME_LIMIT_MILLISECONDS = 180_000;

async function play(): Promise<boolean> {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const contract = join(output, "contract.pdf");
  cpSync(join(root, "build", "assets", "sample-contract.pdf"), contract);
  const userData = mkdtempSync(join(tmpdir(), "sealdesk-demo-"));
  say("Starting Sealdesk in practice mode…");
  const app = await _electron.launch({
    cwd: root,
    args: [root, `--user-data-dir=${userData}`, contract],
    env: Object.fromEntries(
      Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  });
  const limit = setTimeout(() => app.process().kill("SIGKILL"), TIME_LIMIT_MILLISECONDS);
  try {
    await signContract(app);
    const passed = await verifyResult(join(output, "contract-signed.pdf"), join(userData, "practice", "root.pem"));
    return passed;
  } finally {
    clearTimeout(limit);
    await app.close().catch(() => undefined);
    rmSync(userData, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

async function signContract(app: ElectronApplication): Promise<void> {
  const window = await app.firstWindow();
  window.setDefaultTimeout(60_000);
  const person = new Person(app, window);
  const picture = pictures();
  await person.row("contract.pdf").waitFor();
  await person.seesPages();
  say("The contract is open.");
  await picture(window, "opened");
  await person.drawMark(3, { left: 0.12, top: 0.405, right: 0.47, bottom: 0.495 });
  say("The mark has its place on page 3.");
  await picture(window, "placed");
  const identification = await person.signAndConfirm();
  say("The itsme page is open in its own window.");
  await picture(identification, "itsme-identify");
  await picture(window, "waiting");
  const phone = await person.openPhone();
  await person.identify(identification, PHONE.anna);
  await phone.getByRole("button", { name: "Approve" }).first().waitFor();
  await picture(phone, "phone-identify");
  await person.approve(phone);
  say("The person is known; the document is prepared.");
  const signing = await person.signingPage();
  await picture(signing, "itsme-sign");
  await phone.getByText("Sign", { exact: false }).first().waitFor();
  await phone.getByRole("button", { name: "Approve" }).first().waitFor();
  await picture(phone, "phone-sign");
  await person.approve(phone);
  say("Approved on the phone.");
  const outcome = await person.outcome();
  say(outcome.split("\n")[0] ?? "");
  await picture(window, "signed");
  await window.getByRole("button", { name: "Verify contract-signed.pdf" }).click();
  await window.getByRole("tabpanel").getByText("Anna Peeters").first().waitFor();
  await person.dialog().waitFor({ state: "detached" });
  await window.getByText("This is the signed copy.").waitFor();
  await person.goToPage(3);
  await picture(window, "verified");
}

/** Numbered screenshots in the order in which they were taken. */
function pictures(): (page: Page, name: string) => Promise<void> {
  let count = 0;
  return async (page, name) => {
    count += 1;
    await standStill(page);
    await page.screenshot({ path: join(output, `${String(count).padStart(2, "0")}-${name}.png`) });
  };
}

async function verifyResult(signed: string, rootFile: string): Promise<boolean> {
  const trustAnchors = parseCertificates(readFileSync(rootFile));
  const report = await verifyFile(signed, { trustAnchors });
  writeFileSync(
    join(output, "verification.json"),
    `${JSON.stringify({ ...report, file: "contract-signed.pdf" }, null, 2)}\n`,
  );
  say(renderText({ ...report, file: "demo-output/contract-signed.pdf" }));
  return report.verdict === "TOTAL-PASSED";
}

const passed = await play();
say(
  passed
    ? "The signed contract, its verification and the screenshots are in demo-output/."
    : "The result does not verify.",
);
process.exitCode = passed ? 0 : 1;
