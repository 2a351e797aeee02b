import type { DocumentState, DocumentView, TransactionView } from "../../../shared/app-state.ts";
import type { DocumentId } from "../../../shared/ids.ts";
import { wantsPassword } from "../../state/locked.ts";
import { useWindow } from "../../state/window-context.tsx";
import { failureText, text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { StateChip } from "../document-list/state-chip.tsx";
import { UnlockButton } from "../unlock/unlock-button.tsx";
import { FinishButtons } from "./finish-buttons.tsx";
import styles from "./approval-dialog.module.css";

interface ResultRowProps {
  readonly run: TransactionView;
  readonly document: DocumentView;
}

/** One document of a finished run. */
export function ResultRow({ run, document }: ResultRowProps) {
  const { state, result } = document;
  const runFailure = run.outcome?.kind === "failed" ? run.outcome.failure.code : null;
  const failure = state.kind === "failed" || state.kind === "needs-attention" ? state.failure : null;
  const own = failure !== null && failure.code !== runFailure ? failure : null;
  const notice = state.kind === "signed" ? (state.notice ?? null) : null;
  return (
    <li className={styles["result"]}>
      <div className={styles["resultHead"]}>
        <span className={styles["listName"]}>{state.kind === "signed" ? state.outputName : document.name}</span>
        <StateChip state={state} />
      </div>
      {state.kind === "signed" ? <span className={styles["muted"]}>{howSigned(state)}</span> : null}
      {notice === null ? null : (
        <p className={styles["why"]}>
          {failureText(notice, "what")} {failureText(notice, "why")} {failureText(notice, "next")}
        </p>
      )}
      {own === null ? null : (
        <p className={styles["why"]}>
          {failureText(own, "what")} {failureText(own, "why")} {failureText(own, "next")}
        </p>
      )}
      {state.kind === "needs-attention" && state.transaction !== null ? (
        <>
          <p className={styles["muted"]}>{text("result.kept")}</p>
          <div className={styles["row"]}>
            {wantsPassword(document) ? <UnlockButton document={document} /> : null}
            <FinishButtons state={state} />
          </div>
        </>
      ) : null}
      {result === null || state.kind !== "signed" ? null : (
        <ResultButtons result={result} name={state.outputName} run={run} />
      )}
    </li>
  );
}

/** Evidence is never told as if the person had signed the PDF itself. */
function howSigned({ evidence, level }: Extract<DocumentState, { readonly kind: "signed" }>): string {
  if (evidence === undefined) {
    return text("result.level", { level: level ?? "" });
  }
  return evidence.sealedBy === null
    ? text("result.evidence-package")
    : text("result.evidence-sealed", { organisation: evidence.sealedBy, level: level ?? "" });
}

interface ResultButtonsProps {
  readonly result: DocumentId;
  readonly name: string;
  readonly run: TransactionView;
}

function ResultButtons({ result, name, run }: ResultButtonsProps) {
  const { dispatch, actions } = useWindow();
  const verify = async (): Promise<void> => {
    await actions.dismiss(run.id);
    dispatch({ kind: "show", document: result, tab: "signatures" });
    await actions.verify(result);
  };
  return (
    <div className={styles["row"]}>
      <ActionButton
        size="small"
        aria-label={text("result.open-named", { name })}
        onPress={() => void actions.openExternally(result)}
      >
        {text("result.open")}
      </ActionButton>
      <ActionButton
        size="small"
        aria-label={text("result.folder-named", { name })}
        onPress={() => void actions.showInFolder(result)}
      >
        {text("result.folder")}
      </ActionButton>
      <ActionButton size="small" aria-label={text("result.verify-named", { name })} onPress={() => void verify()}>
        {text("result.verify")}
      </ActionButton>
    </div>
  );
}
