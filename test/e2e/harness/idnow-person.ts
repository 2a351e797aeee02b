import type { Locator, Page } from "@playwright/test";
import type { OrderSummary } from "../../../sandbox/idnow/idnow-control.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import type { Person } from "../../../tools/demo/person.ts";
import { contractIn } from "./results.ts";

export const ERIKA = {
  "Given names": "Erika",
  Surname: "Mustermann",
  "E-mail": "erika@example.com",
  "Mobile phone": "+49 170 1234567",
} as const;
export const JAN = {
  "Given names": "Jan",
  Surname: "van den Berg",
  "E-mail": "jan@example.com",
  "Mobile phone": "+32470123456",
} as const;

/** What a person does with the form for an order to IDnow, and with IDnow's own pages. */
export class IdnowPerson {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  /** Opens documents and chooses IDnow for them. */
  async open(...paths: readonly string[]): Promise<void> {
    const { window } = this.#person;
    await this.#person.open(...paths);
    await this.#person.seesPages();
    await window.getByRole("button", { name: /Sign with$/u }).click();
    await window.getByRole("option", { name: /^IDnow / }).click();
    await this.#signButton().waitFor();
  }

  async fillSigner(values: Readonly<Record<string, string>>, number = 1): Promise<void> {
    const { window } = this.#person;
    const group = window.getByRole("group", { name: `Signer ${number}` });
    const own: Page | Locator = (await group.count()) === 0 ? window : group;
    for (const [name, value] of Object.entries(values)) {
      await own.getByRole("textbox", { name }).fill(value);
    }
  }

  async pressSign(): Promise<void> {
    await this.#signButton().click();
    await this.#person.yesButton().waitFor();
  }

  /** Says yes on the sheet; resolves to IDnow's page in its own window. */
  async confirm(): Promise<Page> {
    const opened = this.#person.app.waitForEvent("window");
    await this.#person.yesButton().click();
    const page = await opened;
    await page.waitForURL(/\/status\//u);
    await page.waitForLoadState();
    return page;
  }

  /** Leaves the provider's copy or has it deleted. */
  async finish(): Promise<void> {
    await this.#person.window.getByRole("button", { name: "Finish", exact: true }).click();
  }

  #signButton(): Locator {
    return this.#person.window.getByRole("button", { name: /^Sign \d+ documents? with IDnow$/u, disabled: false });
  }
}

/** A contract is open, the order is filled in, and the sheet asks for the yes. */
export async function reviewedOrder(person: Person, folder: string): Promise<IdnowPerson> {
  const idnow = new IdnowPerson(person);
  await idnow.open(await contractIn(folder));
  await idnow.fillSigner(ERIKA);
  await idnow.pressSign();
  return idnow;
}

/** The newest order at the practice IDnow. */
export function lastOrder(sandbox: Sandbox): OrderSummary {
  const order = sandbox.control.idnow
    .orders()
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .at(-1);
  if (order === undefined) {
    throw new Error("nothing was ordered");
  }
  return order;
}

/** The code in the newest text message. */
export function lastCode(sandbox: Sandbox): string {
  const [message] = sandbox.control.idnow.messages();
  if (message === undefined) {
    throw new Error("no text message was sent");
  }
  return message.tan;
}
