/** Times in milliseconds. The limits are Fourthline's (sheet section 6); how often to ask is our own choice (section 7). */
export interface FourthlineSettings {
  /** While the person waits. */
  readonly pollInterval: number;
  /** While the person reads or looks for the phone: only what ends the signing from outside is looked for. */
  readonly quietInterval: number;
  /** For an identification that is still being processed: at first, and after that many hours. */
  readonly verificationInterval: number;
  readonly slowVerificationAfter: number;
  readonly slowVerificationInterval: number;
  /** The first pause after a failed call; it doubles up to the longest. */
  readonly firstPause: number;
  readonly longestPause: number;
  /** How long a status may stay as it was after a call that changes it: the work goes on after the answer. */
  readonly settleTime: number;
  /** How long `error` may last before it counts: Fourthline may recover. */
  readonly errorGrace: number;
  readonly selfieLimit: number;
  readonly consentLimit: number;
  readonly codeLimit: number;
  /** For everything else but an identification that is being processed. */
  readonly waitLimit: number;
  readonly verificationLimit: number;
  /** Before another passcode may be asked for. */
  readonly resendPause: number;
  /** Downloads that may come damaged before the person is asked. */
  readonly fetchAttempts: number;
  /** Tries to make a workflow before the run gives up. */
  readonly createAttempts: number;
  /** Workflows that may be made by themselves, because nobody knows what became of an upload. */
  readonly uploadAttempts: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const DEFAULT_FOURTHLINE_SETTINGS: FourthlineSettings = {
  pollInterval: 3 * SECOND,
  quietInterval: 15 * SECOND,
  verificationInterval: MINUTE,
  slowVerificationAfter: 2 * HOUR,
  slowVerificationInterval: 10 * MINUTE,
  firstPause: 3 * SECOND,
  longestPause: 5 * MINUTE,
  settleTime: 30 * SECOND,
  errorGrace: 2 * MINUTE,
  selfieLimit: DAY,
  consentLimit: 2 * HOUR,
  codeLimit: HOUR,
  waitLimit: DAY,
  verificationLimit: 7 * DAY,
  resendPause: 30 * SECOND,
  fetchAttempts: 4,
  createAttempts: 3,
  uploadAttempts: 3,
};
