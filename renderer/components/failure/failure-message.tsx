import type { Failure } from "../../../shared/failure.ts";
import { failureText, text } from "../../text/text.ts";
import { CopyDetails } from "../controls/copy-details.tsx";
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
  const details = [failure.code, ...Object.entries(failure.params ?? {}).map(([key, value]) => `${key}: ${value}`)];
  return (
    <details className={styles["details"]}>
      <summary>{text("common.details")}</summary>
      <CopyDetails lines={details} />
    </details>
  );
}
