import { useState } from "react";
import type { LeftOverFile } from "../../../shared/history.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { useWindow } from "../../state/window-context.tsx";
import { fileSize, shortDateTime } from "../../text/format.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import styles from "./history.module.css";

/** Working files that no run will come back for; nothing when there are none, as nearly always. */
export function LeftOver() {
  const { actions } = useWindow();
  const [times, setTimes] = useState(1);
  const [said, setSaid] = useState("");
  const files = useAnswer(actions.leftOverFiles, times).answer ?? [];
  const remove = async ({ id, name }: LeftOverFile): Promise<void> => {
    const removed = await actions.removeLeftOver(id);
    setSaid(removed ? text("history.left-over-removed", { name }) : "");
    setTimes(times + 1);
  };
  if (files.length === 0 && said === "") return null;
  return (
    <section className={styles["leftOver"]} aria-labelledby="history-left-over">
      <h3 className={styles["sectionTitle"]} id="history-left-over">
        {text("history.left-over")}
      </h3>
      <p className={styles["muted"]}>{text("history.left-over-text")}</p>
      <p role="status">{said}</p>
      <ul className={styles["entries"]} aria-labelledby="history-left-over">
        {files.map((file) => (
          <li key={file.id} className={styles["entry"]}>
            <div className={styles["facts"]}>
              <p className={styles["name"]}>{file.name}</p>
              <p className={styles["muted"]}>
                {text("history.left-over-facts", {
                  size: fileSize(file.size),
                  folder: file.folder,
                  time: shortDateTime(file.changed),
                })}
              </p>
              <p className={styles["muted"]}>
                {text(file.maybeSigned ? "history.left-over-kept" : "history.left-over-free")}
              </p>
            </div>
            <div className={styles["buttons"]}>
              <ActionButton
                size="small"
                aria-label={text("history.left-over-show-named", { name: file.name })}
                onPress={() => void actions.showLeftOver(file.id)}
              >
                {text("history.left-over-show")}
              </ActionButton>
              {file.maybeSigned ? null : (
                <ActionButton
                  size="small"
                  aria-label={text("history.left-over-remove-named", { name: file.name })}
                  onPress={() => void remove(file)}
                >
                  {text("history.left-over-remove")}
                </ActionButton>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
