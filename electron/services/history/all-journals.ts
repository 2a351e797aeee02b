import { existsSync } from "node:fs";
import { join } from "node:path";
import { isJournalFailure } from "../../storage/journal-errors.ts";
import type { JournalReads } from "../../storage/journal-reads.ts";
import { readJournal } from "../../storage/open-journal.ts";
import type { Stores } from "../application/open-stores.ts";

export interface AllJournals {
  /** This program's own; null: it is damaged or locked. */
  readonly own: JournalReads | null;
  /** This program's own first, then the command line's. */
  readonly journals: readonly JournalReads[];
  /** None of them is damaged or locked. */
  readonly isComplete: boolean;
}

/**
 * Looks into the journals of all programs of this person on this data folder. A damaged journal of another program takes
 * nothing from this one's history: when that shows only while looking, there is a second look without it.
 */
export function lookIntoJournals<T>(data: string, journal: Stores["journal"], look: (all: AllJournals) => T): T {
  const path = join(data, "command-line.db");
  const own = journal.ok ? journal.value : null;
  const isThere = existsSync(path);
  const others = isThere ? readJournal(path) : null;
  const alone = { own, journals: own === null ? [] : [own], isComplete: own !== null && !isThere };
  if (others === null) {
    return look(alone);
  }
  try {
    return look({ own, journals: [...alone.journals, others.reads], isComplete: own !== null });
  } catch (error) {
    if (!isJournalFailure(error)) {
      throw error;
    }
    return look(alone);
  } finally {
    others.close();
  }
}
