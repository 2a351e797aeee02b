import type { TransactionView } from "../../../shared/app-state.ts";
import type { QrInteraction } from "../../../shared/interaction.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import styles from "./approval-dialog.module.css";
import { FailureSentences } from "./failure-sentences.tsx";
import { QrCode } from "./qr-code.tsx";

/** A code to be scanned with the provider's app, which changes every second, or the app on this computer. */
export function QrBody({ run, interaction }: { readonly run: TransactionView; readonly interaction: QrInteraction }) {
  const { actions } = useWindow();
  return (
    <>
      {interaction.problem === null ? null : <FailureSentences failure={interaction.problem} tone="info" />}
      <QrCode picture={interaction.picture} label={text("qr.picture")} />
      {interaction.canOpenApp ? (
        <div className={styles["row"]}>
          <ActionButton onPress={() => void actions.answer(run.id, interaction.id, { kind: "open-app" })}>
            {text("qr.open-app")}
          </ActionButton>
        </div>
      ) : null}
    </>
  );
}
