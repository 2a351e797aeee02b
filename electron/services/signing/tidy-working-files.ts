import { rm } from "node:fs/promises";
import type { JournalReads } from "../../storage/journal-reads.ts";
import type { ItemRecord } from "../../storage/journal-record.ts";
import { stagedFiles } from "./prepare-item.ts";

/**
 * Removes what still lies beside results that were delivered: a system that refused to remove a working file once does so no
 * more, usually. Files of documents that are not delivered stay; they may hold an approval. Never rejects.
 */
export async function tidyWorkingFiles(items: readonly ItemRecord[]): Promise<void> {
  for (const path of items.filter(({ phase }) => phase === "delivered").flatMap(stagedFiles)) {
    await rm(path, { force: true }).catch(() => undefined);
  }
}

/** Of all runs that the journal still knows and nobody drives any more. */
export const itemsOfEndedRuns = (journal: Pick<JournalReads, "transactions" | "items">): readonly ItemRecord[] =>
  journal
    .transactions()
    .filter(({ phase }) => phase !== "running")
    .flatMap(({ id }) => journal.items(id));
