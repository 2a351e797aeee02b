import { text } from "../../text/text.ts";
import styles from "./history.module.css";

interface NothingHereProps {
  readonly isFiltered: boolean;
  readonly isAboutDocuments: boolean;
}

export function NothingHere({ isFiltered, isAboutDocuments }: NothingHereProps) {
  if (isFiltered || !isAboutDocuments) {
    return (
      <p className={styles["nothing"]} role="status">
        {text(isFiltered ? "history.nothing-found" : "history.no-events")}
      </p>
    );
  }
  return (
    <div className={styles["nothing"]} role="status">
      <p className={styles["nothingTitle"]}>{text("history.empty-title")}</p>
      <p>{text("history.empty-text")}</p>
    </div>
  );
}
