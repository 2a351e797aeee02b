import type { EvidenceReport } from "../../../shared/verification.ts";
import { dateTime, digestGroups } from "../../text/format.ts";
import { text } from "../../text/text.ts";
import { Icon } from "../icon/icon.tsx";
import { evidenceLook, evidenceTitle, pagesText, sealedByText } from "./evidence-words.ts";
import { Fact } from "./fact.tsx";
import { ReasonList } from "./reason-list.tsx";
import styles from "./signatures-panel.module.css";

interface EvidenceCardProps {
  readonly evidence: EvidenceReport;
  /** In the order of the file, from 1. */
  readonly number: number;
}

/** What evidence says of a person: who, when, about which document, under whose seal. Never called a signature of the PDF. */
export function EvidenceCard({ evidence, number }: EvidenceCardProps) {
  const { verdict, person, provenTime, document, changesAfter } = evidence;
  const look = evidenceLook(verdict);
  const isProven = verdict === "passed";
  const title = evidenceTitle(evidence);
  return (
    <article className={styles["card"]} aria-label={`${text("proof.number", { number })}: ${title}`}>
      <h2 className={styles["name"]}>{title}</h2>
      <p className={styles["validity"]}>
        <span className={styles["caption"]}>{text("proof.validity")}</span>
        <span className={`${styles["indication"]} ${styles[look.tone]}`}>
          <Icon name={look.icon} />
          {text(`proof.verdict.${verdict}`)}
        </span>
      </p>
      <p className={styles["explanation"]}>{text(`proof.text.${verdict}`)}</p>
      <dl className={styles["facts"]}>
        <Fact label={text(isProven ? "proof.person" : "proof.claimed-person")}>
          {person?.name ?? text("proof.unknown")}
        </Fact>
        <Fact label={text("proof.personal-number")}>{person?.personalNumber ?? text("proof.unknown")}</Fact>
        <Fact label={text("proof.organisation")}>{person?.organisation ?? text("proof.unknown")}</Fact>
        <Fact label={text(isProven ? "proof.time" : "proof.claimed-time")}>
          {provenTime === null ? text("proof.unknown") : dateTime(provenTime)}
        </Fact>
        <Fact label={text(isProven ? "proof.document" : "proof.claimed-document")}>
          {document === null ? text("proof.no-document") : document.name}
        </Fact>
        {document === null ? null : <Fact label={text("proof.pages")}>{pagesText(evidence)}</Fact>}
        <Fact label={text("proof.changes")}>
          {changesAfter === null ? text("proof.unknown") : text(`proof.changes.${changesAfter}`)}
        </Fact>
        <Fact label={text("proof.seal")}>{sealedByText(evidence)}</Fact>
      </dl>
      <ReasonList reasons={evidence.reasons} />
      {evidence.signedText === undefined ? null : (
        <details className={styles["technical"]}>
          <summary>{text("proof.signed-text")}</summary>
          <p className={styles["signedText"]}>{evidence.signedText}</p>
        </details>
      )}
      <details className={styles["technical"]}>
        <summary>{text("proof.technical")}</summary>
        <dl className={styles["facts"]}>
          <Fact label={text("proof.file")}>{evidence.name}</Fact>
          {document === null ? null : (
            <>
              <Fact label={text("proof.size")}>{text("proof.size-of", { size: document.size })}</Fact>
              <Fact label={text("proof.digest")}>{digestGroups(document.sha256).join(" ")}</Fact>
            </>
          )}
        </dl>
      </details>
    </article>
  );
}
