import { existsSync } from "node:fs";
import { join } from "node:path";
import type { JournalReads } from "../../storage/journal-reads.ts";
import { readJournal } from "../../storage/open-journal.ts";
import type { Stores } from "../application/open-stores.ts";

export interface AllJournals {
  /** This program's own first, then the command line's. */
  readonly journals: readonly JournalReads[];
  /** None of them is damaged or locked. */
  readonly isComplete: boolean;
}

/** Looks into the journals of all programs of this person on this data folder. */
export function lookIntoJournals<T>(data: string, own: Stores["journal"], look: (all: AllJournals) => T): T {
  const path = join(data, "command-line.db");
  const others = existsSync(path) ? readJournal(path) : null;
  try {
    const isReadable = others !== null && canBeRead(others.reads);
    return look({
      journals: [...(own.ok ? [own.value] : []), ...(isReadable ? [others.reads] : [])],
      isComplete: own.ok && (isReadable || !existsSync(path)),
    });
  } finally {
    others?.close();
  }
}

/** A damaged journal of another program takes nothing from this one's history. */
function canBeRead(journal: JournalReads): boolean {
  try {
    journal.names();
    return true;
  } catch {
    return false;
  }
}
