import { useCommands } from "../../state/use-commands.ts";
import { usePaneKeys } from "../../state/use-pane-keys.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { RunDialog } from "../approval-dialog/run-dialog.tsx";
import { DocumentList } from "../document-list/document-list.tsx";
import { HistoryDialog } from "../history/history-dialog.tsx";
import { MarkEditor } from "../mark-editor/mark-editor.tsx";
import { ReviewSheet } from "../review-sheet/review-sheet.tsx";
import { SettingsDialog } from "../settings/settings-dialog.tsx";
import { DiagnosticsDialog } from "../diagnostics/diagnostics-dialog.tsx";
import { UnlockDialog } from "../unlock/unlock-dialog.tsx";
import { DropTarget } from "./drop-target.tsx";
import { EmptyScreen } from "./empty-screen.tsx";
import { Notices } from "./notices.tsx";
import { PagesPane } from "./pages-pane.tsx";
import { PaneSwitcher } from "./pane-switcher.tsx";
import { PracticeBar } from "./practice-bar.tsx";
import { SidePanel } from "./side-panel.tsx";
import styles from "./window-layout.module.css";

/** Three panes; in a narrow window or with large text one at a time. */
export function WindowLayout() {
  const { app, view } = useWindow();
  useCommands();
  usePaneKeys();
  const empty = app.documents.length === 0;
  return (
    <div className={styles["window"]}>
      <PracticeBar />
      <Notices />
      {empty ? (
        <EmptyScreen />
      ) : (
        <>
          <PaneSwitcher />
          <main className={styles["panes"]} data-pane={view.pane}>
            <h1 className={styles["spoken"]}>{text("app.name")}</h1>
            <DocumentList />
            <PagesPane />
            <SidePanel />
          </main>
        </>
      )}
      <DropTarget />
      <HistoryDialog />
      <MarkEditor />
      <ReviewSheet />
      <RunDialog />
      <UnlockDialog />
      <SettingsDialog />
      <DiagnosticsDialog />
    </div>
  );
}
