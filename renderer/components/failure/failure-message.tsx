import { useRef, useState } from "react";
import type { Failure } from "../../../shared/failure.ts";
import { failureText, text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import styles from "./failure-message.module.css";

/** A failure in full: what happened, why, what to do; the technical details folded away. */
export function FailureMessage({ failure, title = true }: { readonly failure: Failure; readonly title?: boolean }) {
  return (
    <div className={styles["message"]}>
      {title ? <p className={styles["what"]}>{failureText(failure, "what")}</p> : null}
      <p>{failureText(failure, "why")}</p>
      <p>{failureText(failure, "next")}</p>
      <FailureDetails failure={failure} />
    </div>
  );
}

function FailureDetails({ failure }: { readonly failure: Failure }) {
  const [copied, setCopied] = useState(false);
  const details = [failure.code, ...Object.entries(failure.params ?? {}).map(([key, value]) => `${key}: ${value}`)];
  const code = useRef<HTMLPreElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(details.join("\n"));
      setCopied(true);
    } catch {
      // The system may not let the window write to the clipboard: then the text is selected, ready for Ctrl+C.
      if (code.current !== null) window.getSelection()?.selectAllChildren(code.current);
    }
  };
  return (
    <details className={styles["details"]}>
      <summary>{text("common.details")}</summary>
      <pre ref={code} className={styles["code"]}>
        {details.join("\n")}
      </pre>
      <ActionButton size="small" onPress={() => void copy()}>
        {copied ? text("common.copied") : text("common.copy-details")}
      </ActionButton>
    </details>
  );
}
