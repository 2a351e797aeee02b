import type { AppState } from "../../shared/app-state.ts";

/**
 * Another text when a signing or a document of one gets into another state, which changes what the history tells; the
 * same as long as the person is only asked something else, as with BankID's code each second.
 */
export function signingStates({ transactions, documents }: Pick<AppState, "transactions" | "documents">): string {
  const kinds = new Map(documents.map(({ id, state }) => [id, state.kind]));
  return JSON.stringify(
    transactions.map((run) => [run.id, run.outcome?.kind, run.documents.map(({ document }) => kinds.get(document))]),
  );
}
