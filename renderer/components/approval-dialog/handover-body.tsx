import { useState } from "react";
import type { TransactionView } from "../../../shared/app-state.ts";
import type { HandoverInteraction } from "../../../shared/interaction.ts";
import { useWindow } from "../../state/window-context.tsx";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import styles from "./approval-dialog.module.css";
import { FailureSentences } from "./failure-sentences.tsx";

interface HandoverBodyProps {
  readonly run: TransactionView;
  readonly interaction: HandoverInteraction;
}

/** A file that the person has to get. It can be left, after it was said what that means. */
export function HandoverBody({ run, interaction }: HandoverBodyProps) {
  const { actions } = useWindow();
  const [sent, setSent] = useState(false);
  const { file, isSaved, problem } = interaction;
  const answer = async (given: Parameters<typeof actions.answer>[2]): Promise<void> => {
    setSent(true);
    if (!(await actions.answer(run.id, interaction.id, given))) setSent(false);
  };
  const save = (): void => void answer({ kind: "save-file", file });
  const finish = (): void => void answer({ kind: "finish", delete: false });
  return (
    <>
      {problem === null ? null : <FailureSentences failure={problem} tone="warn" />}
      <p role="status">{isSaved ? text("handover.saved") : ""}</p>
      <div className={styles["row"]}>
        <ActionButton look={isSaved ? "plain" : "primary"} autoFocus={!isSaved} isDisabled={sent} onPress={save}>
          {text(`handover.save.${file}`)}
        </ActionButton>
        <ActionButton look={isSaved ? "primary" : "plain"} isDisabled={sent} onPress={finish}>
          {text(isSaved ? "handover.finish" : "handover.leave")}
        </ActionButton>
      </div>
    </>
  );
}
