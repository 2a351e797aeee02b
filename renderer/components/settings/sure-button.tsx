import { useState } from "react";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import styles from "./settings.module.css";

interface SureButtonProps {
  readonly help: string;
  readonly ask: string;
  readonly question: string;
  readonly confirm: string;
  readonly isDisabled: boolean;
  readonly onSure: () => void;
}

/** A button for what cannot be taken back: it asks before it does anything. */
export function SureButton({ help, ask, question, confirm, isDisabled, onSure }: SureButtonProps) {
  const [step, setStep] = useState<"not-asked" | "asked" | "taken-back">("not-asked");
  if (step !== "asked") {
    return (
      <div className={styles["stack"]}>
        <p className={styles["muted"]}>{help}</p>
        <div className={styles["buttons"]}>
          <ActionButton
            size="small"
            autoFocus={step === "taken-back"}
            isDisabled={isDisabled}
            onPress={() => setStep("asked")}
          >
            {ask}
          </ActionButton>
        </div>
      </div>
    );
  }
  return (
    <div role="group" aria-label={question} className={styles["box"]}>
      <p>{question}</p>
      <div className={styles["buttons"]}>
        {/* Enter on the button that asked must not be the answer: the way back has the focus. */}
        <ActionButton size="small" autoFocus onPress={() => setStep("taken-back")}>
          {text("common.cancel")}
        </ActionButton>
        <ActionButton
          size="small"
          look="primary"
          onPress={() => {
            setStep("not-asked");
            onSure();
          }}
        >
          {confirm}
        </ActionButton>
      </div>
    </div>
  );
}
