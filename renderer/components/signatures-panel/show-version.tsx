import type { DocumentView } from "../../../shared/app-state.ts";
import type { SignatureReport } from "../../../shared/verification.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import styles from "./signatures-panel.module.css";

interface ShowVersionProps {
  readonly document: DocumentView;
  readonly signature: SignatureReport;
  readonly number: number;
}

/** Shows the pages as they were signed; only where they may differ from what the document is now. */
export function ShowVersion({ document, signature, number }: ShowVersionProps) {
  const { view, dispatch } = useWindow();
  const end = signature.details?.signedEnd ?? null;
  if (end === null || end >= document.size) return null;
  const isShown = view.version?.document === document.id && view.version.number === number;
  const show = (): void => {
    dispatch({ kind: "version", version: isShown ? null : { document: document.id, end, number } });
    dispatch({ kind: "pane", pane: "pages" });
  };
  return (
    <div className={styles["buttons"]}>
      <ActionButton size="small" onPress={show}>
        {isShown ? text("version.back") : text("version.show")}
      </ActionButton>
    </div>
  );
}
