import type { Reason } from "../../../shared/verification.ts";
import { text } from "../../text/text.ts";
import styles from "./signatures-panel.module.css";

export function ReasonList({ reasons }: { readonly reasons: readonly Reason[] }) {
  if (reasons.length === 0) return null;
  return (
    <div className={styles["reasons"]}>
      <h3 className={styles["caption"]}>{text("signature.reasons")}</h3>
      <ul>
        {reasons.map(({ code, message, offset }, index) => (
          <li key={`${index}-${code}`}>
            {message}{" "}
            {offset === undefined ? null : (
              <span className={styles["muted"]}>{text("signature.reason-offset", { offset })}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
