import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { MessageBar } from "../controls/message-bar.tsx";
import { Icon } from "../icon/icon.tsx";
import styles from "./empty-screen.module.css";

/** What a person sees first: what the program does, and the two ways to begin. */
export function EmptyScreen() {
  const { app, actions, dispatch } = useWindow();
  return (
    <main className={styles["screen"]}>
      <div className={styles["content"]}>
        <span className={styles["picture"]}>
          <Icon name="document-signed" />
        </span>
        <h1 className={styles["title"]}>{text("empty.title")}</h1>
        <p className={styles["lead"]}>{text("empty.drop")}</p>
        <div className={styles["buttons"]}>
          <ActionButton look="primary" size="large" onPress={() => void actions.openDialog()}>
            {text("empty.open")}
          </ActionButton>
          <ActionButton size="large" onPress={() => void actions.openSample()}>
            {text("empty.sample")}
          </ActionButton>
          <ActionButton
            size="large"
            look="quiet"
            onPress={() => dispatch({ kind: "settings", settings: { provider: null } })}
          >
            {text("empty.set-up")}
          </ActionButton>
          <ActionButton look="quiet" onPress={() => dispatch({ kind: "history", history: { document: null } })}>
            {text("empty.history")}
          </ActionButton>
        </div>
        <ol className={styles["steps"]}>
          <li>{text("empty.step-open")}</li>
          <li>{text("empty.step-sign")}</li>
          <li>{text("empty.step-done")}</li>
        </ol>
        {app.app.practice ? (
          <div className={styles["practice"]}>
            <MessageBar tone="practice">
              <h2 className={styles["practiceTitle"]}>{text("empty.practice-title")}</h2>
              <p>{text("empty.practice-text")}</p>
            </MessageBar>
          </div>
        ) : null}
      </div>
    </main>
  );
}
