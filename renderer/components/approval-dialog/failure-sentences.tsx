import type { Failure } from "../../../shared/failure.ts";
import { failureText } from "../../text/text.ts";
import { MessageBar } from "../controls/message-bar.tsx";
import styles from "./approval-dialog.module.css";

interface FailureSentencesProps {
  readonly failure: Failure;
  /** "warn": something went wrong; "info": something to know while waiting. */
  readonly tone: "warn" | "info";
}

/** A failure that ends nothing: the person reads it and goes on. */
export function FailureSentences({ failure, tone }: FailureSentencesProps) {
  return (
    <MessageBar tone={tone} role={tone === "warn" ? "alert" : "status"}>
      <p className={styles["strong"]}>{failureText(failure, "what")}</p>
      <p>
        {failureText(failure, "why")} {failureText(failure, "next")}
      </p>
    </MessageBar>
  );
}
