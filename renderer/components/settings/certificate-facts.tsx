import { useState } from "react";
import type { CertificateFacts as Facts } from "../../../shared/app-state.ts";
import { expiryWarning } from "../../text/expiry.ts";
import { day } from "../../text/format.ts";
import { text } from "../../text/text.ts";
import styles from "./settings.module.css";

/** Whose certificate, by whom, until when, and a warning before that. */
export function CertificateFacts({ facts }: { readonly facts: Facts }) {
  const [now] = useState(() => Date.now());
  const { subject, issuer, validUntil } = facts;
  const warning = expiryWarning(validUntil, now);
  return (
    <div className={styles["rowText"]}>
      <span className={styles["rowName"]}>{subject === "" ? text("settings.unknown-subject") : subject}</span>
      {issuer === "" && validUntil === "" ? null : (
        <span className={styles["muted"]}>
          {text("certificate.issuer")} {issuer} · {text("certificate.valid-until")} {day(validUntil)}
        </span>
      )}
      {warning === null ? null : <span className={styles["warning"]}>{warning}</span>}
    </div>
  );
}
