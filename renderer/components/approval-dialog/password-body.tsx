import type { DocumentView } from "../../../shared/app-state.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { Icon } from "../icon/icon.tsx";
import { UnlockFields } from "../unlock/unlock-fields.tsx";
import { useUnlock } from "../unlock/use-unlock.ts";
import styles from "./approval-dialog.module.css";

/** A run from before the program was closed needs the password of an encrypted document to go on. */
export function PasswordBody({ document }: { readonly document: DocumentView }) {
  const unlock = useUnlock(document);
  return (
    <div className={styles["interaction"]}>
      <span className={styles["picture"]}>
        <Icon name="lock" />
      </span>
      <form
        className={styles["ask"]}
        onSubmit={(event) => {
          event.preventDefault();
          unlock.submit();
        }}
      >
        <p className={styles["sentence"]}>{text("unlock.ask-run", { name: document.name })}</p>
        <UnlockFields unlock={unlock} />
        <div className={styles["row"]}>
          <ActionButton look="primary" isDisabled={unlock.checking} onPress={unlock.submit}>
            {text("unlock.confirm")}
          </ActionButton>
        </div>
      </form>
    </div>
  );
}
