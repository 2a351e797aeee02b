import type { DocumentView } from "../../../shared/app-state.ts";
import type { SignatureReport } from "../../../shared/verification.ts";
import { dateTime } from "../../text/format.ts";
import { isRevocationUnchecked } from "../../text/revocation.ts";
import { text, textOr } from "../../text/text.ts";
import { Icon } from "../icon/icon.tsx";
import { CertificateChain } from "./certificate-chain.tsx";
import { Fact } from "./fact.tsx";
import { levelText, MISSED_RULE } from "./level-text.ts";
import { policyText } from "./policy-text.ts";
import { ReasonList } from "./reason-list.tsx";
import { ShowVersion } from "./show-version.tsx";
import { SignatureTechnical } from "./signature-technical.tsx";
import styles from "./signatures-panel.module.css";
import { verdictLook } from "./verdict-look.ts";

interface SignatureCardProps {
  readonly document: DocumentView;
  readonly signature: SignatureReport;
  /** In the order of the file, from 1. */
  readonly number: number;
  /** It covers evidence about a person, who is somebody else than the signer. */
  readonly isSeal: boolean;
}

/** One signature: who, when, how valid, how it stands legally, what it covers, what changed after it. */
export function SignatureCard({ document, signature, number, isSeal }: SignatureCardProps) {
  const name = signature.signer ?? text("signature.unknown-signer");
  const look = verdictLook(signature.indication);
  const heading = isSeal
    ? "seal.of"
    : signature.type === "signature"
      ? "signature.signed-by"
      : "signature.timestamp-by";
  const { details } = signature;
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
      {isSeal ? <p className={styles["explanation"]}>{text("seal.text", { name })}</p> : null}
      <dl className={styles["facts"]}>
        <Fact label={text("signature.proven")}>
          {signature.provenTime === null ? text("signature.not-proven") : dateTime(signature.provenTime)}
        </Fact>
        <Fact label={text("signature.claimed")}>
          {signature.claimedTime === null ? text("signature.not-claimed") : dateTime(signature.claimedTime)}
        </Fact>
        <Fact label={text("signature.legal-level")}>{signature.qualification ?? text("signature.legal-unknown")}</Fact>
        <Fact label={text("signature.format-level")}>{levelText(signature)}</Fact>
        <Fact label={text("signature.covers")}>{text(`signature.coverage.${signature.coverage}`)}</Fact>
        <Fact label={text("signature.changes")}>{text(`signature.changes.${signature.changesAfter}`)}</Fact>
        <Fact label={text("signature.intact")}>
          {signature.intact ? text("signature.intact.yes") : text("signature.intact.no")}
        </Fact>
        {details === undefined || signature.type === "document-timestamp" ? null : (
          <Fact label={text("signature.permits")}>{policyText([details.permits])}</Fact>
        )}
      </dl>
      <ReasonList reasons={signature.reasons.filter(({ code }) => code !== MISSED_RULE)} />
      <ShowVersion document={document} signature={signature} number={number} />
      {details === undefined || details.chain.length === 0 ? null : <CertificateChain chain={details.chain} />}
      <SignatureTechnical signature={signature} />
    </article>
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
