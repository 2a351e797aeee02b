import { percent } from "../../text/format.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import styles from "./signatures-panel.module.css";

interface CheckProgressProps {
  /** From 0 to 1; null when it cannot be told. */
  readonly progress: number | null;
  readonly onCancel: () => void;
}

/** How far the check of a large file is, and the way out of it. */
export function CheckProgress({ progress, onCancel }: CheckProgressProps) {
  return (
    <div className={styles["progress"]}>
      <progress aria-label={text("report.progress")} max={1} value={progress ?? undefined}>
        {progress === null ? "" : percent(progress)}
      </progress>
      <ActionButton size="small" onPress={onCancel}>
        {text("report.cancel")}
      </ActionButton>
    </div>
  );
}
