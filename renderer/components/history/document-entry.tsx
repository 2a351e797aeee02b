import type { HistoryDocument, HistoryState } from "../../../shared/history.ts";
import { shortDateTime } from "../../text/format.ts";
import { text } from "../../text/text.ts";
import { EnvironmentChip } from "../controls/environment-chip.tsx";
import chips from "../document-list/state-chip.module.css";
import { EntryButtons } from "./entry-buttons.tsx";
import { EntryDigests } from "./entry-digests.tsx";
import { entryName, entryReason, howSigned, verdictText } from "./entry-words.ts";
import styles from "./history.module.css";

const TONES: Readonly<Record<HistoryState, string>> = {
  delivered: "good",
  failed: "bad",
  running: "working",
  waiting: "warn",
  interrupted: "warn",
  unknown: "quiet",
};

/** One document of a signing: what, when, with what, what came of it and why. */
export function DocumentEntry({ entry }: { readonly entry: HistoryDocument }) {
  const name = entryName(entry);
  const isOpen = entry.state !== "delivered" && entry.state !== "failed";
  const reason = entryReason(entry);
  const verdict = verdictText(entry);
  return (
    <li className={styles["entry"]}>
      <div className={styles["facts"]}>
        <div className={styles["head"]}>
          <span className={styles["name"]} title={entry.name === null ? text("history.forgotten") : undefined}>
            {name}
          </span>
          <span className={`${chips["chip"]} ${chips[TONES[entry.state]]}`}>
            {text(`history.state.${entry.state}`)}
          </span>
          {entry.environment === null ? (
            <span className={`${chips["chip"]} ${chips["quiet"]}`}>{text("history.no-environment")}</span>
          ) : (
            <EnvironmentChip environment={entry.environment} />
          )}
        </div>
        <p className={styles["muted"]}>
          {shortDateTime(entry.time)} · {howSigned(entry)}
        </p>
        {reason === null ? null : <p className={styles["reason"]}>{reason}</p>}
        {isOpen ? <p className={styles["muted"]}>{text(`history.state-text.${entry.state as "running"}`)}</p> : null}
        {verdict === null ? null : <p className={styles["muted"]}>{verdict}</p>}
        {entry.late ? <p className={styles["muted"]}>{text("history.late")}</p> : null}
        <EntryDigests entry={entry} name={name} />
      </div>
      <EntryButtons entry={entry} name={name} />
    </li>
  );
}
