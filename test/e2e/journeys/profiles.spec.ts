import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Locator, Page } from "@playwright/test";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { PHONE } from "../../../tools/demo/person.ts";
import type { Person } from "../../../tools/demo/person.ts";
import { findObstacles } from "../harness/find-obstacles.ts";
import { ANNA, BankIdPerson } from "../harness/bankid-person.ts";
import { ERIKA, IdnowPerson, lastOrder } from "../harness/idnow-person.ts";
import { expect, test } from "../harness/journey.ts";
import { contractIn, reportOn } from "../harness/results.ts";

const FILE_PASSWORD = "from the letter";

/** Fills in a provider's form as somebody with the onboarding letter in hand does. */
class Administrator {
  readonly person: Person;
  readonly window: Page;

  constructor(person: Person) {
    this.person = person;
    this.window = person.window;
  }

  dialog(): Locator {
    return this.window.getByRole("dialog");
  }

  async setUp(provider: string): Promise<void> {
    await this.window.getByRole("button", { name: "Set up a provider…" }).click();
    await this.dialog()
      .getByRole("button", { name: `Set up ${provider}…` })
      .click();
    await expect(this.dialog().getByRole("heading", { name: `Set up ${provider}` })).toBeVisible();
  }

  async choose(label: RegExp, option: string): Promise<void> {
    await this.dialog().getByRole("button", { name: label }).click();
    await this.window.getByRole("option", { name: option }).click();
  }

  async fill(label: string, value: string): Promise<void> {
    await this.dialog().getByLabel(label, { exact: true }).fill(value);
  }

  /** Chooses files in the system's dialog, which a button opens. */
  async chooseFiles(button: string, ...paths: readonly string[]): Promise<void> {
    await this.person.answerFileDialog(paths);
    await this.dialog().getByRole("button", { name: button }).click();
  }

  async testConnection(): Promise<Locator> {
    await this.dialog().getByRole("button", { name: "Test connection" }).click();
    const report = this.dialog().getByRole("region", { name: "Test of the connection" });
    await expect(report).toBeVisible({ timeout: 60_000 });
    return report;
  }

  async save(): Promise<void> {
    await this.dialog().getByRole("button", { name: "Save", exact: true }).click();
    await expect(this.dialog().getByRole("status").first()).toContainText("saved");
  }

  async done(): Promise<void> {
    await this.dialog().getByRole("button", { name: "Done" }).click();
    await expect(this.dialog()).toHaveCount(0);
  }
}

/** What the letter brings as files: the server's authority, and the client certificate as PKCS#12 with a password. */
async function letterFiles(folder: string, sandbox: Sandbox): Promise<{ authority: string; client: string }> {
  const path = (name: string): string => join(folder, name);
  await writeFile(path("authority.pem"), sandbox.tlsCaPem);
  await writeFile(path("client.pem"), sandbox.clientCertificatePem);
  await writeFile(path("client.key"), sandbox.clientKeyPem);
  const passOut = ["-passout", `pass:${FILE_PASSWORD}`];
  const args = [
    "pkcs12",
    "-export",
    "-inkey",
    path("client.key"),
    "-in",
    path("client.pem"),
    "-out",
    path("client.p12"),
  ];
  await promisify(execFile)("openssl", [...args, ...passOut], { timeout: 20_000 });
  return { authority: path("authority.pem"), client: path("client.p12") };
}

async function fillItsme(administrator: Administrator, folder: string, sandbox: Sandbox): Promise<void> {
  const { authority, client } = await letterFiles(folder, sandbox);
  await administrator.setUp("itsme");
  await administrator.fill("Name of this profile", "Office");
  await administrator.choose(/Where it leads$/u, "Practice service on this computer");
  await administrator.fill("Base address", new URL(sandbox.baseUrls.itsme).origin);
  await administrator.fill("Partner code", sandbox.itsmeProfile.partnerCode);
  await administrator.fill("Service code", sandbox.itsmeProfile.serviceCode);
  await administrator.fill("Registered return address", sandbox.itsmeProfile.redirectUrl);
  await administrator.fill("Origins of the provider's pages", new URL(sandbox.baseUrls.pages).origin);
  await administrator.chooseFiles("Choose file…", client);
  await administrator.fill("Password of client.p12", FILE_PASSWORD);
  await administrator.dialog().getByRole("button", { name: "Open", exact: true }).click();
  await expect(administrator.dialog().getByRole("group", { name: "Client certificate (optional)" })).toContainText(
    /issued by/iu,
  );
  await administrator.dialog().getByText("Your organisation's network").click();
  await administrator.chooseFiles("Choose files for Further certificate authorities…", authority);
  await expect(administrator.dialog().getByRole("group", { name: /^Further certificate authorities/u })).toContainText(
    /issued by/iu,
  );
}

