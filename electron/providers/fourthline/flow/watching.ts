import type { Failure } from "../../../../shared/failure.ts";
import type { FlowContext, FlowStep } from "../../provider.ts";
import {
  askAgain,
  end,
  isAboutAccess,
  isDue,
  isPassing,
  isRefusal,
  pauseFor,
  retryAt,
  toStore,
  wasAborted,
} from "./flow-parts.ts";
import type { FourthlineTools } from "./flow-parts.ts";
import type { Watch } from "./flow-state.ts";
import { watchInteraction } from "./interactions.ts";
import { stepFor } from "./status-step.ts";

/** Asks Fourthline how it stands, as often as is polite, and goes where that leads. */
export async function watchWorkflow(state: Watch, tools: FourthlineTools, context: FlowContext): Promise<FlowStep> {
  if (!isDue(state.nextAt, context.now(), tools.settings)) {
    return show(state, tools);
  }
  const read = await tools.api.status(state.workflowId, context.signal);
  const now = context.now();
  if (!read.ok) {
    return trouble(state, read.failure, tools, now);
  }
  const next = stepFor(state, read.value, tools, now);
  return next.kind === "step" ? next.step : goOnWaiting(next.state, read.value.statusCode, tools, now);
}

function goOnWaiting(state: Watch, statusCode: number | null, tools: FourthlineTools, now: number): FlowStep {
  const { settings } = tools;
  const age = now - state.since;
  const code = statusCode ?? "?";
  if (state.after === "error" && age >= settings.errorGrace) {
    return askAgain(state, { code: "fourthline.failed", params: { code, signature: state.workflowId } });
  }
  const isVerification = state.after === "verification";
  if (age >= (isVerification ? settings.verificationLimit : settings.waitLimit)) {
    // SECURITY: something may be signed there. Only the person gives that up.
    return state.confirmed
      ? pauseFor("verification", { code: "fourthline.timed-out" }, { ...state, since: now })
      : end({ code: "fourthline.timed-out" });
  }
  return show({ ...state, troubles: 0, nextAt: now + intervalOf(state, age, tools) }, tools);
}

/** Often while the person waits, seldom for an identification that takes hours or days. */
function intervalOf({ after }: Watch, age: number, { settings }: FourthlineTools): number {
  if (after !== "verification") {
    return settings.pollInterval;
  }
  return age < settings.slowVerificationAfter ? settings.verificationInterval : settings.slowVerificationInterval;
}

function trouble(state: Watch, failure: Failure, tools: FourthlineTools, now: number): FlowStep {
  if (isAboutAccess(failure)) {
    return pauseFor("credentials", failure, { ...state, nextAt: now });
  }
  if (isPassing(failure) || isRefusal(failure)) {
    const nextAt = retryAt(state.troubles, failure, tools, now);
    const troubles = wasAborted(failure) ? state.troubles : state.troubles + 1;
    return show({ ...state, troubles, nextAt }, tools);
  }
  return state.confirmed && failure.code !== "fourthline.not-found"
    ? pauseFor("verification", failure, { ...state, nextAt: now })
    : end(failure);
}

function show(state: Watch, tools: FourthlineTools): FlowStep {
  const interaction = watchInteraction(state, tools.settings);
  return { kind: "wait", state: toStore(state), at: state.nextAt, interaction };
}

/** Nobody waits any more. What may have been signed is said. */
export function leave(state: { readonly confirmed: boolean; readonly wasPending: boolean }): FlowStep {
  if (!state.confirmed) {
    return end({ code: "provider.cancelled" });
  }
  return end({ code: state.wasPending ? "fourthline.left-pending" : "fourthline.not-fetched" });
}
