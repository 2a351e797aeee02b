import type { FailureCode } from "../../../shared/failure.ts";
import type { RfaId } from "../../../shared/messages/bankid-rfa.ts";

/** How the person reaches the app: by scanning the code with a phone, or on this computer. */
export type StartMethod = "qr" | "autostart";

type ByMethod<T> = Readonly<Record<StartMethod, T>>;

export interface PendingStatus {
  /** As in BankID's own API. */
  readonly hint: string;
  /** The app has not picked up the order: the code is shown only as long as that is so (sheet section 2.1). */
  readonly isWaitingForApp: boolean;
  readonly message: ByMethod<RfaId>;
}

export interface FailedStatus {
  readonly hint: string;
  readonly failure: ByMethod<FailureCode>;
}

const both = <T>(value: T): ByMethod<T> => ({ qr: value, autostart: value });

/** Sheet section 3.5. The order is alive. */
export const PENDING_STATUSES: readonly PendingStatus[] = [
  { hint: "outstandingTransaction", isWaitingForApp: true, message: { qr: "RFA1", autostart: "RFA13" } },
  { hint: "noClient", isWaitingForApp: true, message: both("RFA1") },
  { hint: "started", isWaitingForApp: false, message: { qr: "RFA15B", autostart: "RFA15A" } },
  { hint: "userMrtd", isWaitingForApp: false, message: both("RFA23") },
  { hint: "userCallConfirm", isWaitingForApp: false, message: both("RFA21") },
  { hint: "userSign", isWaitingForApp: false, message: both("RFA9") },
];

/** Sheet section 3.5. The order is over. */
export const FAILED_STATUSES: readonly FailedStatus[] = [
  { hint: "expiredTransaction", failure: both("bankid.expired") },
  { hint: "certificateErr", failure: both("bankid.blocked") },
  { hint: "userCancel", failure: both("bankid.user-cancelled") },
  { hint: "cancelled", failure: both("bankid.order-cancelled") },
  { hint: "startFailed", failure: { qr: "bankid.not-scanned", autostart: "bankid.not-started" } },
  { hint: "userDeclinedCall", failure: both("bankid.declined-call") },
  { hint: "notSupportedByUserApp", failure: both("bankid.app-unsuited") },
  { hint: "transactionRiskBlocked", failure: both("bankid.risk") },
];

export const pendingStatus = (hint: string): PendingStatus | undefined =>
  PENDING_STATUSES.find((status) => status.hint === hint);

export const failedStatus = (hint: string): FailedStatus | undefined =>
  FAILED_STATUSES.find((status) => status.hint === hint);

/** "OUTSTANDING_TRANSACTION" for "outstandingTransaction": how PhenixID spells BankID's hints (sheet section 1.3). */
const upperSnake = (hint: string): string => hint.replaceAll(/[A-Z]/gu, (letter) => `_${letter}`).toUpperCase();

const HINT_BY_STATUS: ReadonlyMap<string, string> = new Map(
  [...PENDING_STATUSES, ...FAILED_STATUSES].map(({ hint }) => [upperSnake(hint), hint]),
);

/** BankID's hint behind a status of PhenixID; undefined for one that is not a hint. */
export const hintOfStatus = (status: string): string | undefined => HINT_BY_STATUS.get(status);
