import { useMemo } from "react";
import type { HistoryEvent } from "../../../shared/history.ts";
import { PROVIDER_IDS } from "../../../shared/ids.ts";
import { useWindow } from "../../state/window-context.tsx";
import { nameList, shortDateTime } from "../../text/format.ts";
import { providerChoiceName } from "../../text/provider-name.ts";
import { text, textOr } from "../../text/text.ts";
import styles from "./history.module.css";
import { PagedEntries } from "./paged-entries.tsx";
import type { EntriesProps } from "./paged-entries.tsx";

/** What was done beside signing: settings, profiles, keys of the trail. */
export function EventEntries(props: EntriesProps) {
  const { app, actions } = useWindow();
  const { settings, profiles, vault } = app;
  const since = useMemo(() => [settings, profiles, vault], [settings, profiles, vault]);
  return (
    <PagedEntries
      {...props}
      label={text("history.list-events")}
      isAboutDocuments={false}
      ask={actions.historyEvents}
      since={since}
    >
      {(event) => (
        <li key={event.seq} className={styles["entry"]}>
          <div className={styles["facts"]}>
            <p className={event.kind === "trail.broken" ? styles["bad"] : undefined}>{eventText(event)}</p>
            <p className={styles["muted"]}>
              {shortDateTime(event.time)} · {text("history.entry", { seq: event.seq })}
            </p>
          </div>
        </li>
      )}
    </PagedEntries>
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
