import type { Failure } from "../../../shared/failure.ts";
import type { SecretInteraction, WaitingInteraction } from "../../../shared/interaction.ts";
import { failed, success } from "../../../shared/result.ts";
import type { Result } from "../../../shared/result.ts";

export interface SecretQuestion {
  /** "pin-on-reader": the reader has keys of its own, and this program never sees the PIN. */
  readonly secret: "password" | "pin" | "pin-on-reader";
  /** Message key and its parameters: which certificate or token is meant. */
  readonly message: string;
  readonly params: Readonly<Record<string, string>>;
  readonly practiceHint: string | null;
}

/** After these the person may try again. All else ends the run. */
const TRY_AGAIN: ReadonlySet<string> = new Set([
  "certificate.wrong-password",
  "token.pin-wrong",
  "token.pin-wrong-few-left",
  "token.pin-wrong-last-try",
]);

/**
 * The password or PIN of one run: asked for when somebody first wants it, good for the whole batch, gone with the run.
 *
 * SECURITY: it lives in a private field of this object and nowhere else. The flow's states, which go to the journal, never have it,
 * and a run that goes on after a restart asks again.
 */
export class SecretEntry {
  readonly #question: SecretQuestion;
  #value: string | null = null;
  #wanted = false;
  #tries = 0;
  #problem: Failure | null = null;
  #refused: string | null = null;
  #attemptsLeft: number | null = null;
  #announced = false;

  constructor(question: SecretQuestion) {
    this.#question = question;
  }

  /**
   * Before the first use of a token whose reader asks for the PIN itself: what the person should do there, once. Null: nothing
   * to announce.
   */
  announcement(): WaitingInteraction | null {
    if (this.#question.secret !== "pin-on-reader" || this.#announced) {
      return null;
    }
    this.#announced = true;
    const { message, params } = this.#question;
    return { kind: "waiting", id: "secret-reader", message, params, deadline: null, device: "computer" };
  }

  /** What the token says of itself before it is asked. */
  setAttemptsLeft(attemptsLeft: number | null): void {
    this.#attemptsLeft = attemptsLeft;
  }

  /** For whoever opens the file or the token. Without an entry it fails, and `question` says what to ask. */
  take(): Result<string, Failure> {
    this.#wanted = this.#value === null;
    return this.#value === null ? failed({ code: "provider.cancelled" }) : success(this.#value);
  }

  /** What the person has typed, for the question that is open now; an answer to an older one is ignored. */
  give(interaction: string, value: string): void {
    if (!this.isAsking || interaction !== this.#id) {
      return;
    }
    this.#tries += 1;
    // SECURITY: the PIN that was just refused would only use up another attempt.
    if (this.#question.secret === "pin" && value === this.#refused) {
      return;
    }
    this.#value = value;
    this.#wanted = false;
  }

  /** Is a question open that nobody has answered yet? */
  get isAsking(): boolean {
    return this.#wanted && this.#value === null;
  }

  /** Does this failure mean that the person should be asked (again)? */
  mayTryAgain(failure: Failure): boolean {
    if (this.isAsking) {
      return true;
    }
    if (!TRY_AGAIN.has(failure.code)) {
      return false;
    }
    // One entry, one try: a token counts wrong ones and locks itself.
    this.#refused = this.#value;
    this.#value = null;
    this.#wanted = true;
    this.#problem = failure;
    return true;
  }

  forget(): void {
    this.#value = null;
    this.#refused = null;
  }

  interaction(): SecretInteraction {
    const { secret, message, params, practiceHint } = this.#question;
    return {
      kind: "secret",
      id: this.#id,
      message,
      params,
      deadline: null,
      secret: secret === "password" ? "password" : "pin",
      problem: this.#problem,
      attemptsLeft: this.#attemptsLeft,
      practiceHint,
    };
  }

  get #id(): string {
    return `secret-${this.#tries}`;
  }
}