/** All that the window knows. */
async function stateText(window: Page): Promise<string> {
  return window.evaluate(async () => {
    const { sealdesk } = globalThis as unknown as {
      readonly sealdesk: { readonly invoke: (command: string, argument: unknown) => Promise<unknown> };
    };
    return JSON.stringify(await sealdesk.invoke("state.get", {}));
  });
}

test("itsme is set up through the form alone, the connection is tried, and a contract is signed with it", async ({
  person,
  folder,
  sandbox,
  userData,
}) => {
  test.slow();
  const administrator = new Administrator(person);
  await fillItsme(administrator, folder, sandbox);
  const report = await administrator.testConnection();
  await expect(report.locator('[data-state="failed"], [data-state="not-tried"]')).toHaveCount(0);
  await expect(report).toContainText("Partner code, service code, return address and pages are right.");
  await expect(report).toContainText("itsme answers and offers");
  expect(await findObstacles(person.window)).toEqual([]);
  await administrator.save();
  await expect(administrator.dialog().getByRole("list", { name: "Profiles for itsme" })).toContainText("In use");
  await administrator.done();

  await person.open(await contractIn(folder));
  await person.seesPages();
  await expect(person.window.getByText("Office", { exact: true })).toBeVisible();
  const page = await (async () => {
    await person.pressSign();
    await expect(person.dialog()).toContainText("Office");
    return person.confirm();
  })();
  await person.identify(page, PHONE.marie);
  expect(await person.outcome()).toContain("1 document signed");
  const signed = await reportOn(join(folder, "contract-signed.pdf"), sandbox.rootCertificatePem);
  expect(signed).toMatchObject({ verdict: "TOTAL-PASSED", signatures: [{ level: "B-T" }] });

  // SECURITY: the key and the file's password are with main and its vault alone.
  const [, keyLine = ""] = sandbox.clientKeyPem.split("\n");
  const profiles = await readFile(join(userData, "profiles.json"), "utf8");
  for (const text of [profiles, await stateText(person.window), await person.window.content()]) {
    expect(text).not.toContain(keyLine);
    expect(text).not.toContain(FILE_PASSWORD);
  }
  expect(profiles).toContain(sandbox.itsmeProfile.serviceCode);
});

test("IDnow is set up through the form alone, a wrong password is told as what it is, and a contract is signed", async ({
  person,
  folder,
  sandbox,
}) => {
  test.slow();
  const { user, password, redirectUrls } = sandbox.idnowProfile;
  const { authority } = await letterFiles(folder, sandbox);
  const administrator = new Administrator(person);
  await administrator.setUp("IDnow");
  await administrator.choose(/Where it leads$/u, "Practice service on this computer");
  await administrator.fill("Base address", sandbox.baseUrls.idnow);
  await administrator.fill("User name", user);
  await administrator.fill("Password", "not the password");
  await administrator.fill("Origins of the provider's pages", new URL(sandbox.baseUrls.idnowPages).origin);
  await administrator.fill("Return address", redirectUrls.success);
  await administrator.dialog().getByText("Your organisation's network").click();
  await administrator.chooseFiles("Choose files for Further certificate authorities…", authority);
  const wrong = await administrator.testConnection();
  await expect(wrong.locator('[data-step="credentials"]')).toHaveAttribute("data-state", "failed");
  await expect(wrong.locator('[data-step="service"]')).toHaveAttribute("data-state", "passed");
  await administrator.fill("Password", password);
  const right = await administrator.testConnection();
  await expect(right.locator('[data-state="failed"], [data-state="not-tried"]')).toHaveCount(0);
  await administrator.save();
  await administrator.done();
  expect(await stateText(person.window)).not.toContain("not the password");

  const idnow = new IdnowPerson(person);
  await idnow.open(await contractIn(folder));
  await idnow.fillSigner(ERIKA);
  await idnow.pressSign();
  await idnow.confirm();
  sandbox.control.idnow.sign(lastOrder(sandbox).id);
  await person.window.getByRole("button", { name: "Finish", exact: true }).waitFor({ timeout: 60_000 });
  await idnow.finish();
  expect(await person.outcome()).toContain("1 document signed");
  const signed = await reportOn(join(folder, "contract-signed.pdf"), sandbox.rootCertificatePem);
  expect(signed).toMatchObject({ verdict: "TOTAL-PASSED", signatures: [{ signer: "Erika Mustermann" }] });
});

