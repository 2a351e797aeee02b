import type { TransactionView } from "../../../shared/app-state.ts";
import { useSigning } from "../../state/use-signing.ts";
import { useWindow } from "../../state/window-context.tsx";
import { failureText, text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { EnvironmentNote } from "../controls/environment-note.tsx";
import { MessageBar } from "../controls/message-bar.tsx";
import { ModalSheet } from "../controls/modal-sheet.tsx";
import { FailureMessage } from "../failure/failure-message.tsx";
import styles from "./approval-dialog.module.css";
import { ResultRow } from "./result-row.tsx";

type Outcome = NonNullable<TransactionView["outcome"]>;

interface ResultDialogProps {
  readonly run: TransactionView;
  readonly outcome: Outcome;
}

/** How a run ended: its own sentence for each ending, and what to do with each result. */
export function ResultDialog({ run, outcome }: ResultDialogProps) {
  const { app, actions } = useWindow();
  const { signDocuments } = useSigning();
  const documents = run.documents.flatMap(({ document }) => app.documents.filter(({ id }) => id === document));
  const again = documents.filter(({ state }) => state.kind === "failed" && state.retry);
  const close = (): void => void actions.dismiss(run.id);
  const retry = async (): Promise<void> => {
    await actions.dismiss(run.id);
    signDocuments(again);
  };
  return (
    <ModalSheet
      title={title(outcome)}
      onClose={close}
      buttons={
        <>
          {again.length === 0 ? null : (
            <ActionButton onPress={() => void retry()}>
              {text("result.retry-failed", { count: again.length })}
            </ActionButton>
          )}
          <ActionButton look="primary" autoFocus onPress={close}>
            {text("result.done")}
          </ActionButton>
        </>
      }
    >
      <Ending run={run} outcome={outcome} />
      <ul className={styles["results"]} aria-label={text("result.list")} tabIndex={0}>
        {documents.map((document) => (
          <ResultRow key={document.id} run={run} document={document} />
        ))}
      </ul>
      <p className={styles["muted"]}>{text("result.untouched")}</p>
    </ModalSheet>
  );
}

function title(outcome: Outcome): string {
  if (outcome.kind === "failed") return failureText(outcome.failure, "what");
  if (outcome.failed === 0) return text("result.title-done", { count: outcome.signed });
  if (outcome.signed === 0) return text("result.title-failed", { count: outcome.failed });
  return text("result.title-partly", { signed: outcome.signed, failed: outcome.failed });
}

function Ending({ run, outcome }: ResultDialogProps) {
  return (
    <>
      <EnvironmentNote environment={run.environment} provider={run.provider} practice={text("review.practice")} />
      {run.resumed ? (
        <MessageBar tone="info">
          <p>{text("approval.resumed")}</p>
        </MessageBar>
      ) : null}
      {outcome.kind === "done" && outcome.failed === 0 ? (
        <MessageBar tone="good">
          <p>{text("result.checked")}</p>
        </MessageBar>
      ) : null}
      {outcome.kind === "failed" ? (
        <MessageBar tone="bad" role="alert">
          <FailureMessage failure={outcome.failure} title={false} />
        </MessageBar>
      ) : null}
    </>
  );
}
