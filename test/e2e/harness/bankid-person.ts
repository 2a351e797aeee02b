import { expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";
import type { BankIdOrderSummary } from "../../../sandbox/bankid/bankid-control.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import type { Person } from "../../../tools/demo/person.ts";
import { readQr } from "./read-qr.ts";

/** Practice people with a BankID (docs/sandbox.md). */
export const ANNA = "189201149847";
export const BJORN = "189303279955";

/** A busy machine takes longer for a picture than a code lives. */
const MAXIMUM_TRIES = 5;

/** What a person does with the form for an order to BankID, and with the code on the screen. */
export class BankIdPerson {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  /** Opens documents and chooses BankID for them. */
  async open(...paths: readonly string[]): Promise<void> {
    const { window } = this.#person;
    await this.#person.open(...paths);
    await this.#person.seesPages();
    await window.getByRole("button", { name: /Sign with$/u }).click();
    await window.getByRole("option", { name: /^BankID / }).click();
    await this.#signButton().waitFor();
  }

  /** Only this person may sign. */
  async expect(personalNumber: string): Promise<void> {
    await this.#person.window.getByRole("textbox", { name: /^Personal number/u }).fill(personalNumber);
  }

  /** Presses the primary button; resolves to the text of the sheet. */
  async pressSign(): Promise<string> {
    await this.#signButton().click();
    await this.#person.yesButton().waitFor();
    const text = this.#person.window.getByRole("region", { name: "The text that is signed, word for word" });
    return (await text.textContent()) ?? "";
  }

  /** Says yes on the sheet; resolves when the code is on the screen. */
  async confirm(): Promise<Locator> {
    await this.#person.yesButton().click();
    await this.code().waitFor();
    return this.code();
  }

  /** Up to the code, without looking at anything. */
  async begin(...paths: readonly string[]): Promise<void> {
    await this.open(...paths);
    await this.pressSign();
    await this.confirm();
  }

  code(): Locator {
    return this.#person.dialog().getByRole("img", { name: /^QR code/u });
  }

  /** Reads the code on the screen with the practice app, as a phone's camera does: until one is young enough. */
  async scan(sandbox: Sandbox): Promise<BankIdOrderSummary> {
    for (let tries = 1; ; tries += 1) {
      const read = await readQr(this.code());
      try {
        return sandbox.control.bankid.scan(read);
      } catch (error) {
        if (tries === MAXIMUM_TRIES || !String(error).includes("old-code")) {
          throw error;
        }
      }
    }
  }

  /** Opens the app on this computer; resolves to its page. */
  async openHere(): Promise<Page> {
    const opened = this.#person.app.waitForEvent("window");
    await this.#person.dialog().getByRole("button", { name: "On this computer" }).click();
    const page = await opened;
    await page.waitForURL(/\/phone/u);
    await page.waitForLoadState();
    return page;
  }

  #signButton(): Locator {
    return this.#person.window.getByRole("button", { name: /^Sign \d+ documents? with BankID$/u, disabled: false });
  }
}

/** The newest order at the practice BankID, once there is another one than this. */
export async function lastOrder(sandbox: Sandbox, before = ""): Promise<BankIdOrderSummary> {
  const newest = (): BankIdOrderSummary | undefined => sandbox.control.bankid.orders().at(-1);
  await expect.poll(() => [undefined, before].includes(newest()?.id)).toBe(false);
  const order = newest();
  if (order === undefined) {
    throw new Error("nothing was ordered");
  }
  return order;
}

/** The newest order, taken up by an app; where it is not about the picture on the screen. */
export async function takenOrder(sandbox: Sandbox): Promise<BankIdOrderSummary> {
  const { bankid } = sandbox.control;
  return bankid.scan(bankid.code((await lastOrder(sandbox)).id));
}
