import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export interface JournalFacts {
  /** No run in it will go on. */
  readonly isOver: boolean;
  /** Signature values of certificates on this computer: there is no call, the person is asked by the program itself. */
  readonly values: number;
}

export function readJournal(data: string): JournalFacts {
  const journal = new DatabaseSync(join(data, "sealdesk.db"));
  try {
    const count = (condition: string): number =>
      Number(journal.prepare(`SELECT count(*) AS n FROM ${condition}`).get()?.["n"]);
    const going =
      count("signing_transaction WHERE phase = 'running'") +
      count("signing_item WHERE phase IN ('approved', 'assembled')");
    return { isOver: going === 0, values: count("signing_item WHERE value IS NOT NULL") };
  } finally {
    journal.close();
  }
}
