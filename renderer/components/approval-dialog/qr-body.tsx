import type { TransactionView } from "../../../shared/app-state.ts";
import type { QrInteraction } from "../../../shared/interaction.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import styles from "./approval-dialog.module.css";
import { FailureSentences } from "./failure-sentences.tsx";
import { PracticePhone } from "./practice-phone.tsx";
import { QrCode } from "./qr-code.tsx";
import { WaitingTime } from "./waiting-time.tsx";

/** A code to be scanned with the provider's app, which changes every second, or the app on this computer. */
export function QrBody({ run, interaction }: { readonly run: TransactionView; readonly interaction: QrInteraction }) {
  const { actions } = useWindow();
  const { canOpenApp, deadline, picture, problem } = interaction;
  return (
    <>
      {problem === null ? null : <FailureSentences failure={problem} tone="info" />}
      <div className={styles["ways"]}>
        <QrCode picture={picture} label={text("qr.picture")} size="large" />
        <div className={styles["besideCode"]}>
          <WaitingTime deadline={deadline} typical={text("qr.renewed")} />
          {canOpenApp ? (
            <>
              <p className={styles["strong"]}>{text("qr.here")}</p>
              <div className={styles["row"]}>
                <ActionButton onPress={() => void actions.answer(run.id, interaction.id, { kind: "open-app" })}>
                  {text("qr.open-app")}
                </ActionButton>
              </div>
            </>
          ) : null}
          <div className={styles["row"]}>
            <PracticePhone run={run} />
          </div>
        </div>
      </div>
    </>
  );
}
