import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import styles from "./practice-bar.module.css";

/** Always there in practice mode, so that nobody mistakes a try for a signature. */
export function PracticeBar() {
  const { app } = useWindow();
  const { practice, sandbox } = app.app;
  if (!practice) return null;
  return (
    <header className={styles["bar"]}>
      <strong>{text("practice.bar")}</strong>
      <span>{text("practice.meaning")}</span>
      <span role="status">
        {sandbox === "starting" ? text("practice.starting") : null}
        {sandbox === "failed" ? text("practice.failed") : null}
      </span>
    </header>
  );
}
