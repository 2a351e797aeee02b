import { useEffect, useId, useRef, useState } from "react";
import type { TransactionView } from "../../../shared/app-state.ts";
import type { PhoneInteraction } from "../../../shared/interaction.ts";
import { fieldProblem, plainValue } from "../../../shared/signer-fields.ts";
import { useWindow } from "../../state/window-context.tsx";
import { failureText, text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import controls from "../controls/controls.module.css";
import styles from "./approval-dialog.module.css";

interface PhoneBodyProps {
  readonly run: TransactionView;
  readonly interaction: PhoneInteraction;
}

/** SECURITY: as with a code, what is typed stays in the input element, is read there once and wiped. */
export function PhoneBody({ run, interaction }: PhoneBodyProps) {
  const { actions } = useWindow();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [sent, setSent] = useState(false);
  const [isWrong, setIsWrong] = useState(false);
  const { problem } = interaction;
  useEffect(() => {
    input.current?.focus();
    input.current?.parentElement?.scrollIntoView({ block: "nearest" });
  }, []);
  const submit = async (): Promise<void> => {
    const field = input.current;
    if (field === null || sent) return;
    const number = plainValue("mobile", field.value);
    if (fieldProblem("mobile", number) !== null) {
      setIsWrong(true);
      field.focus();
      return;
    }
    field.value = "";
    setIsWrong(false);
    setSent(true);
    // When main refuses, it can be typed again.
    if (!(await actions.answer(run.id, interaction.id, { kind: "phone", number }))) setSent(false);
  };
  const hasProblem = isWrong || problem !== null;
  return (
    <form
      className={styles["ask"]}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className={styles["code"]}>
        <label className={controls["label"]} htmlFor={id}>
          {text("order.mobile")}
        </label>
        <input
          ref={input}
          id={id}
          className={controls["input"]}
          type="tel"
          inputMode="tel"
          autoComplete="off"
          placeholder={text("order.mobile-placeholder")}
          disabled={sent}
          maxLength={40}
          aria-invalid={hasProblem ? true : undefined}
          aria-describedby={`${id}-help${hasProblem ? ` ${id}-problem` : ""}`}
        />
        {hasProblem ? (
          <div id={`${id}-problem`} className={controls["problem"]} role="alert">
            {isWrong || problem === null ? (
              <p>{text("order.wrong.not-a-number")}</p>
            ) : (
              <p>
                {failureText(problem, "what")} {failureText(problem, "why")} {failureText(problem, "next")}
              </p>
            )}
          </div>
        ) : null}
        <p id={`${id}-help`} className={controls["help"]}>
          {text("phone.help")}
        </p>
      </div>
      <div className={styles["row"]}>
        <ActionButton look="primary" type="submit" isDisabled={sent}>
          {sent ? text("phone.sending") : text("phone.send")}
        </ActionButton>
      </div>
    </form>
  );
}
