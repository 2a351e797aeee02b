import { useWindow } from "../../state/window-context.tsx";
import { providerName } from "../../text/provider-name.ts";
import { text } from "../../text/text.ts";
import styles from "./practice-bar.module.css";

/** Always there unless signatures are real, so that nobody mistakes a try for a signature. */
export function PracticeBar() {
  const { app } = useWindow();
  const { environment, sandbox } = app.app;
  switch (environment) {
    case "production":
      return null;
    case "test":
      return (
        <header className={`${styles["bar"]} ${styles["test"]}`}>
          <strong>{text("environment.test")}</strong>
          <span>{text("environment.test-meaning", { provider: providerName(app.settings.provider) })}</span>
        </header>
      );
    case "sandbox":
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
}
