import { existsSync } from "node:fs";
import type { ProviderId } from "../../shared/ids.ts";
import { openJournal } from "./open-journal.ts";

/**
 * Whether a run in this journal needs the profile. One that is not there has none; one that cannot be read may have one,
 * and what an approval needs is not thrown away.
 */
export function unfinishedInFile(path: string, provider: ProviderId, profile: string): boolean {
  if (!existsSync(path)) {
    return false;
  }
  const opened = openJournal(path, Date.now, process.pid);
  if (!opened.ok) {
    return true;
  }
  try {
    return opened.value.unfinished().some((run) => run.provider === provider && run.profile === profile);
  } finally {
    opened.value.close();
  }
}
