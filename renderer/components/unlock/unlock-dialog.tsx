import type { DocumentView } from "../../../shared/app-state.ts";
import { isLocked } from "../../state/locked.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { ModalSheet } from "../controls/modal-sheet.tsx";
import { UnlockFields } from "./unlock-fields.tsx";
import { useUnlock } from "./use-unlock.ts";
import styles from "./unlock.module.css";

/** Asks for the password of the one document that the person wants to open. */
export function UnlockDialog() {
  const { app, view } = useWindow();
  const document = app.documents.find(({ id }) => id === view.unlocking);
  return document === undefined ? null : <OpenDialog key={document.id} document={document} />;
}

function OpenDialog({ document }: { readonly document: DocumentView }) {
  const { dispatch } = useWindow();
  const unlock = useUnlock(document);
  const close = (): void => dispatch({ kind: "unlock", document: null });
  return (
    <ModalSheet
      title={text("unlock.title")}
      onClose={close}
      buttons={
        <>
          <ActionButton onPress={close}>{text("common.cancel")}</ActionButton>
          <ActionButton look="primary" isDisabled={unlock.checking} onPress={unlock.submit}>
            {text("unlock.confirm")}
          </ActionButton>
        </>
      }
    >
      <form
        className={styles["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          unlock.submit();
        }}
      >
        <p className={styles["name"]}>{text(askKey(document), { name: document.name })}</p>
        <UnlockFields unlock={unlock} />
      </form>
    </ModalSheet>
  );
}

function askKey(document: DocumentView): "unlock.ask" | "unlock.ask-owner" | "unlock.ask-pages" {
  if (isLocked(document) || document.inspection.refusal?.code === "document.not-found") return "unlock.ask";
  return document.inspection.refusal?.code === "document.signing-not-permitted"
    ? "unlock.ask-owner"
    : "unlock.ask-pages";
}
