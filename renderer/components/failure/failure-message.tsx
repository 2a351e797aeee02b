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
  const copy = (): void => {
    if (code.current === null) return;
    // The selection stays when copying is not possible: then Ctrl+C does it. The newer clipboard interface would need a
    // permission, and the window has none.
    window.getSelection()?.selectAllChildren(code.current);
    // oxlint-disable-next-line typescript/no-deprecated
    setCopied(document.execCommand("copy"));
  };
  return (
    <details className={styles["details"]}>
      <summary>{text("common.details")}</summary>
      <pre ref={code} className={styles["code"]}>
        {details.join("\n")}
      </pre>
      <ActionButton size="small" onPress={copy}>
        {copied ? text("common.copied") : text("common.copy-details")}
      </ActionButton>
    </details>
  );
}
