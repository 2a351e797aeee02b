import { useState } from "react";
import { TabList, TabPanel, Tabs } from "react-aria-components";
import type { DocumentId } from "../../../shared/ids.ts";
import { NO_FILTER } from "../../state/history-filter.ts";
import type { HistoryFilter } from "../../state/history-filter.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { ModalSheet } from "../controls/modal-sheet.tsx";
import { OneTab } from "../controls/one-tab.tsx";
import { ProblemBar } from "../failure/problem-bar.tsx";
import { DocumentEntries } from "./document-entries.tsx";
import { EntriesOfDocument } from "./entries-of-document.tsx";
import { EventEntries } from "./event-entries.tsx";
import { ExportTrail } from "./export-trail.tsx";
import styles from "./history.module.css";
import { LeftOver } from "./left-over.tsx";
import { TrailStatus } from "./trail-status.tsx";

/** What happened on this computer: documents, changes of settings and keys, and whether the record of it is whole. */
export function HistoryDialog() {
  const { view } = useWindow();
  return view.history === null ? null : <OpenHistory document={view.history.document} />;
}

function OpenHistory({ document }: { readonly document: DocumentId | null }) {
  const { dispatch } = useWindow();
  const [filter, setFilter] = useState<HistoryFilter>(NO_FILTER);
  const [isExporting, setExporting] = useState(false);
  const [said, setSaid] = useState("");
  const close = (): void => dispatch({ kind: "history", history: null });
  if (isExporting) {
    return (
      <ExportTrail
        onEnd={(words) => {
          setSaid(words);
          setExporting(false);
        }}
      />
    );
  }
  return (
    <ModalSheet
      title={text("history.title")}
      onClose={close}
      isWide
      buttons={
        <>
          <span role="status" className={styles["said"]}>
            {said}
          </span>
          <ActionButton onPress={() => setExporting(true)}>{text("history.export")}</ActionButton>
          <ActionButton look="primary" onPress={close}>
            {text("history.close")}
          </ActionButton>
        </>
      }
    >
      <ProblemBar />
      <TrailStatus />
      <LeftOver />
      <Tabs className={styles["tabs"] ?? ""}>
        <TabList className={styles["tabList"] ?? ""} aria-label={text("history.tabs")}>
          <OneTab id="documents">{text("history.tab-documents")}</OneTab>
          <OneTab id="events">{text("history.tab-events")}</OneTab>
        </TabList>
        <TabPanel id="documents" className={styles["panel"] ?? ""}>
          {document === null ? (
            <DocumentEntries filter={filter} onFilter={setFilter} />
          ) : (
            <EntriesOfDocument document={document} />
          )}
        </TabPanel>
        <TabPanel id="events" className={styles["panel"] ?? ""}>
          <EventEntries filter={filter} onFilter={setFilter} />
        </TabPanel>
      </Tabs>
    </ModalSheet>
  );
}
