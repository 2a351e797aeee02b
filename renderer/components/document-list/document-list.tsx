import { GridList, ListLayout, Virtualizer } from "react-aria-components";
import type { DocumentId } from "../../../shared/ids.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { IconButton } from "../controls/icon-button.tsx";
import styles from "./document-list.module.css";
import { DocumentRow } from "./document-row.tsx";

/** Only the rows in view exist; heights are measured, because names wrap and text grows. Pixels. */
const LAYOUT = { estimatedRowHeight: 66, gap: 2, padding: 8 } as const;

/** The left pane: every opened document and the signed copies made of them. */
export function DocumentList() {
  const { app, view, dispatch, actions } = useWindow();
  const { documents } = app;
  const select = (keys: "all" | Iterable<unknown>): void => {
    const chosen = keys === "all" ? null : new Set(keys);
    const selection = documents.map(({ id }) => id).filter((id) => chosen === null || chosen.has(id));
    dispatch({ kind: "select", selection });
  };
  const all = view.selection.length === documents.length;
  return (
    <section className={styles["pane"]} aria-label={text("pane.documents")} data-pane="documents" id="pane-documents">
      <header className={styles["header"]}>
        <h2 className={styles["title"]}>{text("list.title")}</h2>
        <span className={styles["tools"]}>
          <IconButton
            icon="history"
            label={text("history.title")}
            onPress={() => dispatch({ kind: "history", history: { document: null } })}
          />
          <IconButton
            icon="settings"
            label={text("settings.open")}
            onPress={() => dispatch({ kind: "settings", settings: { provider: null } })}
          />
          <IconButton icon="add" label={text("list.open")} onPress={() => void actions.openDialog()} />
        </span>
      </header>
      {documents.length === 0 ? (
        <p className={styles["empty"]}>{text("empty.drop")}</p>
      ) : (
        <>
          <Virtualizer layout={ListLayout} layoutOptions={LAYOUT}>
            <GridList
              aria-label={text("list.title")}
              className={styles["list"] ?? ""}
              selectionMode="multiple"
              selectionBehavior="replace"
              disallowEmptySelection={false}
              selectedKeys={view.selection}
              onSelectionChange={select}
              onAction={(key) => dispatch({ kind: "show", document: key as DocumentId })}
              items={documents}
              dependencies={[view.current]}
            >
              {(document) => <DocumentRow document={document} />}
            </GridList>
          </Virtualizer>
          <footer className={styles["footer"]}>
            <span role="status">
              {view.selection.length > 1
                ? text("list.selected", { count: view.selection.length })
                : text("list.count", { count: documents.length })}
            </span>
            {documents.length > 1 ? (
              <ActionButton look="quiet" size="small" onPress={() => select(all ? [] : "all")}>
                {all ? text("list.clear-selection") : text("list.select-all")}
              </ActionButton>
            ) : null}
          </footer>
        </>
      )}
    </section>
  );
}
