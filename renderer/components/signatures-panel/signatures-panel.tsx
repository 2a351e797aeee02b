import { useEffect } from "react";
import type { DocumentView } from "../../../shared/app-state.ts";
import { isLocked } from "../../state/locked.ts";
import { useReport } from "../../state/use-report.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { SignedHere } from "../history/signed-here.tsx";
import { UnlockButton } from "../unlock/unlock-button.tsx";
import { CheckProgress } from "./check-progress.tsx";
import { DocumentTimeline } from "./document-timeline.tsx";
import { EvidenceCard } from "./evidence-card.tsx";
import { isSeal } from "./evidence-words.ts";
import { FileVerdictCard } from "./file-verdict-card.tsx";
import { SignatureCard } from "./signature-card.tsx";
import styles from "./signatures-panel.module.css";

/** The right pane's second tab: what the shown document's signatures are worth. */
export function SignaturesPanel() {
  const { current } = useWindow();
  if (current === null) return <p className={styles["note"]}>{text("report.choose")}</p>;
  return <DocumentSignatures key={current.id} document={current} />;
}

function DocumentSignatures({ document }: { readonly document: DocumentView }) {
  const { actions } = useWindow();
  const { report, checking, progress, failed } = useReport(document);

  // Opening the tab is the question; nobody should have to press a button to get the answer.
  const locked = isLocked(document);
  const ask = report === null && !checking && !failed && !locked;
  useEffect(() => {
    if (ask) void actions.verify(document.id);
  }, [ask, actions, document.id]);

  return (
    <div className={styles["scroll"]}>
      <p className={styles["status"]} role="status">
        {checking ? text("report.checking") : ""}
      </p>
      {checking ? (
        <CheckProgress progress={progress} onCancel={() => void actions.cancelVerification(document.id)} />
      ) : null}
      <SignedHere document={document} />
      {report === null ? null : (
        <>
          <FileVerdictCard report={report} />
          {(report.evidence ?? []).map((evidence, index) => (
            <EvidenceCard key={evidence.name} evidence={evidence} number={index + 1} />
          ))}
          {report.signatures.map((signature, index) => (
            <SignatureCard
              key={`${index}-${signature.field}`}
              document={document}
              signature={signature}
              number={index + 1}
              isSeal={isSeal(report, index + 1)}
            />
          ))}
          <DocumentTimeline timeline={report.timeline ?? []} />
        </>
      )}
      {locked ? (
        <div className={styles["again"]}>
          <p className={styles["status"]}>{text("unlock.locked-text")}</p>
          <UnlockButton document={document} size="normal" />
        </div>
      ) : null}
      {checking || locked ? null : (
        <div className={styles["again"]}>
          <ActionButton onPress={() => void actions.verify(document.id)}>
            {report === null ? text("report.check") : text("report.check-again")}
          </ActionButton>
        </div>
      )}
    </div>
  );
}
