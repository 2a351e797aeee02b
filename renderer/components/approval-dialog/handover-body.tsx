import type { TransactionView } from "../../../shared/app-state.ts";
import type { HandoverInteraction } from "../../../shared/interaction.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import styles from "./approval-dialog.module.css";
import { FailureSentences } from "./failure-sentences.tsx";
import { useSentAnswer } from "./use-sent-answer.ts";

interface HandoverBodyProps {
  readonly run: TransactionView;
  readonly interaction: HandoverInteraction;
}

/** A file that the person has to get. It can be left, after it was said what that means. */
export function HandoverBody({ run, interaction }: HandoverBodyProps) {
  const { sent, answer } = useSentAnswer(run, interaction);
  const { file, isSaved, problem } = interaction;
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
