import { question } from "../../flow-steps.ts";
import type { FlowInput, FlowStep } from "../../provider.ts";
import { ask, end, goOn } from "./flow-parts.ts";
import type { Again, Paused, Start } from "./flow-state.ts";
import { baseOf } from "./flow-state.ts";
import { questionId } from "./interactions.ts";
import { leave } from "./watching.ts";

/** Fourthline does not let us in, gives out damaged documents, or takes very long: the person says whether to try again. */
export function pause(state: Paused, input: FlowInput, now: number): FlowStep {
  const id = questionId(`paused-${state.question}`, { round: state.back.round, asked: state.asked });
  if (input.kind === "cancel") {
    return leave(state.back);
  }
  if (input.kind !== "answer" || input.interaction !== id || input.answer.kind !== "confirm") {
    const asked = question(id, `fourthline.paused-${state.question}`);
    const interaction = { ...asked, kind: "confirm", repeats: true, mayBeSigned: state.back.confirmed } as const;
    return ask(state, now, interaction);
  }
  if (input.answer.accepted) {
    return goOn({ ...state.back, nextAt: now });
  }
  return state.back.confirmed ? leave(state.back) : end(state.failure);
}

const QUESTIONS: Readonly<Record<string, string>> = {
  "fourthline.expired": "fourthline.again-expired",
  "fourthline.mismatch": "fourthline.again-mismatch",
};

/** The workflow is lost. The identification stands, so another workflow for the signature alone will do. */
export function askWhetherAgain(state: Again, input: FlowInput, now: number): FlowStep {
  if (input.kind === "cancel") {
    return end(state.failure);
  }
  const id = questionId("again", state);
  if (input.kind !== "answer" || input.interaction !== id || input.answer.kind !== "confirm") {
    const message = QUESTIONS[state.failure.code] ?? "fourthline.again-failed";
    const interaction = {
      ...question(id, message, state.failure.params ?? {}),
      kind: "confirm",
      repeats: true,
    } as const;
    return ask(state, now, interaction);
  }
  if (!input.answer.accepted) {
    return end(state.failure);
  }
  const next: Start = { ...baseOf(state), step: "start", round: state.round + 1, uploads: 0 };
  return goOn(next);
}
