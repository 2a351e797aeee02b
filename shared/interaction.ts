import type { Failure } from "./failure.ts";

/** What a provider's flow asks of the person, as the approval dialog sees it. The dialog knows nothing of providers. */
export type Interaction = PageInteraction | WaitingInteraction | ConfirmInteraction | SecretInteraction;

interface InteractionBase {
  /** Unique in its transaction; an answer names it, so a late answer to an old question is ignored. */
  readonly id: string;
  /** Message key of the sentence that says what the person should do now ("itsme.identify"). */
  readonly message: string;
  readonly params?: Readonly<Record<string, string | number>>;
  /** ISO 8601 time at which the flow gives up, or null when it waits without a limit. */
  readonly deadline: string | null;
}

/** The provider's own page is open in its own window. Only the host is shown; the address stays in main. */
export interface PageInteraction extends InteractionBase {
  readonly kind: "page";
  readonly host: string;
}

/** Nothing to do here: look at the phone, or wait for the provider. */
export interface WaitingInteraction extends InteractionBase {
  readonly kind: "waiting";
  readonly device: "phone" | "computer";
  /** True when the person may ask for the provider's page again (answer "reopen-page"). */
  readonly canReopenPage?: boolean;
}

/** A question with yes or no ("71 documents need a second approval"). */
export interface ConfirmInteraction extends InteractionBase {
  readonly kind: "confirm";
}

/**
 * A password or PIN. SECURITY: the answer goes to main and into the provider's flow, which uses it and lets it go; it is in no
 * state that is stored, shown or logged.
 */
export interface SecretInteraction extends InteractionBase {
  readonly kind: "secret";
  readonly secret: "password" | "pin";
  /** What was wrong with the last entry; null at the first one. */
  readonly problem: Failure | null;
  /** Entries that are left before the token locks itself, as far as it says. */
  readonly attemptsLeft: number | null;
  /** Practice only: the password, which is no secret there. */
  readonly practiceHint: string | null;
}

export type InteractionAnswer =
  | { readonly kind: "secret"; readonly value: string }
  | { readonly kind: "confirm"; readonly accepted: boolean }
  | { readonly kind: "reopen-page" };
