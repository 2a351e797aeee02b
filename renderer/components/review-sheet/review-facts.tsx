import { useState } from "react";
import type { CertificateFacts, ReviewSheet as Sheet } from "../../../shared/app-state.ts";
import type { OrderDetails } from "../../../shared/order-details.ts";
import { expiryWarning } from "../../text/expiry.ts";
import { day } from "../../text/format.ts";
import { text } from "../../text/text.ts";
import { EnvironmentChip } from "../controls/environment-chip.tsx";
import { BankIdFacts } from "./bankid-facts.tsx";
import { FourthlineFacts } from "./fourthline-facts.tsx";
import { IdnowFacts } from "./idnow-facts.tsx";
import styles from "./review-sheet.module.css";

interface ReviewFactsProps {
  readonly sheet: Sheet;
  /** What the provider is told beside the documents. */
  readonly details: OrderDetails | null;
}

/** What is sent to whom, under which policy, how often the person approves, and where the results go. */
export function ReviewFacts({ sheet, details }: ReviewFactsProps) {
  const { policy, commitmentType, timestampHost, certificate } = sheet;
  return (
    <dl className={styles["facts"]}>
      <div>
        <dt>{text("review.sent")}</dt>
        <dd>{text(`review.sends.${sheet.sends}`, { recipient: sheet.recipient, count: sheet.items.length })}</dd>
      </div>
      {sheet.profile === null ? null : (
        <div>
          <dt>{text("review.profile")}</dt>
          <dd>
            {sheet.profile} <EnvironmentChip environment={sheet.environment} />
          </dd>
        </div>
      )}
      {timestampHost === null ? null : (
        <div>
          <dt>{text("review.timestamp")}</dt>
          <dd>
            {text("review.timestamp-host", { host: timestampHost })}
            {sheet.asksIssuers ? ` ${text("review.long-term")}` : ""}
          </dd>
        </div>
      )}
      {certificate === null ? null : <CertificateFact certificate={certificate} />}
      {details === null ? (
        <div>
          <dt>{text("review.approvals")}</dt>
          <dd>
            {sheet.sends === "nothing"
              ? text("review.secret")
              : text("review.approvals-value", { count: sheet.approvals })}
          </dd>
        </div>
      ) : (
        <OrderFacts details={details} sheet={sheet} />
      )}
      {sheet.initialledPages === 0 ? null : (
        <div>
          <dt>{text("marks.initials-fact")}</dt>
          <dd>{text("marks.initialled", { count: sheet.initialledPages })}</dd>
        </div>
      )}
      {policy === null ? null : (
        <div>
          <dt>{text("review.policy")}</dt>
          <dd>
            {policy.text}
            {policy.url === null ? null : (
              <span className={styles["url"]}>{text("review.policy-link", { url: policy.url })}</span>
            )}
          </dd>
        </div>
      )}
      {commitmentType === null ? null : (
        <div>
          <dt>{text("review.commitment")}</dt>
          <dd>{commitmentType.text}</dd>
        </div>
      )}
      {sheet.certification === null ? null : (
        <div>
          <dt>{text("review.certify")}</dt>
          <dd>{text(`review.certify.${sheet.certification}`)}</dd>
        </div>
      )}
      {sheet.locksFields ? (
        <div>
          <dt>{text("review.lock-fields")}</dt>
          <dd>{text("review.lock-fields-value")}</dd>
        </div>
      ) : null}
      <div>
        <dt>{text("review.folder")}</dt>
        <dd>{sheet.outputFolder ?? text("review.beside")}</dd>
      </div>
    </dl>
  );
}

function OrderFacts({ details, sheet }: { readonly details: OrderDetails; readonly sheet: Sheet }) {
  switch (details.provider) {
    case "idnow":
      return <IdnowFacts details={details} />;
    case "bankid":
      return <BankIdFacts details={details} recipient={sheet.recipient} sealedBy={sheet.evidence?.sealedBy ?? null} />;
    case "fourthline":
      return <FourthlineFacts details={details} />;
  }
}

function CertificateFact({ certificate }: { readonly certificate: CertificateFacts }) {
  const { subject, issuer, validUntil } = certificate;
  const [now] = useState(() => Date.now());
  const warning = expiryWarning(validUntil, now);
  return (
    <div>
      <dt>{text("review.certificate")}</dt>
      <dd>
        {text("review.certificate-value", { subject, issuer, until: day(validUntil) })}
        {warning === null ? null : <strong> {warning}</strong>}
      </dd>
    </div>
  );
}
