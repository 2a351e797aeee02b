import { useCallback, useMemo, useState } from "react";
import type { ReactNode } from "react";
import type { HistoryPage } from "../../../shared/history.ts";
import type { HistoryQuery } from "../../../shared/ipc.ts";
import { HISTORY_PAGE, isFiltered, queryOf, TYPING_PAUSE } from "../../state/history-filter.ts";
import type { HistoryFilter } from "../../state/history-filter.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { text } from "../../text/text.ts";
import { HistoryFilters } from "./history-filters.tsx";
import styles from "./history.module.css";
import { NothingHere } from "./nothing-here.tsx";
import { Pager } from "./pager.tsx";

export interface EntriesProps {
  readonly filter: HistoryFilter;
  readonly onFilter: (filter: HistoryFilter) => void;
}

interface PagedEntriesProps<Row> extends EntriesProps {
  readonly label: string;
  readonly isAboutDocuments: boolean;
  /** Keeps its identity. */
  readonly ask: (query: HistoryQuery) => Promise<HistoryPage<Row> | null>;
  /** Another value when the rows may have changed. */
  readonly since: unknown;
  readonly children: (row: Row) => ReactNode;
}

/** A filter, and a page of the entries that fit it, the newest first. */
export function PagedEntries<Row>({
  filter,
  onFilter,
  label,
  isAboutDocuments,
  ask,
  since,
  children,
}: PagedEntriesProps<Row>) {
  const [offset, setOffset] = useState(0);
  const askPage = useCallback(({ query }: { readonly query: HistoryQuery }) => ask(query), [ask]);
  const question = useMemo(() => ({ query: queryOf(filter, offset), since }), [filter, offset, since]);
  const { answer: page, isPending } = useAnswer(askPage, question, TYPING_PAUSE);
  const change = (next: HistoryFilter): void => {
    setOffset(0);
    onFilter(next);
  };
  const used: HistoryFilter = isAboutDocuments ? filter : { ...filter, outcome: "all", environment: "all" };
  return (
    <>
      <HistoryFilters filter={filter} isAboutDocuments={isAboutDocuments} onChange={change} />
      {page === null ? (
        <p role="status">{isPending ? text("history.loading") : ""}</p>
      ) : page.total === 0 ? (
        <NothingHere isFiltered={isFiltered(used)} isAboutDocuments={isAboutDocuments} />
      ) : (
        <>
          <ul className={styles["entries"]} aria-label={label}>
            {page.rows.map(children)}
          </ul>
          <Pager total={page.total} offset={offset} size={HISTORY_PAGE} onOffset={setOffset} />
        </>
      )}
    </>
  );
}
