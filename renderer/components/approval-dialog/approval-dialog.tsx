import { useState } from "react";
import type { DocumentView, TransactionView } from "../../../shared/app-state.ts";
import type { Interaction } from "../../../shared/interaction.ts";
import { useWindow } from "../../state/window-context.tsx";
import { providerName } from "../../text/provider-name.ts";
import { text, textOr } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { ModalSheet } from "../controls/modal-sheet.tsx";
import styles from "./approval-dialog.module.css";
import { InteractionView, askText } from "./interaction-view.tsx";
import { PasswordBody } from "./password-body.tsx";
import { RunHeader } from "./run-header.tsx";
import { RunProgress } from "./run-progress.tsx";

/** One dialog for all providers: it knows interactions, not providers. */
export function ApprovalDialog({ run }: { readonly run: TransactionView }) {
  const { app, dispatch, actions } = useWindow();
  const [cancelling, setCancelling] = useState(false);
  const cancel = async (): Promise<void> => {
    setCancelling(true);
    // When main refuses, the button must work again.
    if (!(await actions.cancel(run.id))) setCancelling(false);
  };
  const { interaction } = run;
  const locked = app.documents.find(
    ({ state }) => state.kind === "waiting-for-password" && state.transaction === run.id,
  );
  return (
    <ModalSheet
      title={text("approval.title", { provider: providerName(run.provider) })}
      onClose={null}
      buttons={
        <>
          <p className={styles["cancelMeaning"]}>{meaningOf(run)}</p>
          <ActionButton onPress={() => dispatch({ kind: "hide-run", transaction: run.id, hidden: true })}>
            {text("approval.hide")}
          </ActionButton>
          {interaction?.kind === "handover" ? null : (
            <ActionButton isDisabled={cancelling} onPress={() => void cancel()}>
              {cancelling ? text("approval.cancelling") : text("approval.cancel")}
            </ActionButton>
          )}
        </>
      }
    >
      <RunHeader run={run} status={statusText(interaction, locked)} language={interaction?.language} />
      {interaction === null && locked !== undefined ? <PasswordBody key={locked.id} document={locked} /> : null}
      {interaction === null && locked === undefined ? <RunProgress run={run} /> : null}
      {interaction === null ? null : <InteractionView key={keyOf(interaction)} run={run} interaction={interaction} />}
    </ModalSheet>
  );
}

/** A code that ran out and is followed by another one is the same question: the button beside it keeps the focus. */
const keyOf = ({ kind, id }: Interaction): string => (kind === "qr" ? kind : id);

/** What Cancel would do now. */
function meaningOf({ interaction, provider }: TransactionView): string {
  // Everything is signed and delivered: there is nothing to cancel.
  if (interaction?.kind === "handover") return "";
  const isSigned = interaction?.kind === "waiting" && interaction.takesDays === true;
  return isSigned
    ? text("approval.cancel-gives-up")
    : textOr(`approval.cancel-means.${provider}`, "approval.cancel-means");
}

function statusText(interaction: Interaction | null, locked: DocumentView | undefined): string {
  if (interaction !== null) return askText(interaction);
  return locked === undefined ? text("approval.working") : text("unlock.ask-run", { name: locked.name });
}
