import type { DocumentRegistry } from "../documents/document-registry.ts";
import type { SigningService } from "../signing/signing-service.ts";
import type { HandlersOf } from "./command-handlers.ts";
import type { Unlocking } from "./document-commands.ts";
import type { TransactionViews } from "./transaction-views.ts";

export interface UnlockingParts {
  readonly registry: DocumentRegistry;
  readonly views: TransactionViews;
  readonly signing: SigningService | null;
  readonly retry: HandlersOf<"signing">["signing.retry"];
}

/** Joins passwords and runs: a run that was interrupted and waits for a password goes on as soon as it is there. */
export function unlocking({ registry, views, signing, retry }: UnlockingParts): Unlocking {
  return {
    copiesOf: (id) => {
      const found = views.itemOf(id);
      return found === null || signing === null ? [] : signing.copiesOf(found.transaction, found.item);
    },
    onUnlocked: async (id) => {
      signing?.passwordGiven();
      const state = registry.get(id)?.state;
      if (
        state?.kind === "needs-attention" &&
        state.transaction !== null &&
        state.failure.code === "document.password-needed"
      ) {
        // When the run goes on already, its end says what is still to be done.
        await retry({ transaction: state.transaction, withoutTimestamp: false });
      }
    },
  };
}
