import type { SignatureReport } from "../../../shared/verification.ts";
import { dateTime } from "../../text/format.ts";
import { isRevocationUnchecked } from "../../text/revocation.ts";
import { text, textOr } from "../../text/text.ts";
import { Icon } from "../icon/icon.tsx";
import { ReasonList } from "./reason-list.tsx";
import styles from "./signatures-panel.module.css";
import { verdictLook } from "./verdict-look.ts";

interface SignatureCardProps {
  readonly signature: SignatureReport;
  /** In the order of the file, from 1. */
  readonly number: number;
}

/** One signature: who, when, how valid, how it stands legally, what it covers, what changed after it. */
export function SignatureCard({ signature, number }: SignatureCardProps) {
  const name = signature.signer ?? text("signature.unknown-signer");
  const look = verdictLook(signature.indication);
  const heading = signature.type === "signature" ? "signature.signed-by" : "signature.timestamp-by";
  return (
    <article className={styles["card"]} aria-label={`${text("signature.number", { number })}: ${name}`}>
      <h2 className={styles["name"]}>{text(heading, { name })}</h2>
      <p className={styles["validity"]}>
        <span className={styles["caption"]}>{text("signature.validity")}</span>
        <span className={`${styles["indication"]} ${styles[look.tone]}`}>
          <Icon name={look.icon} />
          {text(`verdict.${signature.indication}`)}
        </span>
      </p>
      <p className={styles["explanation"]}>{explanation(signature)}</p>
      <dl className={styles["facts"]}>
        <Fact label={text("signature.proven")}>
          {signature.provenTime === null ? text("signature.not-proven") : dateTime(signature.provenTime)}
        </Fact>
        <Fact label={text("signature.claimed")}>
          {signature.claimedTime === null ? text("signature.not-claimed") : dateTime(signature.claimedTime)}
        </Fact>
        <Fact label={text("signature.legal-level")}>{signature.qualification ?? text("signature.legal-unknown")}</Fact>
        <Fact label={text("signature.format-level")}>
          {signature.level === null ? text("signature.format-none") : `PAdES ${signature.level}`}
        </Fact>
        <Fact label={text("signature.covers")}>{text(`signature.coverage.${signature.coverage}`)}</Fact>
        <Fact label={text("signature.changes")}>{text(`signature.changes.${signature.changesAfter}`)}</Fact>
        <Fact label={text("signature.intact")}>
          {signature.intact ? text("signature.intact.yes") : text("signature.intact.no")}
        </Fact>
      </dl>
      <ReasonList reasons={signature.reasons} />
      <details className={styles["technical"]}>
        <summary>{text("signature.technical")}</summary>
        <dl className={styles["facts"]}>
          <Fact label={text("signature.indication")}>
            {[signature.indication, signature.subIndication].filter((part) => part !== null).join(" / ")}
          </Fact>
          <Fact label={text("signature.field")}>{signature.field === "" ? text("common.none") : signature.field}</Fact>
          <Fact label={text("signature.sub-filter")}>{signature.subFilter}</Fact>
        </dl>
      </details>
    </article>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The sub-indication in words when there is one, else what the indication means. */
function explanation(signature: SignatureReport): string {
  const { indication, subIndication } = signature;
  const general = isRevocationUnchecked(signature)
    ? text("verdict.text.revocation-unchecked")
    : text(`verdict.text.${indication}`);
  if (subIndication === null) return general;
  return `${textOr(`sub-indication.${subIndication}`, "sub-indication.GENERIC")} ${general}`;
}
