import { useRef } from "react";
import type { TransactionView } from "../../../shared/app-state.ts";
import type { SecretInteraction } from "../../../shared/interaction.ts";
import { failureText, text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { SecretInput } from "../controls/secret-input.tsx";
import styles from "./approval-dialog.module.css";
import { useSentAnswer } from "./use-sent-answer.ts";

/** The contract's own limit (shared/ipc.ts, MAXIMUM_SECRET_LENGTH; zod stays out of the window). */
const MAXIMUM_LENGTH = 1_000;

interface SecretBodyProps {
  readonly run: TransactionView;
  readonly interaction: SecretInteraction;
}

/** Password or PIN of what is signed with. Drawn anew for each try, so a wrong entry leaves an empty input behind. */
export function SecretBody({ run, interaction }: SecretBodyProps) {
  const input = useRef<HTMLInputElement>(null);
  const { sent, answer } = useSentAnswer(run, interaction);
  const { secret, practiceHint } = interaction;
  const submit = (): void => {
    const field = input.current;
    if (field === null || field.value === "" || sent) return;
    const { value } = field;
    field.value = "";
    void answer({ kind: "secret", value });
  };
  return (
    <form
      className={styles["ask"]}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {interaction.problem === null && interaction.attemptsLeft !== null ? (
        <p className={styles["strong"]}>{text("secret.attempts", { count: interaction.attemptsLeft })}</p>
      ) : null}
      {practiceHint === null ? null : (
        <p className={styles["muted"]}>{text("secret.practice", { password: practiceHint })}</p>
      )}
      <SecretInput
        label={text(`secret.${secret}`)}
        input={input}
        maximumLength={MAXIMUM_LENGTH}
        digits={secret === "pin"}
        disabled={sent}
        problem={interaction.problem === null ? null : <Problem interaction={interaction} />}
      />
      <p className={styles["muted"]}>{text("secret.once")}</p>
      <div className={styles["row"]}>
        <ActionButton look="primary" isDisabled={sent} onPress={submit}>
          {sent ? text("secret.checking") : text("secret.confirm")}
        </ActionButton>
      </div>
    </form>
  );
}

function Problem({ interaction: { problem } }: { readonly interaction: SecretInteraction }) {
  if (problem === null) return null;
  return (
    <>
      <p>{failureText(problem, "what")}</p>
      <p>
        {failureText(problem, "why")} {failureText(problem, "next")}
      </p>
    </>
  );
}
