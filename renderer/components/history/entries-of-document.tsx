import { useCallback, useMemo } from "react";
import type { DocumentId } from "../../../shared/ids.ts";
import { signingStates } from "../../state/signing-states.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { DocumentEntry } from "./document-entry.tsx";
import styles from "./history.module.css";
import { NothingHere } from "./nothing-here.tsx";

/** Only what was made of, or is, one document that is open: found by its digest. */
export function EntriesOfDocument({ document }: { readonly document: DocumentId }) {
  const { app, actions, dispatch } = useWindow();
  const ask = useCallback(({ id }: { readonly id: DocumentId }) => actions.historyOf(id), [actions]);
  const since = signingStates(app);
  const question = useMemo(() => ({ id: document, since }), [document, since]);
  const { answer: known, isPending } = useAnswer(ask, question);
  const name = app.documents.find(({ id }) => id === document)?.name ?? "";
  return (
    <>
      <div className={styles["only"]}>
        <p>{text("history.only-document", { name })}</p>
        <ActionButton size="small" onPress={() => dispatch({ kind: "history", history: { document: null } })}>
          {text("history.all-documents")}
        </ActionButton>
      </div>
      {known === null ? (
        <p role="status">{isPending ? text("history.loading") : ""}</p>
      ) : known.rows.length === 0 ? (
        <NothingHere isFiltered isAboutDocuments />
      ) : (
        <ul className={styles["entries"]} aria-label={text("history.list-documents")}>
          {known.rows.map((entry) => (
            <DocumentEntry key={`${entry.run} ${entry.item}`} entry={entry} />
          ))}
        </ul>
      )}
    </>
  );
}
