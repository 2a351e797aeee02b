import { ProgressBar } from "react-aria-components";
import type { DocumentView, TransactionView } from "../../../shared/app-state.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { StateChip } from "../document-list/state-chip.tsx";
import styles from "./approval-dialog.module.css";

/** While the program works and asks for nothing: how far each document is. */
export function RunProgress({ run }: { readonly run: TransactionView }) {
  const { app } = useWindow();
  const documents = run.documents.flatMap(({ document }) => app.documents.filter(({ id }) => id === document));
  const done = documents.filter(({ state }) => state.kind === "signed" || state.kind === "failed").length;
  return (
    <div className={styles["working"]}>
      <p className={styles["sentence"]}>{text("approval.working")}</p>
      <p className={styles["muted"]}>{text("approval.working-text")}</p>
      <ProgressBar
        aria-label={text("approval.progress")}
        isIndeterminate={documents.length < 2}
        value={documents.length === 0 ? 0 : (done / documents.length) * 100}
        className={styles["bar"] ?? ""}
      >
        {({ percentage }) => (
          <span
            className={percentage === undefined ? styles["barUnknown"] : styles["barFill"]}
            style={{ width: `${percentage ?? 40}%` }}
          />
        )}
      </ProgressBar>
      <WorkingList documents={documents} />
    </div>
  );
}

function WorkingList({ documents }: { readonly documents: readonly DocumentView[] }) {
  return (
    // Scrolls when there are many, so it takes the focus.
    <ul className={styles["list"]} tabIndex={0} aria-label={text("list.title")}>
      {documents.map((document) => (
        <li key={document.id} className={styles["listRow"]}>
          <span className={styles["listName"]}>{document.name}</span>
          <StateChip state={document.state} />
        </li>
      ))}
    </ul>
  );
}
