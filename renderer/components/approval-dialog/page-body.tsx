import type { TransactionView } from "../../../shared/app-state.ts";
import type { PageInteraction } from "../../../shared/interaction.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text, textOr } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { Icon } from "../icon/icon.tsx";
import styles from "./approval-dialog.module.css";
import { FailureSentences } from "./failure-sentences.tsx";
import { PracticePhone } from "./practice-phone.tsx";
import { QrCode } from "./qr-code.tsx";
import { WaitingTime } from "./waiting-time.tsx";

interface PageBodyProps {
  readonly run: TransactionView;
  readonly interaction: PageInteraction;
}

/** The provider's page is open in its own window; or on the phone, by its QR code. */
export function PageBody({ run, interaction }: PageBodyProps) {
  const { actions } = useWindow();
  const { host, qr = null, problem = null, deadline } = interaction;
  return (
    <>
      {problem === null ? null : <FailureSentences key={interaction.id} failure={problem} tone="warn" />}
      <div className={styles["ways"]}>
        <div className={styles["way"]}>
          <p className={styles["host"]}>
            <Icon name="lock" />
            <span className={styles["hostName"]}>{host}</span>
          </p>
          <p className={styles["muted"]}>{text("approval.page-text", { host })}</p>
          <div className={styles["row"]}>
            <ActionButton
              look="primary"
              autoFocus
              onPress={() => void actions.answer(run.id, interaction.id, { kind: "reopen-page" })}
            >
              {text("approval.page-front")}
            </ActionButton>
            <PracticePhone run={run} />
          </div>
        </div>
        {qr === null ? null : (
          <div className={styles["qrWay"]}>
            <p className={styles["strong"]}>{text("page.qr")}</p>
            <QrCode picture={qr} label={text("page.qr-picture", { host })} />
            <p className={styles["muted"]}>{text(run.practice ? "page.qr-practice" : "page.qr-text")}</p>
          </div>
        )}
      </div>
      <WaitingTime
        deadline={deadline}
        typical={textOr(`approval.typical-page.${run.provider}`, "approval.typical-page")}
      />
    </>
  );
}
