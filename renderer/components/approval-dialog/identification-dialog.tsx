import { useState } from "react";
import type { TransactionView } from "../../../shared/app-state.ts";
import type { IdentificationFile, IdentificationInteraction } from "../../../shared/interaction.ts";
import { useWindow } from "../../state/window-context.tsx";
import { differences } from "../../text/identification.ts";
import { providerName } from "../../text/provider-name.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { MessageBar } from "../controls/message-bar.tsx";
import { ModalSheet } from "../controls/modal-sheet.tsx";
import { TickBox } from "../controls/tick-box.tsx";
import { Icon } from "../icon/icon.tsx";
import styles from "./approval-dialog.module.css";
import { FailureSentences } from "./failure-sentences.tsx";
import { IdentificationTable } from "./identification-table.tsx";
import { askText } from "./interaction-view.tsx";
import { RunHeader } from "./run-header.tsx";
import { WaitingTime } from "./waiting-time.tsx";

interface IdentificationProps {
  readonly run: TransactionView;
  readonly interaction: IdentificationInteraction;
}

/**
 * The end of an order: what the provider found out, what of it to save, and whether the provider deletes it now. It is signed
 * already, so there is nothing to cancel, only to finish.
 */
export function IdentificationDialog({ run, interaction }: IdentificationProps) {
  const { dispatch, actions } = useWindow();
  const provider = providerName(run.provider);
  const [deletes, setDeletes] = useState(true);
  // The question in which Finish was pressed: when it is asked anew, it did not work.
  const [finishing, setFinishing] = useState<string | null>(null);
  const isFinishing = finishing === interaction.id;
  const finish = async (): Promise<void> => {
    setFinishing(interaction.id);
    const answer = { kind: "finish", delete: deletes } as const;
    if (!(await actions.answer(run.id, interaction.id, answer))) setFinishing(null);
  };
  return (
    <ModalSheet
      title={text("identification.title", { provider })}
      onClose={null}
      buttons={
        <>
          <div className={styles["footChoice"]}>
            <TickBox isSelected={deletes} onChange={setDeletes}>
              {text("identification.delete", { provider })}
            </TickBox>
          </div>
          <ActionButton onPress={() => dispatch({ kind: "hide-run", transaction: run.id, hidden: true })}>
            {text("approval.hide")}
          </ActionButton>
          <ActionButton look="primary" isDisabled={isFinishing} onPress={() => void finish()}>
            {isFinishing ? text("identification.finishing") : text("identification.finish")}
          </ActionButton>
        </>
      }
    >
      <RunHeader run={run} status={askText(interaction)} />
      <div className={styles["interaction"]}>
        <span className={styles["picture"]}>
          <Icon name="document" />
        </span>
        <p className={styles["sentence"]}>{askText(interaction)}</p>
      </div>
      <Findings run={run} interaction={interaction} />
      <p className={styles["muted"]}>
        {text(deletes ? "identification.delete-help" : "identification.kept-help", { host: interaction.host })}
      </p>
      {interaction.deadline === null ? null : <WaitingTime deadline={interaction.deadline} typical={null} />}
    </ModalSheet>
  );
}

function Findings({ run, interaction }: IdentificationProps) {
  const { rows, method, suspectedFraud, files, problem } = interaction;
  const provider = providerName(run.provider);
  return (
    <>
      {suspectedFraud ? (
        <MessageBar tone="warn" role="alert">
          <p className={styles["strong"]}>{text("identification.fraud", { provider })}</p>
          <p>{text("identification.fraud-text", { provider })}</p>
        </MessageBar>
      ) : null}
      {rows.length === 0 ? null : (
        <>
          <p className={styles["strong"]}>{summary(differences(rows))}</p>
          <IdentificationTable rows={rows} provider={provider} />
        </>
      )}
      {method === null ? null : <p>{text("identification.method", { method })}</p>}
      {problem === null ? null : <FailureSentences key={interaction.id} failure={problem} tone="warn" />}
      {files.length === 0 ? null : <SaveButtons run={run} interaction={interaction} />}
    </>
  );
}

function summary(count: number): string {
  return count === 0 ? text("identification.no-differences") : text("identification.differences", { count });
}

function SaveButtons({ run, interaction }: IdentificationProps) {
  const { actions } = useWindow();
  const title = text("identification.files", { provider: providerName(run.provider) });
  const save = (file: IdentificationFile): void =>
    void actions.answer(run.id, interaction.id, { kind: "save-file", file });
  return (
    <div className={styles["time"]} role="group" aria-label={title}>
      <p className={styles["strong"]}>{title}</p>
      <div className={styles["row"]}>
        {interaction.files.map((file) => (
          <ActionButton key={file} size="small" onPress={() => save(file)}>
            {text(`identification.file.${file}`)}
          </ActionButton>
        ))}
      </div>
    </div>
  );
}
