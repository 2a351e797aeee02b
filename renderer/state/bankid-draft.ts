import type { BankIdChoices } from "../../shared/app-state.ts";
import type { BankIdDetails } from "../../shared/order-details.ts";
import { personalNumberProblem, plainPersonalNumber } from "../../shared/personal-number.ts";
import type { PersonalNumberProblem } from "../../shared/personal-number.ts";

/** An order to BankID as far as it is chosen. SECURITY: the number lives as long as the window and is stored nowhere. */
export interface BankIdDraft {
  /** As it is typed; empty: whoever signs. */
  readonly personalNumber: string;
  /** Null: as the administrator has it. */
  readonly language: BankIdDetails["language"] | null;
  /** Null: as the administrator has it. */
  readonly format: BankIdDetails["format"] | null;
  /** A sealed result has a page that tells what was signed, when and by whom. */
  readonly evidencePage: boolean;
  /** The number's field was left once, or somebody pressed Sign: now it is found fault with. */
  readonly judged: boolean;
}

export const EMPTY_BANKID: BankIdDraft = {
  personalNumber: "",
  language: null,
  format: null,
  evidencePage: true,
  judged: false,
};

/** What is wrong with the number that was typed; null: nothing, or there is none. */
export function numberProblem({ personalNumber }: BankIdDraft): PersonalNumberProblem | null {
  const plain = plainPersonalNumber(personalNumber);
  return plain === "" ? null : personalNumberProblem(plain);
}

/** What goes into the request; null while the number is wrong. */
export function bankidDetails(draft: BankIdDraft, usual: BankIdChoices): BankIdDetails | null {
  if (numberProblem(draft) !== null) return null;
  const plain = plainPersonalNumber(draft.personalNumber);
  return {
    provider: "bankid",
    personalNumber: plain === "" ? null : plain,
    language: draft.language ?? usual.language,
    format: draft.format ?? usual.format,
    start: "qr",
  };
}
