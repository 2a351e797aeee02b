import { text } from "../../text/text.ts";
import { TimestampForm } from "../sign-panel/timestamp-service.tsx";
import styles from "./settings.module.css";

/** Who confirms the time of signatures. */
export function TimestampSection() {
  return (
    <section className={styles["section"]} aria-labelledby="settings-timestamps">
      <h3 className={styles["title"]} id="settings-timestamps">
        {text("timestamp.title")}
      </h3>
      <p className={styles["muted"]}>{text("settings.timestamp-help")}</p>
      <TimestampForm />
    </section>
  );
}
