import { GridListItem, ProgressBar } from "react-aria-components";
import type { DocumentView } from "../../../shared/app-state.ts";
import { isLocked } from "../../state/locked.ts";
import { useWindow } from "../../state/window-context.tsx";
import { failureText, text } from "../../text/text.ts";
import { IconButton } from "../controls/icon-button.tsx";
import { RowTickBox } from "../controls/tick-box.tsx";
import { Icon } from "../icon/icon.tsx";
import styles from "./document-list.module.css";
import { RowAction } from "./row-action.tsx";
import { StateChip, stateText } from "./state-chip.tsx";

/** One document: name, pages, state, and what can be done about the state. */
export function DocumentRow({ document }: { readonly document: DocumentView }) {
  const { actions, app } = useWindow();
  const { state } = document;
  const pages = text("list.pages", { count: document.pages });
  const locked = isLocked(document);
  const twins = app.documents.filter(({ name }) => name === document.name).length > 1;
  const busy = state.kind === "working" || state.kind.startsWith("waiting-for-");
  return (
    <GridListItem
      id={document.id}
      textValue={text("list.row", {
        name: document.name,
        pages,
        state: stateText(state, document.signedFrom !== null, locked),
      })}
      className={styles["row"] ?? ""}
    >
      <RowTickBox label={text("list.select-row", { name: document.name })} />
      <span className={styles["rowIcon"]} data-signed={document.signedFrom !== null || undefined}>
        <Icon name={locked ? "lock" : document.signedFrom === null ? "document" : "document-signed"} />
      </span>
      <div className={styles["rowText"]}>
        <span className={styles["name"]} title={document.name}>
          {document.name}
        </span>
        <span className={styles["stateLine"]}>
          <StateChip state={state} signedCopy={document.signedFrom !== null} locked={locked} />
          <span className={styles["facts"]}>
            {twins ? `${document.folder} · ` : ""}
            {locked ? "" : pages}
          </span>
          <RowAction document={document} />
        </span>
        {state.kind === "failed" || state.kind === "needs-attention" ? (
          <span className={styles["why"]}>{failureText(state.failure, "what")}</span>
        ) : null}
        {state.kind === "working" ? <RowProgress name={document.name} progress={state.progress} /> : null}
      </div>
      {busy ? null : (
        <span className={styles["closeButton"]}>
          <IconButton
            icon="close"
            label={text("list.close-named", { name: document.name })}
            onPress={() => void actions.close([document.id])}
          />
        </span>
      )}
    </GridListItem>
  );
}

function RowProgress({ name, progress }: { readonly name: string; readonly progress: number | null }) {
  const value = progress === null ? {} : { value: progress * 100 };
  return (
    <ProgressBar
      aria-label={text("list.progress", { name })}
      isIndeterminate={progress === null}
      className={styles["progress"] ?? ""}
      {...value}
    >
      {({ percentage = 100 }) => <span className={styles["progressFill"]} style={{ width: `${percentage}%` }} />}
    </ProgressBar>
  );
}
