import { isJournalFailure } from "../../storage/journal-errors.ts";
import type { Journal } from "../../storage/journal.ts";

/** Long enough to ask support about a run; the audit trail, which names nobody, stays. */
const KEPT_MILLISECONDS = 7 * 24 * 3_600_000;

/** SECURITY: a run's rows hold names, paths and, with some providers, more about a person. They are not kept for longer than needed. */
export function forgetOldRuns(journal: Journal, now: number): void {
  try {
    journal.forgetFinished(new Date(now - KEPT_MILLISECONDS).toISOString());
  } catch (error) {
    // A disk that is full: the next start tries again.
    if (!isJournalFailure(error)) {
      throw error;
    }
  }
}
