import { basename } from "node:path";
import type { Failure } from "../../../../shared/failure.ts";
import { CryptokiError, ModuleUnusable } from "./cryptoki.ts";
import { CKF, CKR } from "./cryptoki-constants.ts";

const REMOVED: ReadonlySet<number> = new Set([
  CKR.SLOT_ID_INVALID,
  CKR.DEVICE_REMOVED,
  CKR.KEY_HANDLE_INVALID,
  CKR.OBJECT_HANDLE_INVALID,
  CKR.SESSION_CLOSED,
  CKR.SESSION_HANDLE_INVALID,
  CKR.TOKEN_NOT_PRESENT,
  CKR.TOKEN_NOT_RECOGNIZED,
]);

const WRONG_PIN: ReadonlySet<number> = new Set([CKR.PIN_INCORRECT, CKR.PIN_INVALID, CKR.PIN_LEN_RANGE]);

export const isWrongPin = (error: unknown): boolean => error instanceof CryptokiError && WRONG_PIN.has(error.code);

export const isMechanismRefused = (error: unknown): boolean =>
  error instanceof CryptokiError &&
  ([CKR.MECHANISM_INVALID, CKR.MECHANISM_PARAM_INVALID, CKR.KEY_TYPE_INCONSISTENT] as number[]).includes(error.code);

/** What a person is told. Anything that is not the module's doing is a bug and thrown on. */
export function tokenFailure(error: unknown, module: string): Failure {
  if (error instanceof ModuleUnusable) {
    return { code: "token.module-unusable", params: { module: basename(module) } };
  }
  if (!(error instanceof CryptokiError)) {
    throw error;
  }
  if (REMOVED.has(error.code)) {
    return { code: "token.removed" };
  }
  switch (error.code) {
    case CKR.PIN_INCORRECT:
    case CKR.PIN_INVALID:
    case CKR.PIN_LEN_RANGE:
      return { code: "token.pin-wrong" };
    case CKR.PIN_LOCKED:
      return { code: "token.pin-locked" };
    case CKR.PIN_EXPIRED:
    case CKR.USER_PIN_NOT_INITIALIZED:
      return { code: "token.pin-not-set" };
    case CKR.CANCEL:
    case CKR.FUNCTION_CANCELED:
      return { code: "token.pin-cancelled" };
    default:
      return { code: "token.failed", params: { code: `0x${error.code.toString(16)}` } };
  }
}

/** How the token itself judges its PIN (CK_TOKEN_INFO). */
export type PinState = "good" | "few-left" | "last-try" | "locked" | "not-set";

export function pinState(flags: bigint): PinState {
  if ((flags & CKF.USER_PIN_LOCKED) !== 0n) {
    return "locked";
  }
  if ((flags & CKF.USER_PIN_FINAL_TRY) !== 0n) {
    return "last-try";
  }
  if ((flags & CKF.USER_PIN_COUNT_LOW) !== 0n) {
    return "few-left";
  }
  return (flags & CKF.USER_PIN_INITIALIZED) === 0n ? "not-set" : "good";
}

/** After a wrong PIN: how much worse it has become. */
export function wrongPinFailure(flags: bigint): Failure {
  switch (pinState(flags)) {
    case "locked":
      return { code: "token.pin-locked" };
    case "last-try":
      return { code: "token.pin-wrong-last-try" };
    case "few-left":
      return { code: "token.pin-wrong-few-left" };
    case "good":
    case "not-set":
      return { code: "token.pin-wrong" };
  }
}
