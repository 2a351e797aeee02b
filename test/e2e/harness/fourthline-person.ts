import { expect } from "@playwright/test";
import type { Locator } from "@playwright/test";
import type { WorkflowSummary } from "../../../sandbox/fourthline/fourthline-control.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import type { Person } from "../../../tools/demo/person.ts";

/** Somebody whom the practice Fourthline knows by this reference. */
export const ANNA = {
  "Given names": "Anna Maria Sofia",
  Surname: "de Vries",
  "Mobile phone": "+31 6 12345678",
  "Your reference of the person": "practice",
} as const;

/** What a person does with the form for Fourthline, and with what its flow asks. */
export class FourthlinePerson {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  async open(...paths: readonly string[]): Promise<void> {
    const { window } = this.#person;
    await this.#person.open(...paths);
    await this.#person.seesPages();
    await window.getByRole("button", { name: /Sign with$/u }).click();
    await window.getByRole("option", { name: /^Fourthline / }).click();
    await window.getByRole("region", { name: "Who signs" }).waitFor();
  }

  async fillIn(values: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      await this.#person.window.getByRole("textbox", { name }).fill(value);
    }
  }

  async isStillIdentified(): Promise<void> {
    const { window } = this.#person;
    await window.getByRole("button", { name: /The identification$/u }).click();
    await window.getByRole("option", { name: "may still be processed" }).click();
  }

  async sign(): Promise<void> {
    const { window } = this.#person;
    await window.getByRole("button", { name: /^Sign \d+ documents? with Fourthline$/u, disabled: false }).click();
    await this.#person.yesButton().click();
  }

  /** Ticks everything that can be ticked, one after the other, and approves. */
  async agree(): Promise<void> {
    await expect(this.approveButton()).toBeDisabled({ timeout: 20_000 });
    const boxes = this.#person.dialog().getByRole("checkbox");
    for (const box of await boxes.all()) {
      await expect(box).not.toBeChecked();
      await box.press("Space");
    }
    await this.approveButton().click();
  }

  approveButton(): Locator {
    return this.#person.window.getByRole("button", { name: "Approve and send the SMS" });
  }

  /** Types a passcode and confirms it. */
  async type(passcode: string): Promise<void> {
    const code = this.#person.window.getByRole("textbox", { name: "Code" });
    await code.fill(passcode, { timeout: 20_000 });
    await code.press("Enter");
  }
}

export function lastPasscode(sandbox: Sandbox): string {
  const [message] = sandbox.control.fourthline.messages();
  if (message === undefined) throw new Error("no text message was sent");
  return message.passcode;
}

export function lastSignature(sandbox: Sandbox): WorkflowSummary {
  const signature = sandbox.control.fourthline.signatures().at(-1);
  if (signature === undefined) throw new Error("no workflow was made");
  return signature;
}
