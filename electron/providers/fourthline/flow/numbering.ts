import type { Failure } from "../../../../shared/failure.ts";
import { fieldProblem, maskedNumber, plainValue } from "../../../../shared/signer-fields.ts";
import type { FlowContext, FlowInput, FlowStep } from "../../provider.ts";
import { ask, end, goOn, isAboutAccess, isPassing, isRefusal, look, pauseFor, textOf } from "./flow-parts.ts";
import type { FourthlineTools } from "./flow-parts.ts";
import type { NumberState } from "./flow-state.ts";
import { openOf } from "./flow-state.ts";
import { numberInteraction, questionId } from "./interactions.ts";

/** The number for the passcode: from the order, or asked for here. It starts the check whether the person may sign. */
export async function uploadNumber(
  state: NumberState,
  input: FlowInput,
  tools: FourthlineTools,
  context: FlowContext,
): Promise<FlowStep> {
  const { mobile } = state;
  if (mobile === null) {
    return takeNumber(state, input, context.now());
  }
  const sent = await tools.api.uploadMobile(state.workflowId, mobile, context.signal);
  const now = context.now();
  if (sent.ok) {
    // SECURITY: from here on only enough of it to know the phone by.
    return goOn(look({ ...state, mobile: null, sentTo: maskedNumber(mobile) }, now, { after: "number" }));
  }
  const { failure } = sent;
  if (failure.code === "fourthline.bad-request") {
    return goOn(refusedNumber(state, textOf(failure)));
  }
  if (isRefusal(failure)) {
    return goOn(look(state, now, { after: "number", ended: "refused", text: textOf(failure) }));
  }
  if (isAboutAccess(failure)) {
    return pauseFor("credentials", failure, look(state, now));
  }
  return isPassing(failure) ? goOn(look(state, now, { after: "number", ended: "lost" })) : end(failure);
}

export function refusedNumber(state: Parameters<typeof openOf>[0], text: string): NumberState {
  const problem: Failure = { code: "fourthline.number-refused", params: { text } };
  return { ...openOf(state), step: "number", mobile: null, problem, asked: state.asked + 1 };
}

function takeNumber(state: NumberState, input: FlowInput, now: number): FlowStep {
  if (input.kind !== "answer" || input.interaction !== questionId("number", state) || input.answer.kind !== "phone") {
    return ask(state, now, numberInteraction(state));
  }
  const mobile = plainValue("mobile", input.answer.number);
  return goOn(
    fieldProblem("mobile", mobile) === null
      ? { ...state, mobile, problem: null, asked: state.asked + 1 }
      : { ...state, problem: { code: "fourthline.number-format" }, asked: state.asked + 1 },
  );
}
