/** Times in milliseconds. IDnow documents no rate limit and no waiting times; these are our own choice (sheet, 7 and 9). */
export interface IdnowSettings {
  /** How often to ask, by how long the order has been open. */
  readonly pollInterval: number;
  readonly slowPollAfter: number;
  readonly slowPollInterval: number;
  readonly slowestPollAfter: number;
  readonly slowestPollInterval: number;
  /** The first pause after a failed call; it doubles up to the longest. */
  readonly firstPause: number;
  readonly longestPause: number;
  /** After a lost answer: how long the order may take to appear, and how often it is looked for before it counts as not made. */
  readonly lookPause: number;
  readonly looks: number;
  /** Before another code may be asked for. */
  readonly resendPause: number;
  /** How long the provider's window may stay open. */
  readonly pageTimeLimit: number;
  /** Downloads that may come damaged before the person is asked. */
  readonly fetchAttempts: number;
  readonly cancelAttempts: number;
  /** The person is asked before more than this is sent. */
  readonly largeBytes: number;
  /** Sending whole documents takes its time. */
  readonly orderTimeLimit: number;
}

export const DEFAULT_IDNOW_SETTINGS: IdnowSettings = {
  pollInterval: 5_000,
  slowPollAfter: 600_000,
  slowPollInterval: 30_000,
  slowestPollAfter: 3_600_000,
  slowestPollInterval: 300_000,
  firstPause: 3_000,
  longestPause: 300_000,
  lookPause: 10_000,
  looks: 2,
  resendPause: 30_000,
  pageTimeLimit: 7_200_000,
  fetchAttempts: 4,
  cancelAttempts: 4,
  largeBytes: 10_000_000,
  orderTimeLimit: 300_000,
};
