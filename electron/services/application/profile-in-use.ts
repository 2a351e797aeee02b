import { join } from "node:path";
import type { ProviderId } from "../../../shared/ids.ts";
import { isNeededBy, unfinishedInFile } from "../../storage/unfinished-in-file.ts";
import type { Stores } from "./open-stores.ts";

/**
 * Whether a run that is not finished needs a profile: one of the window's, or one that a command on the command line left. A
 * journal of either that cannot be read may have such a run.
 */
export const profileInUse =
  ({ journal, data }: Pick<Stores, "journal" | "data">) =>
  (provider: ProviderId, name: string): boolean =>
    !journal.ok ||
    isNeededBy(journal.value, provider, name) ||
    unfinishedInFile(join(data, "command-line.db"), provider, name);
