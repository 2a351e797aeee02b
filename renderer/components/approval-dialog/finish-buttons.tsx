import type { DocumentState } from "../../../shared/app-state.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";

interface FinishButtonsProps {
  readonly state: Extract<DocumentState, { readonly kind: "needs-attention" }>;
}

/** For a document that is approved but could not be finished: go on with the kept approval. */
export function FinishButtons({ state }: FinishButtonsProps) {
  const { actions } = useWindow();
  const { transaction, failure } = state;
  // With the password it goes on by itself; without, trying again changes nothing.
  if (transaction === null || failure.code === "document.password-needed") return null;
  return (
    <>
      <ActionButton size="small" onPress={() => void actions.retry(transaction, false)}>
        {text("result.retry-saving")}
      </ActionButton>
      {failure.code.startsWith("timestamp.") ? (
        <ActionButton size="small" onPress={() => void actions.retry(transaction, true)}>
          {text("result.without-timestamp")}
        </ActionButton>
      ) : null}
    </>
  );
}
