import { useState } from "react";
import type { CertificateChoice, CertificateFacts } from "../../../shared/app-state.ts";
import { useWindow } from "../../state/window-context.tsx";
import { expiryWarning } from "../../text/expiry.ts";
import { day } from "../../text/format.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import styles from "./sign-panel.module.css";
import { TokenDialog } from "./token-dialog.tsx";
import { TimestampService } from "./timestamp-service.tsx";

/** Which certificate on this computer signs, whose it is, and who confirms the time. */
export function CertificateSection() {
  const { app, actions } = useWindow();
  const { certificate } = app.settings;
  const [choosing, setChoosing] = useState(false);
  return (
    <section className={styles["section"]} aria-label={text("certificate.title")}>
      <h2 className={styles["title"]}>{text("certificate.title")}</h2>
      {certificate === null ? (
        <p className={styles["help"]}>{text("certificate.none")}</p>
      ) : (
        <ChosenCertificate certificate={certificate} />
      )}
      <div className={styles["buttons"]}>
        <ActionButton
          size="small"
          look={certificate === null ? "primary" : "plain"}
          onPress={() => void actions.chooseCertificate()}
        >
          {text(certificate?.kind === "file" ? "certificate.change" : "certificate.choose")}
        </ActionButton>
        <ActionButton size="small" onPress={() => setChoosing(true)}>
          {text("certificate.use-token")}
        </ActionButton>
        {certificate?.kind === "practice" ? null : (
          <ActionButton size="small" onPress={() => void actions.practiseWithCertificate()}>
            {text("certificate.use-practice")}
          </ActionButton>
        )}
      </div>
      {choosing ? <TokenDialog onClose={() => setChoosing(false)} /> : null}
      {certificate === null ? null : <TimestampService key={app.settings.timestampUrl} />}
    </section>
  );
}

function ChosenCertificate({ certificate }: { readonly certificate: CertificateChoice }) {
  if (certificate.kind === "practice") {
    return (
      <div className={styles["stack"]}>
        <p className={styles["strong"]}>{text("certificate.practice-name")}</p>
        <p className={styles["help"]}>{text("certificate.practice-help")}</p>
      </div>
    );
  }
  return (
    <>
      <dl className={styles["facts"]}>
        <div>
          <dt>{text(certificate.kind === "token" ? "certificate.token" : "certificate.file")}</dt>
          <dd>{certificate.name}</dd>
        </div>
        {certificate.facts === null ? null : <Facts facts={certificate.facts} />}
      </dl>
      {certificate.facts === null ? (
        <p className={styles["help"]}>{text("certificate.not-opened")}</p>
      ) : (
        <Expiry validUntil={certificate.facts.validUntil} />
      )}
    </>
  );
}

function Facts({ facts }: { readonly facts: CertificateFacts }) {
  const { subject, issuer, validUntil } = facts;
  const rows = [
    ["certificate.subject", subject],
    ["certificate.issuer", issuer],
    ["certificate.valid-until", day(validUntil)],
  ] as const;
  return rows.map(([key, value]) => (
    <div key={key}>
      <dt>{text(key)}</dt>
      <dd>{value}</dd>
    </div>
  ));
}

function Expiry({ validUntil }: { readonly validUntil: string }) {
  const [now] = useState(() => Date.now());
  const warning = expiryWarning(validUntil, now);
  return warning === null ? null : <p className={styles["warning"]}>{warning}</p>;
}
