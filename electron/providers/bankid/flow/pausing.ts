import { isVaultTrouble } from "../../../../shared/failure.ts";
import { question } from "../../flow-steps.ts";
import type { FlowInput, FlowStep } from "../../provider.ts";
import { ask, type BankIdTools, end, endKept, goOn } from "./flow-parts.ts";
import type { Paused } from "./flow-state.ts";

/** BankID cannot be asked, or its answer not judged: the person says whether to try again. No other order is placed meanwhile. */
export function pause(state: Paused, input: FlowInput, tools: BankIdTools, now: number): FlowStep {
  const { back, since } = state;
  // The time in it makes each question its own.
  const id = `bankid-paused-${since}`;
  if (input.kind === "cancel") {
    return giveUp(state, tools);
  }
  if (input.kind !== "answer" || input.interaction !== id || input.answer.kind !== "confirm") {
    const { failure } = state;
    const why = failure.code === "bankid.clock-behind" ? "clock" : isVaultTrouble(failure) ? "keychain" : back.step;
    const asked = question(id, `bankid.paused-${why}`);
    return ask(state, now, { ...asked, kind: "confirm", repeats: true, mayBeSigned: true });
  }
  if (!input.answer.accepted) {
    return giveUp(state, tools);
  }
  return goOn(back.step === "judge" ? back : { ...back, nextAt: now, troubles: 0, troubledSince: 0 });
}

function giveUp({ back, failure }: Paused, tools: BankIdTools): FlowStep {
  if (back.step === "judge") {
    return endKept(back, failure);
  }
  tools.open.delete(back.reference);
  return end(failure);
}
