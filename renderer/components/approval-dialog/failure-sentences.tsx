import { useEffect, useRef } from "react";
import type { Failure } from "../../../shared/failure.ts";
import { failureText } from "../../text/text.ts";
import { MessageBar } from "../controls/message-bar.tsx";
import styles from "./approval-dialog.module.css";

interface FailureSentencesProps {
  readonly failure: Failure;
  /** "warn": something went wrong; "info": something to know while waiting. */
  readonly tone: "warn" | "info";
}

/** A failure that ends nothing: the person reads it and goes on. Give it a key that changes with each new one. */
export function FailureSentences({ failure, tone }: FailureSentencesProps) {
  const words = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In a long dialog it may come outside of what is in view.
    if (tone === "warn") words.current?.scrollIntoView({ block: "nearest" });
  }, [tone]);
  return (
    <MessageBar tone={tone} role={tone === "warn" ? "alert" : "status"}>
      <div ref={words}>
        <p className={styles["strong"]}>{failureText(failure, "what")}</p>
        <p>
          {failureText(failure, "why")} {failureText(failure, "next")}
        </p>
      </div>
    </MessageBar>
  );
}
