/** Times in milliseconds (sheet sections 1.3, 2.3 and 9). */
export interface BankIdSettings {
  /** BankID's own rule; never faster than once a second. */
  readonly pollInterval: number;
  /** How often the picture is another one. */
  readonly pictureInterval: number;
  /** The app on this computer has to connect within this time. */
  readonly appTimeLimit: number;
  /** For so long a code that was not scanned is followed by another order. */
  readonly restartLimit: number;
  /** Nothing is asked about an order after this. */
  readonly orderTimeLimit: number;
  /** A server that cannot be reached is tried for so long. */
  readonly outageLimit: number;
  readonly longestPause: number;
  /** Errors of the server in a row, after which it is believed. */
  readonly serverErrors: number;
}

export const DEFAULT_BANKID_SETTINGS: BankIdSettings = {
  pollInterval: 2_000,
  pictureInterval: 1_000,
  appTimeLimit: 30_000,
  restartLimit: 180_000,
  orderTimeLimit: 360_000,
  outageLimit: 180_000,
  longestPause: 15_000,
  serverErrors: 3,
};
