import type { DocumentView } from "../../../shared/app-state.ts";
import { text } from "../../text/text.ts";
import { Icon } from "../icon/icon.tsx";
import { UnlockButton } from "./unlock-button.tsx";
import styles from "./unlock.module.css";

interface LockedPagesProps {
  readonly document: DocumentView;
  /** Main has the password, only this window has not: it was started again meanwhile. */
  readonly onlyPages?: boolean;
}

/** In the place of the pages, as long as nobody has given the password. */
export function LockedPages({ document, onlyPages = false }: LockedPagesProps) {
  return (
    <div className={styles["locked"]}>
      <div className={styles["card"]}>
        <span className={styles["picture"]}>
          <Icon name="lock" />
        </span>
        <h2 className={styles["title"]}>{text(onlyPages ? "unlock.pages-title" : "unlock.locked-title")}</h2>
        <p>{onlyPages ? text("unlock.ask-pages", { name: document.name }) : text("unlock.locked-text")}</p>
        <UnlockButton document={document} look="primary" size="normal" />
      </div>
    </div>
  );
}
