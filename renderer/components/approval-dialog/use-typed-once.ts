import { useEffect, useRef, useState } from "react";
import type { RefObject } from "react";
import type { TransactionView } from "../../../shared/app-state.ts";
import type { Interaction, InteractionAnswer } from "../../../shared/interaction.ts";
import { useSentAnswer } from "./use-sent-answer.ts";

interface TypedOnce {
  readonly input: RefObject<HTMLInputElement | null>;
  /** On its way to main; nothing can be typed meanwhile. */
  readonly sent: boolean;
  /** What was typed last cannot be an answer. */
  readonly isUnfit: boolean;
  readonly submit: () => void;
}

/**
 * An input that has the focus, is read once and then wiped. SECURITY: what is typed is in no state, so that nothing that draws, logs
 * or records state can have it.
 *
 * @param answerOf what is sent; null: what was typed cannot be an answer
 */
export function useTypedOnce(
  run: TransactionView,
  interaction: Interaction,
  answerOf: (typed: string) => InteractionAnswer | null,
): TypedOnce {
  const input = useRef<HTMLInputElement>(null);
  const { sent, answer: send } = useSentAnswer(run, interaction);
  const [isUnfit, setIsUnfit] = useState(false);
  useEffect(() => {
    // With large text the dialog scrolls; what the person is asked for must be in view.
    input.current?.focus();
    input.current?.parentElement?.scrollIntoView({ block: "nearest" });
  }, []);
  const submit = (): void => {
    const field = input.current;
    if (field === null || sent) return;
    const answer = answerOf(field.value);
    setIsUnfit(answer === null);
    if (answer === null) {
      field.focus();
      return;
    }
    field.value = "";
    void send(answer);
  };
  return { input, sent, isUnfit, submit };
}