test("a profile for production takes the practice bar away, and going back brings it again", async ({
  person,
  folder,
  sandbox,
}) => {
  const bar = person.window.getByText("Practice mode", { exact: true });
  await expect(bar).toBeVisible();
  const administrator = new Administrator(person);
  await fillItsme(administrator, folder, sandbox);
  await administrator.choose(/Where it leads$/u, "The provider's test environment");
  await administrator.save();
  await administrator.done();
  await expect(bar).toHaveCount(0);
  await expect(person.window.getByRole("banner")).toContainText("Test environment");

  await person.window.keyboard.press("Control+,");
  await administrator.dialog().getByRole("button", { name: "Change itsme profile Office" }).click();
  await administrator.choose(/Where it leads$/u, "Production: signatures are real");
  await administrator.save();
  await expect(administrator.dialog().getByRole("list", { name: "Profiles for itsme" })).toContainText("Production");
  await administrator.done();
  await expect(person.window.getByRole("banner")).toHaveCount(0);

  await person.window.keyboard.press("Control+,");
  await administrator.dialog().getByRole("button", { name: "Use none of these for now" }).click();
  await administrator.done();
  await expect(bar).toBeVisible();
});

test("the form is filled in with the keyboard alone, and leads to the first field that is wrong", async ({
  person,
}) => {
  const { window } = person;
  const { keyboard } = window;
  await window.getByRole("heading", { name: "Sign and check PDF documents" }).waitFor();
  await keyboard.press("Control+,");
  const dialog = window.getByRole("dialog");
  await person.tabTo(dialog.getByRole("button", { name: "Set up itsme…" }));
  await keyboard.press("Enter");
  const code = dialog.getByLabel("Partner code", { exact: true });
  await person.tabTo(code);
  await keyboard.type("ELEVENCHARS");
  await person.tabTo(dialog.getByRole("button", { name: "Save", exact: true }));
  await keyboard.press("Enter");
  await expect(dialog.getByLabel("Base address", { exact: true })).toBeFocused();
  await expect(dialog.getByRole("alert")).toContainText("not right yet");
  await keyboard.type("https://b2b.example");
  for (const [label, value] of [
    ["Service code", "SIGN"],
    ["Registered return address", "https://acme.example/back"],
    ["Origins of the provider's pages", "https://pages.example/path"],
  ] as const) {
    await person.tabTo(dialog.getByLabel(label, { exact: true }));
    await keyboard.type(value);
  }
  await person.tabTo(dialog.getByRole("button", { name: "Save", exact: true }));
  await keyboard.press("Enter");
  await expect(code).toBeFocused();
  await expect(dialog).toContainText("This is too long: at most 10 characters.");
  await expect(dialog).toContainText("Each line has to be a scheme and host alone");
  await keyboard.press("Control+a");
  await keyboard.type("ACME");
  await person.tabTo(dialog.getByLabel("Origins of the provider's pages", { exact: true }));
  await keyboard.press("Control+a");
  await keyboard.type("https://pages.example");
  await person.tabTo(dialog.getByRole("button", { name: "Save", exact: true }));
  await keyboard.press("Enter");
  await expect(dialog.getByRole("status").first()).toContainText("“Main” is saved.");
});

test("BankID is set up through the form alone, with the organisation's seal, and a contract is signed with it", async ({
  person,
  folder,
  sandbox,
}) => {
  test.slow();
  const { tenant, user, password } = sandbox.bankidProfile;
  const { authority } = await letterFiles(folder, sandbox);
  const seal = await sandbox.practiceSeal();
  const path = (name: string): string => join(folder, name);
  await writeFile(path("bankid-root.pem"), await sandbox.bankidRootPem());
  await writeFile(path("seal.pem"), seal.chainPem);
  await writeFile(path("seal.key"), seal.keyPem);
  const administrator = new Administrator(person);
  await administrator.setUp("BankID");
  await administrator.choose(/Where it leads$/u, "Practice service on this computer");
  await administrator.fill("Base address", sandbox.baseUrls.bankid);
  await administrator.fill("Tenant", tenant);
  await administrator.fill("User name (optional)", user);
  await administrator.fill("Password (optional)", password);
  await administrator.chooseFiles("Choose files for BankID's root certificates…", path("bankid-root.pem"));
  await expect(administrator.dialog().getByRole("group", { name: "BankID's root certificates" })).toContainText(
    /issued by/iu,
  );
  await person.answerFileDialog([path("seal.pem"), path("seal.key")]);
  const sealGroup = administrator.dialog().getByRole("group", { name: "Your organisation's seal (optional)" });
  await sealGroup.getByRole("button", { name: "Choose file…" }).click();
  await expect(sealGroup).toContainText(/issued by/iu);
  await administrator.dialog().getByText("Your organisation's network").click();
  await administrator.chooseFiles("Choose files for Further certificate authorities…", authority);
  const report = await administrator.testConnection();
  await expect(report.locator('[data-state="failed"], [data-state="not-tried"]')).toHaveCount(0);
  await administrator.save();
  await administrator.done();

  const bankid = new BankIdPerson(person);
  await bankid.begin(await contractIn(folder));
  const { id } = await bankid.scan(sandbox);
  sandbox.control.bankid.choose(id, ANNA);
  sandbox.control.bankid.approve(id);
  const said = await person.outcome();
  expect(said).toContain("1 document signed");
  expect(said).toContain("sealed by");
});
