import type { Failure } from "../../../../shared/failure.ts";
import type { Result } from "../../../../shared/result.ts";
import { CryptokiError } from "./cryptoki.ts";
import type { Cryptoki } from "./cryptoki.ts";
import { CKF, CKR, CKU } from "./cryptoki-constants.ts";
import type { FoundToken } from "./read-token.ts";
import { isWrongPin, pinState, wrongPinFailure } from "./token-failure.ts";
import type { PinState } from "./token-failure.ts";

/** What a person needs to know to type a PIN. */
export interface PinRequest {
  readonly token: { readonly label: string; readonly serial: string };
  readonly state: PinState;
  /** Why the PIN before was not accepted; null at the first question. */
  readonly previous: Failure | null;
}

/** SECURITY: whoever cannot ask a person again answers `previous` with a failure: a PIN that is tried again locks cards. */
export type AskPin = (request: PinRequest) => Promise<Result<string, Failure>>;

/** A session on one token, and the PIN for the time of one use. */
export class TokenSession {
  readonly #cryptoki: Cryptoki;
  readonly #token: FoundToken;
  readonly #ask: AskPin;
  readonly handle: bigint;
  #pin: Uint8Array | null = null;
  #loggedIn = false;

  constructor(cryptoki: Cryptoki, token: FoundToken, handle: bigint, ask: AskPin) {
    this.#cryptoki = cryptoki;
    this.#token = token;
    this.handle = handle;
    this.#ask = ask;
  }

  /** Once; asks for the PIN when the token wants one and its reader does not ask itself. */
  async login(): Promise<Failure | null> {
    if (this.#loggedIn || (this.#token.info.flags & CKF.LOGIN_REQUIRED) === 0n) {
      return null;
    }
    if (this.#asksItself()) {
      return this.#try(null);
    }
    for (let previous: Failure | null = null, last: Uint8Array | null = null; ;) {
      const { label, serial, flags } = await this.#cryptoki.tokenInfo(this.#token.slot);
      const state = pinState(flags);
      if (state === "locked") {
        return { code: "token.pin-locked" };
      }
      const answer: Result<string, Failure> = await this.#ask({ token: { label, serial }, state, previous });
      if (!answer.ok) {
        return answer.failure;
      }
      const pin = Uint8Array.from(Buffer.from(answer.value, "utf8"));
      // SECURITY: the PIN that was just refused would only use up another attempt.
      if (previous !== null && last !== null && Buffer.from(last).equals(pin)) {
        pin.fill(0);
        last.fill(0);
        return previous;
      }
      last?.fill(0);
      previous = await this.#try(pin);
      if (previous === null || !previous.code.startsWith("token.pin-wrong")) {
        return previous;
      }
      last = pin;
    }
  }

  /** CKA_ALWAYS_AUTHENTICATE: the token wants the PIN for each signature, between C_SignInit and C_Sign. */
  async loginForOneSignature(): Promise<void> {
    await this.#cryptoki.login(this.handle, CKU.CONTEXT_SPECIFIC, this.#asksItself() ? null : this.#pin);
  }

  async close(): Promise<void> {
    this.#pin?.fill(0);
    this.#pin = null;
    if (this.#loggedIn) {
      await this.#cryptoki.logout(this.handle);
    }
    await this.#cryptoki.closeSession(this.handle);
  }

  #asksItself(): boolean {
    return (this.#token.info.flags & CKF.PROTECTED_AUTHENTICATION_PATH) !== 0n;
  }

  async #try(pin: Uint8Array | null): Promise<Failure | null> {
    try {
      await this.#cryptoki.login(this.handle, CKU.USER, pin);
    } catch (error) {
      if (isWrongPin(error)) {
        const { flags } = await this.#cryptoki.tokenInfo(this.#token.slot);
        return wrongPinFailure(flags);
      }
      if (!(error instanceof CryptokiError && error.code === CKR.USER_ALREADY_LOGGED_IN)) {
        throw error;
      }
    }
    this.#pin = pin;
    this.#loggedIn = true;
    return null;
  }
}
