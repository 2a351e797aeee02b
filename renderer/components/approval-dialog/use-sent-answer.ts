import { useState } from "react";
import type { TransactionView } from "../../../shared/app-state.ts";
import type { Interaction, InteractionAnswer } from "../../../shared/interaction.ts";
import { useWindow } from "../../state/window-context.tsx";

interface SentAnswer {
  /** On its way to main; nothing else can be answered meanwhile. */
  readonly sent: boolean;
  readonly answer: (given: InteractionAnswer) => Promise<void>;
}

/** An answer that goes out once. When main refuses it, another one can be given. */
export function useSentAnswer(run: TransactionView, interaction: Interaction): SentAnswer {
  const { actions } = useWindow();
  const [sent, setSent] = useState(false);
  const answer = async (given: InteractionAnswer): Promise<void> => {
    setSent(true);
    if (!(await actions.answer(run.id, interaction.id, given))) setSent(false);
  };
  return { sent, answer };
}
