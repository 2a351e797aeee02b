import { question } from "../../flow-steps.ts";
import type { FlowInput, FlowStep } from "../../provider.ts";
import type { Paused } from "./flow-state.ts";
import { abandon, ask, end, goOn } from "./flow-parts.ts";

/** IDnow does not let us in, or gives out damaged documents: the person says whether to try again. The order stays as it is. */
export function pause(state: Paused, input: FlowInput, now: number): FlowStep {
  if (input.kind === "cancel") {
    return givenUp(state);
  }
  // The time in it makes each question its own.
  const id = `paused-${state.question}-${state.back.nextAt}`;
  if (input.kind !== "answer" || input.interaction !== id || input.answer.kind !== "confirm") {
    const asked = question(id, `idnow.paused-${state.question}`);
    // A command that answers yes by itself would try a wrong password until IDnow locks the account.
    const interaction = { ...asked, kind: "confirm", repeats: true, mayBeSigned: state.back.step === "fetch" } as const;
    return ask(state, now, interaction);
  }
  return input.answer.accepted ? goOn({ ...state.back, nextAt: now }) : givenUp(state);
}

/** What was signed is still there; an order that is open is cancelled, as far as we are let in. */
function givenUp({ back, failure }: Paused): FlowStep {
  switch (back.step) {
    case "fetch":
      return end({ code: "idnow.not-fetched" });
    case "watch":
      return abandon(back, back.orderId, failure);
    case "ordering":
      return end(failure);
  }
}
