import type { DocumentView } from "../../../shared/app-state.ts";
import { wantsPassword } from "../../state/locked.ts";
import { signRequest } from "../../state/sign-request.ts";
import { signingSettings } from "../../state/signing-settings.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { FinishButtons } from "../approval-dialog/finish-buttons.tsx";
import { UnlockButton } from "../unlock/unlock-button.tsx";

/** The one button that fits the row's state, if there is one. */
export function RowAction({ document }: { readonly document: DocumentView }) {
  const { app, view, provider, dispatch, actions } = useWindow();
  const { state } = document;
  if (wantsPassword(document)) {
    return (
      <>
        <UnlockButton document={document} look="quiet" />
        {state.kind === "needs-attention" ? <FinishButtons state={state} /> : null}
      </>
    );
  }
  if (state.kind === "failed" && state.retry) {
    const retry = (): void => {
      dispatch({ kind: "show", document: document.id });
      void actions.review(
        signRequest(
          [document],
          view.mark,
          view.current,
          view.choices,
          signingSettings(app.settings, provider),
          app.marks,
        ),
      );
    };
    return (
      <ActionButton
        look="quiet"
        size="small"
        aria-label={text("list.retry-named", { name: document.name })}
        onPress={retry}
      >
        {text("list.retry")}
      </ActionButton>
    );
  }
  if (state.kind === "needs-attention") return <FinishButtons state={state} />;
  const hidden =
    (state.kind === "waiting-for-you" || state.kind === "waiting-for-provider") &&
    view.hidden.includes(state.transaction);
  if (hidden) {
    return (
      <ActionButton
        look="quiet"
        size="small"
        aria-label={text("list.show-approval", { name: document.name })}
        onPress={() => dispatch({ kind: "hide-run", transaction: state.transaction, hidden: false })}
      >
        {text("list.show")}
      </ActionButton>
    );
  }
  return null;
}
