import { useId } from "react";
import type { TransactionView } from "../../../shared/app-state.ts";
import type { PhoneInteraction } from "../../../shared/interaction.ts";
import { fieldProblem, plainValue } from "../../../shared/signer-fields.ts";
import { failureText, text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import controls from "../controls/controls.module.css";
import styles from "./approval-dialog.module.css";
import { useTypedOnce } from "./use-typed-once.ts";

interface PhoneBodyProps {
  readonly run: TransactionView;
  readonly interaction: PhoneInteraction;
}

/** The number of a phone. SECURITY: as with a code, it is typed once and kept nowhere. */
export function PhoneBody({ run, interaction }: PhoneBodyProps) {
  const id = useId();
  const { problem } = interaction;
  const { input, sent, isUnfit, submit } = useTypedOnce(run, interaction, (typed) => {
    const number = plainValue("mobile", typed);
    return fieldProblem("mobile", number) === null ? { kind: "phone", number } : null;
  });
  const hasProblem = isUnfit || problem !== null;
  return (
    <form
      className={styles["ask"]}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
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
            {isUnfit || problem === null ? (
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
