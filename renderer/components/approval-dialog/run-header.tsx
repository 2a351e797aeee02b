import type { TransactionView } from "../../../shared/app-state.ts";
import { text } from "../../text/text.ts";
import { EnvironmentNote } from "../controls/environment-note.tsx";
import { MessageBar } from "../controls/message-bar.tsx";
import styles from "./approval-dialog.module.css";

interface RunHeaderProps {
  readonly run: TransactionView;
  /** What the person is asked for now, read aloud. */
  readonly status: string;
  /** Its language, when it is not the window's. */
  readonly language?: string | undefined;
}

/** Above every question of a run: is it practice, is it an old run that goes on, and what is it about. */
export function RunHeader({ run, status, language }: RunHeaderProps) {
  return (
    <>
      <EnvironmentNote
        environment={run.environment}
        provider={run.provider}
        practice={`${text("practice.bar")}. ${text("practice.meaning")}`}
      />
      {run.resumed ? (
        <MessageBar tone="info">
          <p className={styles["strong"]}>{text("approval.resumed")}</p>
          <p>{text("approval.resumed-text")}</p>
        </MessageBar>
      ) : null}
      <p className={styles["documents"]}>
        {text("approval.documents", { count: run.documents.length })}:{" "}
        {run.documents.map(({ name }) => name).join(", ")}
      </p>
      {/* Stays while the content changes: only a region that was there before is read aloud. */}
      <p className={styles["spoken"]} role="status" lang={language}>
        {status}
      </p>
    </>
  );
}
