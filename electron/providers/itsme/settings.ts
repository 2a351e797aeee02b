/** Times in milliseconds. itsme documents no polling interval and no session lifetime; these are our own choice. */
export interface ItsmeSettings {
  readonly firstPoll: number;
  readonly pollInterval: number;
  readonly identificationTimeLimit: number;
  readonly signingTimeLimit: number;
  /** The longest pause between two attempts while the network or the server is in trouble. */
  readonly longestPause: number;
  /**
   * Attempts that must fail in a row before a run past its time limit gives up, some four minutes: a computer wakes, or
   * starts, before its network, and the approval may be waiting at itsme.
   */
  readonly attemptsPastLimit: number;
  /** How long itsme is asked again for an approval that comes late, each time the person wants it. */
  readonly lateTimeLimit: number;
  /** Attempts to start a signing session when the server cannot be reached. */
  readonly startAttempts: number;
  /** Hashes in one approval; the interface allows 70. */
  readonly maximumHashes: number;
}

export const DEFAULT_ITSME_SETTINGS: ItsmeSettings = {
  firstPoll: 2_000,
  pollInterval: 3_000,
  identificationTimeLimit: 600_000,
  signingTimeLimit: 300_000,
  longestPause: 30_000,
  attemptsPastLimit: 10,
  lateTimeLimit: 120_000,
  startAttempts: 5,
  maximumHashes: 70,
};
