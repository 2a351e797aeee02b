import { useEffect, useState } from "react";
import type { TransactionView } from "../../../shared/app-state.ts";
import { duration } from "../../../shared/duration.ts";
import type { CodeInteraction } from "../../../shared/interaction.ts";
import { text } from "../../text/text.ts";
import { ActionButton } from "../controls/action-button.tsx";
import { useSentAnswer } from "./use-sent-answer.ts";

interface ResendButtonProps {
  readonly run: TransactionView;
  readonly interaction: CodeInteraction;
  /** ISO 8601; mounted anew when it changes, so that one press counts once. */
  readonly from: string;
}

/** Another code: from a certain time on, and once until the provider has answered. */
export function ResendButton({ run, interaction, from }: ResendButtonProps) {
  const { sent, answer } = useSentAnswer(run, interaction);
  const [now, setNow] = useState(() => Date.now());
  const left = Date.parse(from) - now;
  const isWaiting = left > 0;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isWaiting]);
  return (
    <ActionButton isDisabled={isWaiting || sent} onPress={() => void answer({ kind: "resend-code" })}>
      {sent
        ? text("code.resending")
        : isWaiting
          ? text("code.resend-in", { time: duration(left) })
          : text("code.resend")}
    </ActionButton>
  );
}
