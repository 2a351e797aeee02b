import { existsSync } from "node:fs";
import type { ProviderId } from "../../shared/ids.ts";
import type { JournalReads } from "./journal-reads.ts";
import { readJournal } from "./open-journal.ts";

/**
 * Whether a run in this journal needs the profile. One that is not there has none; one that cannot be read may have one,
 * as may one of a newer version, and what an approval needs is not thrown away.
 */
export function unfinishedInFile(path: string, provider: ProviderId, profile: string): boolean {
  if (!existsSync(path)) {
    return false;
  }
  // Another program's: it is looked into, and neither made nor brought to a newer version.
  const opened = readJournal(path);
  if (opened === null) {
    return true;
  }
  try {
    return opened.isNewer() || isNeededBy(opened.reads, provider, profile);
  } catch {
    return true;
  } finally {
    opened.close();
  }
}

export const isNeededBy = (journal: Pick<JournalReads, "unfinished">, provider: ProviderId, profile: string): boolean =>
  journal.unfinished().some((run) => run.provider === provider && run.profile === profile);
