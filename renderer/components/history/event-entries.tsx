import { useCallback, useMemo, useState } from "react";
import type { HistoryEvent } from "../../../shared/history.ts";
import { PROVIDER_IDS } from "../../../shared/ids.ts";
import { HISTORY_PAGE, isFiltered, queryOf, TYPING_PAUSE } from "../../state/history-filter.ts";
import type { HistoryFilter, HistoryQuestion } from "../../state/history-filter.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { useWindow } from "../../state/window-context.tsx";
import { nameList, shortDateTime } from "../../text/format.ts";
import { providerChoiceName } from "../../text/provider-name.ts";
import { text, textOr } from "../../text/text.ts";
import { HistoryFilters } from "./history-filters.tsx";
import styles from "./history.module.css";
import { NothingHere } from "./nothing-here.tsx";
import { Pager } from "./pager.tsx";

interface EntriesProps {
  readonly filter: HistoryFilter;
  readonly onFilter: (filter: HistoryFilter) => void;
}

/** What was done beside signing: settings, profiles, keys of the trail. */
export function EventEntries({ filter, onFilter }: EntriesProps) {
  const { app, actions } = useWindow();
  const [offset, setOffset] = useState(0);
  const ask = useCallback(({ query }: HistoryQuestion) => actions.historyEvents(query), [actions]);
  const since = app.settings;
  const question = useMemo(() => ({ query: queryOf(filter, offset), since }), [filter, offset, since]);
  const { answer: page, isPending } = useAnswer(ask, question, TYPING_PAUSE);
  const change = (next: HistoryFilter): void => {
    setOffset(0);
    onFilter(next);
  };
  const { outcome: _outcome, environment: _environment, ...asked } = filter;
  return (
    <>
      <HistoryFilters filter={filter} isAboutDocuments={false} onChange={change} />
      {page === null ? (
        <p role="status">{isPending ? text("history.loading") : ""}</p>
      ) : page.total === 0 ? (
        <NothingHere
          isFiltered={isFiltered({ ...asked, outcome: "all", environment: "all" })}
          isAboutDocuments={false}
        />
      ) : (
        <>
          <ul className={styles["entries"]} aria-label={text("history.list-events")}>
            {page.rows.map((event) => (
              <li key={event.seq} className={styles["entry"]}>
                <div className={styles["facts"]}>
                  <p className={event.kind === "trail.broken" ? styles["bad"] : undefined}>{eventText(event)}</p>
                  <p className={styles["muted"]}>
                    {shortDateTime(event.time)} · {text("history.entry", { seq: event.seq })}
                  </p>
                </div>
              </li>
            ))}
          </ul>
          <Pager total={page.total} offset={offset} size={HISTORY_PAGE} onOffset={setOffset} />
        </>
      )}
    </>
  );
}

function eventText({ kind, facts }: HistoryEvent): string {
  const provider = PROVIDER_IDS.find((id) => id === facts["provider"]);
  const settings = String(facts["settings"] ?? "")
    .split(", ")
    .map((name) => textOr(`history.setting.${name}`, "history.setting.other", { name }));
  return text(`history.event.${kind}`, {
    ...facts,
    settings: nameList(settings),
    provider: provider === undefined ? String(facts["provider"] ?? "") : providerChoiceName(provider),
  });
}
