import type { Reason } from "../../shared/verification.ts";

/** Sub-indications of EN 319 102-1 clause 5.1.3 that this program gives. */
export type SubIndication =
  | "FORMAT_FAILURE"
  | "HASH_FAILURE"
  | "SIG_CRYPTO_FAILURE"
  | "REVOKED"
  | "REVOKED_NO_POE"
  | "EXPIRED"
  | "NOT_YET_VALID"
  | "SIG_CONSTRAINTS_FAILURE"
  | "CHAIN_CONSTRAINTS_FAILURE"
  | "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"
  | "NO_SIGNING_CERTIFICATE_FOUND"
  | "NO_CERTIFICATE_CHAIN_FOUND"
  | "OUT_OF_BOUNDS_NO_POE"
  | "TIMESTAMP_ORDER_FAILURE"
  | "SIGNED_DATA_NOT_FOUND"
  | "TRY_LATER"
  | "GENERIC";

/** A reason together with what it does to the verdict. */
export interface Finding extends Reason {
  readonly effect: "information" | "indeterminate" | "failed";
  readonly subIndication: SubIndication | null;
  /** The bytes are not shown to be what was signed: `intact` becomes false. */
  readonly breaksIntegrity: boolean;
}

interface Place {
  readonly offset?: number | undefined;
}

const withPlace = ({ offset }: Place): { readonly offset?: number } => (offset === undefined ? {} : { offset });

/** Told, without consequence. */
export const note = (code: string, message: string, place: Place = {}): Finding => ({
  code,
  message,
  ...withPlace(place),
  effect: "information",
  subIndication: null,
  breaksIntegrity: false,
});

/** Not enough is known for a positive verdict; the bytes may still be intact. */
export const unsure = (subIndication: SubIndication, code: string, message: string, place: Place = {}): Finding => ({
  code,
  message,
  ...withPlace(place),
  effect: "indeterminate",
  subIndication,
  breaksIntegrity: false,
});

/** Not enough is known about the bytes either. */
export const notShown = (subIndication: SubIndication, code: string, message: string, place: Place = {}): Finding => ({
  ...unsure(subIndication, code, message, place),
  breaksIntegrity: true,
});

/** Proven wrong. */
export const failure = (subIndication: SubIndication, code: string, message: string, place: Place = {}): Finding => ({
  code,
  message,
  ...withPlace(place),
  effect: "failed",
  subIndication,
  breaksIntegrity: true,
});

/** Proven wrong about the signer, not about the bytes. */
export const rejected = (subIndication: SubIndication, code: string, message: string, place: Place = {}): Finding => ({
  ...failure(subIndication, code, message, place),
  breaksIntegrity: false,
});

export const toReason = ({ code, message, offset }: Finding): Reason => ({ code, message, ...withPlace({ offset }) });
