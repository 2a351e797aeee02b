import type { FileReport } from "../../../shared/verification.ts";
import { useWindow } from "../../state/window-context.tsx";
import { isRevocationUnchecked } from "../../text/revocation.ts";
import { text } from "../../text/text.ts";
import { MessageBar } from "../controls/message-bar.tsx";
import { Fact } from "./fact.tsx";
import { policyText } from "./policy-text.ts";
import { ReasonList } from "./reason-list.tsx";
import styles from "./signatures-panel.module.css";
import { verdictLook } from "./verdict-look.ts";

/** The verdict over the whole file, in one sentence, with the reasons that concern the file itself. */
export function FileVerdictCard({ report }: { readonly report: FileReport }) {
  const { app } = useWindow();
  const permissions = report.signatures.flatMap(({ type, details }) =>
    type === "signature" && details !== undefined ? [details.permits] : [],
  );
  return (
    <section className={styles["card"]}>
      <MessageBar {...verdictLook(report.verdict)}>
        <h2 className={styles["verdict"]}>{title(report)}</h2>
        <p>{sentence(report)}</p>
      </MessageBar>
      {app.app.practice && report.signatures.length + (report.evidence?.length ?? 0) > 0 ? (
        <MessageBar tone="practice">
          <p>{text("report.practice")}</p>
        </MessageBar>
      ) : null}
      {permissions.length === 0 ? null : (
        <dl className={styles["facts"]}>
          <Fact label={text("policy.label")}>{policyText(permissions)}</Fact>
        </dl>
      )}
      <ReasonList reasons={report.reasons} />
    </section>
  );
}

function title({ verdict }: FileReport): string {
  if (verdict === "NO-SIGNATURE") return text("report.none-title");
  if (verdict === "UNREADABLE") return text("report.unreadable-title");
  return text(`verdict.${verdict}`);
}

function sentence({ verdict, signatures, evidence }: FileReport): string {
  if (verdict === "NO-SIGNATURE") return text("report.none-text");
  if (verdict === "UNREADABLE") return text("report.unreadable-text");
  if (evidence !== undefined) return text(`verdict.proof.${verdict}`);
  if (verdict === "TOTAL-PASSED" && signatures.some(isRevocationUnchecked)) {
    return text("verdict.file.revocation-unchecked");
  }
  return text(`verdict.file.${verdict}`);
}
