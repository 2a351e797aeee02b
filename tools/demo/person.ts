import type { ElectronApplication, Locator, Page } from "@playwright/test";

/** A rectangle as fractions of the page on the screen, from its upper left corner. */
export interface ScreenRectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Practice numbers and how the pretend person behind them behaves (docs/sandbox.md). */
export const PHONE = {
  /** Decides on the phone page. */
  anna: "+32470000001",
  zoe: "+32470000002",
  /** Approves everything by herself. */
  marie: "+32470000004",
  refusesIdentification: "+32470000005",
  identificationExpires: "+32470000006",
  blocked: "+32470000007",
  refusesToSign: "+32470000009",
  signingExpires: "+32470000010",
  wrongValue: "+32470000011",
  shuffled: "+32470000012",
  noBatch: "+32470000019",
  expiredCertificate: "+32470000020",
  revokedCertificate: "+32470000022",
} as const;

/** More than all things that take the focus. */
const MAXIMUM_TABS = 80;

/** Does with the program what a person does: looks, clicks, types. Knows labels, never the code behind them. */
export class Person {
  readonly app: ElectronApplication;
  readonly window: Page;

  constructor(app: ElectronApplication, window: Page) {
    this.app = app;
    this.window = window;
  }

  row(name: string): Locator {
    return this.window.getByRole("grid").getByRole("row").filter({ hasText: name });
  }

  dialog(): Locator {
    return this.window.getByRole("dialog");
  }

  /** Opens documents with the button of the window; the system's own dialog is answered for the person. */
  async open(...paths: readonly string[]): Promise<void> {
    await this.answerFileDialog(paths);
    await this.window.getByRole("button", { name: /^Open documents…?$/u }).click();
  }

  async answerFileDialog(paths: readonly string[]): Promise<void> {
    await this.app.evaluate(
      ({ dialog }, filePaths) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
      },
      [...paths],
    );
  }

  /** Waits until the first page of the shown document is on the screen and the document can be signed. */
  async seesPages(): Promise<void> {
    await this.window.locator('.page[data-page-number="1"][data-loaded="true"]').waitFor();
    await this.window.getByRole("button", { name: /^Sign \d+ documents? with itsme$/u, disabled: false }).waitFor();
  }

  /** Goes on with the Tab key until this has the focus. */
  async tabTo(target: Locator): Promise<void> {
    const isFocused = (): Promise<boolean> =>
      target.evaluate((element) => element === element.ownerDocument.activeElement);
    for (let presses = 0; presses < MAXIMUM_TABS; presses += 1) {
      if (await isFocused()) return;
      await this.window.keyboard.press("Tab");
    }
    throw new Error(`the Tab key does not lead to ${String(target)}`);
  }

  async goToPage(page: number): Promise<void> {
    const box = this.window.getByRole("textbox", { name: "Page", exact: true });
    await box.fill(String(page));
    await box.press("Enter");
    await this.window.locator(`.page[data-page-number="${page}"][data-loaded="true"]`).waitFor();
  }

  /** Switches the mark on and draws its place with the mouse. */
  async drawMark(page: number, place: ScreenRectangle): Promise<void> {
    await this.goToPage(page);
    await this.window.getByText("Show a mark on the page").click();
    const box = await this.window.locator(`.page[data-page-number="${page}"]`).boundingBox();
    if (box === null) {
      throw new Error(`page ${page} is not on the screen`);
    }
    const at = (x: number, y: number): readonly [number, number] => [box.x + box.width * x, box.y + box.height * y];
    const { mouse } = this.window;
    await mouse.move(...at(place.left, place.top));
    await mouse.down();
    await mouse.move(...at((place.left + place.right) / 2, (place.top + place.bottom) / 2), { steps: 4 });
    await mouse.move(...at(place.right, place.bottom), { steps: 4 });
    await mouse.up();
    await this.window.getByLabel("From left").waitFor();
  }

  /** Presses the primary button and says yes on the sheet; resolves to the provider's page in its own window. */
  async signAndConfirm(): Promise<Page> {
    await this.pressSign();
    return this.confirm();
  }

  /** Presses the primary button; resolves when the confirmation sheet is there. */
  async pressSign(): Promise<void> {
    await this.tryToSign();
    await this.yesButton().waitFor();
  }

  /** Presses the primary button whatever may come of it. */
  async tryToSign(): Promise<void> {
    await this.window.getByRole("button", { name: /^Sign \d+ documents? with itsme$/u }).click();
  }

  /** Says yes on the sheet; resolves to the provider's page in its own window. */
  async confirm(): Promise<Page> {
    const opened = this.app.waitForEvent("window");
    await this.yesButton().click();
    return pageOf(await opened, /identify_yourself/u);
  }

  /** Presses the primary button and says yes, when no page is expected to open. */
  async confirmSigning(): Promise<void> {
    await this.pressSign();
    await this.yesButton().click();
  }

  yesButton(): Locator {
    return this.dialog().getByRole("button", { name: /^Sign \d+ documents?$/u });
  }

  /** Signs the selected documents as somebody who needs no help on the phone page. */
  async signWith(phone: string): Promise<void> {
    await this.identify(await this.signAndConfirm(), phone);
  }

  /** Types the phone number on the provider's page. */
  async identify(provider: Page, phone: string): Promise<void> {
    await provider.getByLabel("Mobile number").fill(phone);
    await provider.getByRole("button", { name: "Send" }).click();
  }

  /** The window in which the request is shown before it is approved on the phone. */
  async signingPage(): Promise<Page> {
    const known = this.app.windows().find((page) => page.url().includes("prove_its_you"));
    return known ?? pageOf(await this.app.waitForEvent("window"), /prove_its_you/u);
  }

  async openPhone(): Promise<Page> {
    const opened = this.app.waitForEvent("window");
    await this.dialog().getByRole("button", { name: "Open the practice phone" }).click();
    return pageOf(await opened, /\/phone/u);
  }

  async approve(phone: Page): Promise<void> {
    await phone.getByRole("button", { name: "Approve" }).first().click();
  }

  /** Waits for the end of the run; resolves to what the dialog says. */
  async outcome(timeout = 45_000): Promise<string> {
    await this.dialog().getByRole("button", { name: "Done" }).waitFor({ timeout });
    return this.dialog().innerText();
  }

  async showSignatures(): Promise<Locator> {
    await this.window.getByRole("tab", { name: "Signatures" }).click();
    return this.window.getByRole("tabpanel");
  }
}

async function pageOf(page: Page, address: RegExp): Promise<Page> {
  await page.waitForURL(address);
  await page.waitForLoadState();
  return page;
}
