import { useId } from "react";
import type { TransactionView } from "../../../shared/app-state.ts";
import type { CodeInteraction } from "../../../shared/interaction.ts";
import { codeOf, digitsText } from "../../text/code.ts";
import { failureText, text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import controls from "../controls/controls.module.css";
import styles from "./approval-dialog.module.css";
import { PracticePhone } from "./practice-phone.tsx";
import { ResendButton } from "./resend-button.tsx";
import { useTypedOnce } from "./use-typed-once.ts";
import { WaitingTime } from "./waiting-time.tsx";

interface CodeBodyProps {
  readonly run: TransactionView;
  readonly interaction: CodeInteraction;
}

/** A one-time code from the phone. SECURITY: it is typed once and kept nowhere (`useTypedOnce`). */
export function CodeBody({ run, interaction }: CodeBodyProps) {
  const id = useId();
  const { digits, problem, attemptsLeft, sentTo } = interaction;
  const { input, sent, isUnfit, submit } = useTypedOnce(run, interaction, (typed) => {
    const value = codeOf(typed, digits.maximum);
    return value.length < digits.minimum ? null : { kind: "code", value };
  });
  const isWrong = problem !== null || isUnfit;
  return (
    <form
      className={styles["ask"]}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
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
            {isUnfit || problem === null ? (
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
