import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { MessageBar } from "../controls/message-bar.tsx";
import styles from "./document-banner.module.css";

/** Over the pages, while a document is read for a question of a run: the way back. */
export function ReadingBanner() {
  const { app, view, dispatch } = useWindow();
  const run = app.transactions.find(({ id }) => id === view.reading);
  if (run === undefined || run.outcome !== null) return null;
  return (
    <div className={styles["banners"]}>
      <MessageBar
        tone="info"
        role="status"
        buttons={
          <ActionButton
            size="small"
            look="primary"
            autoFocus
            onPress={() => dispatch({ kind: "hide-run", transaction: run.id, hidden: false })}
          >
            {text("conditions.back")}
          </ActionButton>
        }
      >
        <p>{text("conditions.reading")}</p>
      </MessageBar>
    </div>
  );
}
