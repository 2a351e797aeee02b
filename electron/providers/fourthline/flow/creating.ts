import type { FlowContext, FlowStep } from "../../provider.ts";
import { end, goOn, isDue, isPassing, look, retryAt, waitFor, wasAborted } from "./flow-parts.ts";
import type { FourthlineTools } from "./flow-parts.ts";
import type { Open, Start } from "./flow-state.ts";

/**
 * Makes a workflow. When the answer is lost, another one is made: the one before is nobody's, sends no SMS, signs nothing
 * and runs out by itself.
 */
export async function createWorkflow(state: Start, tools: FourthlineTools, context: FlowContext): Promise<FlowStep> {
  if (!isDue(state.nextAt, context.now(), tools.settings)) {
    return later(state);
  }
  const workflowName = tools.profile.workflowNames[state.order.flow];
  if (workflowName === undefined) {
    // The profile was changed since the order was checked.
    return end({ code: "fourthline.no-workflow" });
  }
  const made = await tools.api.createWorkflow({ workflowName, reference: state.order.reference }, context.signal);
  const now = context.now();
  if (!made.ok) {
    const { failure } = made;
    const isLast = state.troubles + 1 >= tools.settings.createAttempts && !wasAborted(failure);
    return !isPassing(failure) || isLast
      ? end(failure)
      : later({ ...state, troubles: state.troubles + 1, nextAt: retryAt(state.troubles, failure, tools, now) });
  }
  const open: Open = {
    ...state,
    workflowId: made.value.workflowId,
    files: [],
    sentTo: null,
    agreed: null,
    digits: null,
    wrong: 0,
    confirmed: false,
    wasPending: false,
    consentFrom: null,
    codeFrom: null,
    attempts: [],
    asked: 0,
  };
  return goOn(look(open, now));
}

function later(state: Start): FlowStep {
  const message = state.troubles > 0 ? "fourthline.reconnecting" : "fourthline.eligibility";
  return waitFor(state, state.nextAt, `create-${state.round}-${state.troubles}`, message);
}
