import type { TimelineEntry, TimelineEvent } from "../../../shared/verification.ts";
import { text } from "../../text/text.ts";
import styles from "./signatures-panel.module.css";

/** What happened to the document, one step after the other. */
export function DocumentTimeline({ timeline }: { readonly timeline: readonly TimelineEntry[] }) {
  if (timeline.length === 0) return null;
  return (
    <details className={`${styles["card"]} ${styles["timeline"]}`}>
      <summary className={styles["name"]}>{text("timeline.title", { count: timeline.length })}</summary>
      <ol className={styles["versions"]}>
        {timeline.map(({ revision, begin, end, events }) => (
          <li key={revision}>
            <strong>{text("timeline.version", { revision })}</strong>
            <ul className={styles["events"]}>
              {worthTelling(events).map((event, index) => (
                <TimelineLine key={`${index}-${event.code}`} event={event} />
              ))}
            </ul>
            <span className={styles["muted"]}>{text("timeline.bytes", { begin, end })}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** Bookkeeping is told only where nothing else happened. */
function worthTelling(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  const telling = events.filter(({ kind, verdict }) => kind !== "bookkeeping" || verdict !== "allowed");
  return telling.length > 0 ? telling : events.slice(0, 1);
}

function TimelineLine({ event }: { readonly event: TimelineEvent }) {
  const { verdict, message, object, offset } = event;
  return (
    <li>
      {message}{" "}
      {verdict === "allowed" ? null : (
        <span className={`${styles["tag"]} ${styles[verdict === "forbidden" ? "bad" : "warn"]}`}>
          {text(`timeline.${verdict}`)}
        </span>
      )}{" "}
      {object === undefined ? null : (
        <span className={styles["muted"]}>
          {offset === undefined ? text("timeline.object", { object }) : text("signature.object-at", { object, offset })}
        </span>
      )}
    </li>
  );
}
