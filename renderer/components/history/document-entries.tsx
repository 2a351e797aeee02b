import { useCallback, useMemo, useState } from "react";
import { HISTORY_PAGE, isFiltered, queryOf, TYPING_PAUSE } from "../../state/history-filter.ts";
import type { HistoryFilter, HistoryQuestion } from "../../state/history-filter.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { DocumentEntry } from "./document-entry.tsx";
import { HistoryFilters } from "./history-filters.tsx";
import styles from "./history.module.css";
import { NothingHere } from "./nothing-here.tsx";
import { Pager } from "./pager.tsx";

interface EntriesProps {
  readonly filter: HistoryFilter;
  readonly onFilter: (filter: HistoryFilter) => void;
}

/** The documents of all signings, a page of them, the newest first. */
export function DocumentEntries({ filter, onFilter }: EntriesProps) {
  const { app, actions } = useWindow();
  const [offset, setOffset] = useState(0);
  const ask = useCallback(({ query }: HistoryQuestion) => actions.historyDocuments(query), [actions]);
  // A run that goes on changes what is to be told.
  const since = app.transactions;
  const question = useMemo(() => ({ query: queryOf(filter, offset), since }), [filter, offset, since]);
  const { answer: page, isPending } = useAnswer(ask, question, TYPING_PAUSE);
  const change = (next: HistoryFilter): void => {
    setOffset(0);
    onFilter(next);
  };
  return (
    <>
      <HistoryFilters filter={filter} isAboutDocuments onChange={change} />
      {page === null ? (
        <p role="status">{isPending ? text("history.loading") : ""}</p>
      ) : page.total === 0 ? (
        <NothingHere isFiltered={isFiltered(filter)} isAboutDocuments />
      ) : (
        <>
          <ul className={styles["entries"]} aria-label={text("history.list-documents")}>
            {page.rows.map((entry) => (
              <DocumentEntry key={`${entry.run} ${entry.item}`} entry={entry} />
            ))}
          </ul>
          <Pager total={page.total} offset={offset} size={HISTORY_PAGE} onOffset={setOffset} />
        </>
      )}
    </>
  );
}
