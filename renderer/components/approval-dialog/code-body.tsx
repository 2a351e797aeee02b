import { useEffect, useId, useRef, useState } from "react";
import type { TransactionView } from "../../../shared/app-state.ts";
import type { CodeInteraction } from "../../../shared/interaction.ts";
import { useWindow } from "../../state/window-context.tsx";
import { codeOf, digitsText } from "../../text/code.ts";
import { failureText, text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import controls from "../controls/controls.module.css";
import styles from "./approval-dialog.module.css";
import { PracticePhone } from "./practice-phone.tsx";
import { ResendButton } from "./resend-button.tsx";
import { WaitingTime } from "./waiting-time.tsx";

interface CodeBodyProps {
  readonly run: TransactionView;
  readonly interaction: CodeInteraction;
}

/**
 * A one-time code from the phone. SECURITY: what is typed stays in the input element, is read there once and wiped; it is in no
 * state, so that nothing that draws, logs or records state can have it.
 */
export function CodeBody({ run, interaction }: CodeBodyProps) {
  const { actions } = useWindow();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [sent, setSent] = useState(false);
  const [isShort, setIsShort] = useState(false);
  const { digits, problem, attemptsLeft, sentTo } = interaction;
  useEffect(() => {
    // With large text the dialog scrolls; what the person is asked for must be in view.
    input.current?.focus();
    input.current?.parentElement?.scrollIntoView({ block: "nearest" });
  }, []);
  const submit = async (): Promise<void> => {
    const field = input.current;
    if (field === null || sent) return;
    const value = codeOf(field.value, digits.maximum);
    if (value.length < digits.minimum) {
      setIsShort(true);
      field.focus();
      return;
    }
    field.value = "";
    setIsShort(false);
    setSent(true);
    // When main refuses, it can be typed again.
    if (!(await actions.answer(run.id, interaction.id, { kind: "code", value }))) setSent(false);
  };
  const isWrong = problem !== null || isShort;
  return (
    <form
      className={styles["ask"]}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {sentTo === null ? null : <p>{text("code.sent-to", { phone: sentTo })}</p>}
      <div className={styles["code"]}>
        <label className={controls["label"]} htmlFor={id}>
          {text("code.label")}
        </label>
        <input
          ref={input}
          id={id}
          className={`${controls["input"]} ${styles["codeInput"]}`}
          type="text"
          inputMode="numeric"
          // No maxLength: it would cut a pasted "12 34 56" before the blanks are gone.
          autoComplete="one-time-code"
          disabled={sent}
          size={digits.maximum + 2}
          aria-invalid={isWrong ? true : undefined}
          aria-describedby={`${id}-digits${isWrong ? ` ${id}-problem` : ""}`}
          onInput={({ currentTarget }) => keepDigits(currentTarget, digits.maximum)}
        />
        {isWrong ? (
          <div id={`${id}-problem`} className={controls["problem"]} role="alert">
            {isShort || problem === null ? (
              <p>{digitsText(digits)}</p>
            ) : (
              <p>
                {failureText(problem, "what")} {failureText(problem, "why")} {failureText(problem, "next")}
              </p>
            )}
          </div>
        ) : null}
        <p id={`${id}-digits`} className={controls["help"]}>
          {digitsText(digits)} {text("code.once")}
        </p>
        {attemptsLeft === null ? null : (
          <p className={styles["strong"]}>{text("code.attempts", { count: attemptsLeft })}</p>
        )}
      </div>
      <div className={styles["row"]}>
        <ActionButton look="primary" type="submit" isDisabled={sent}>
          {sent ? text("code.checking") : text("code.confirm")}
        </ActionButton>
        <PracticePhone run={run} />
        {interaction.resendFrom === null ? null : (
          <ResendButton
            key={interaction.resendFrom}
            run={run}
            interaction={interaction}
            from={interaction.resendFrom}
          />
        )}
      </div>
      <WaitingTime deadline={interaction.deadline} typical={text("approval.typical-phone")} />
    </form>
  );
}

/** Takes away what is no digit, and leaves the cursor where it was among the digits. */
function keepDigits(field: HTMLInputElement, maximum: number): void {
  const clean = codeOf(field.value, maximum);
  if (clean === field.value) return;
  const before = codeOf(field.value.slice(0, field.selectionStart ?? field.value.length), maximum);
  field.value = clean;
  field.setSelectionRange(before.length, before.length);
}
