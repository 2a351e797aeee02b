import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import styles from "./history.module.css";

interface PagerProps {
  readonly total: number;
  /** Of the first that is shown, from 0. */
  readonly offset: number;
  readonly size: number;
  readonly onOffset: (offset: number) => void;
}

/** Which part of a long list is shown, and the way to the others. */
export function Pager({ total, offset, size, onOffset }: PagerProps) {
  const last = Math.min(offset + size, total);
  const lastPage = Math.floor((total - 1) / size) * size;
  return (
    <nav className={styles["pager"]} aria-label={text("history.pages")}>
      <span role="status">{text("history.range", { first: offset + 1, last, total })}</span>
      {total <= size ? null : (
        <span className={styles["pagerButtons"]}>
          <ActionButton size="small" isDisabled={offset === 0} onPress={() => onOffset(0)}>
            {text("history.newest")}
          </ActionButton>
          <ActionButton size="small" isDisabled={offset === 0} onPress={() => onOffset(Math.max(offset - size, 0))}>
            {text("history.newer")}
          </ActionButton>
          <ActionButton size="small" isDisabled={last === total} onPress={() => onOffset(offset + size)}>
            {text("history.older")}
          </ActionButton>
          <ActionButton size="small" isDisabled={last === total} onPress={() => onOffset(lastPage)}>
            {text("history.oldest")}
          </ActionButton>
        </span>
      )}
    </nav>
  );
}
