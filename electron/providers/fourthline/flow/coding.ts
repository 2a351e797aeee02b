import type { FlowContext, FlowInput, FlowStep } from "../../provider.ts";
import {
  askAgain,
  end,
  goOn,
  isAboutAccess,
  isDue,
  isPassing,
  isRefusal,
  look,
  pauseFor,
  textOf,
  toStore,
} from "./flow-parts.ts";
import type { FourthlineTools } from "./flow-parts.ts";
import type { Code, Confirm } from "./flow-state.ts";
import { openOf } from "./flow-state.ts";
import { glance } from "./glancing.ts";
import { codeInteraction, questionId } from "./interactions.ts";
import { expired } from "./status-step.ts";

/** Asks for the passcode from the SMS. With it the person signs. */
export async function askForCode(
  state: Code,
  input: FlowInput,
  tools: FourthlineTools,
  context: FlowContext,
): Promise<FlowStep> {
  const now = context.now();
  if (input.kind === "answer" && input.interaction === questionId("code", state)) {
    if (input.answer.kind === "code") {
      return take(state, input.answer.value, tools);
    }
    if (input.answer.kind === "resend-code" && now >= state.resendFrom) {
      tools.toSend.set(state.workflowId, { kind: "approval" });
      return goOn({ ...openOf(state), step: "approve", again: true });
    }
  }
  if (!isDue(state.nextAt, now, tools.settings)) {
    return show(state, tools);
  }
  const seen = await glance(state, tools, context);
  if ("step" in seen) {
    return seen.step;
  }
  return now >= (state.codeFrom ?? now) + tools.settings.codeLimit
    ? askAgain(state, expired({ text: null, workflowId: state.workflowId }))
    : show(seen.state, tools);
}

/** SECURITY: the passcode is held in memory until the next step uses it; it is in no state. */
function take(state: Code, typed: string, tools: FourthlineTools): FlowStep {
  const code = typed.replaceAll(/\s/gu, "");
  const { minimum, maximum } = state.digits ?? tools.profile.passcodeDigits;
  if (!/^\d+$/u.test(code) || code.length < minimum || code.length > maximum) {
    // Not sent, so it costs no attempt.
    return show({ ...state, asked: state.asked + 1, problem: { code: "fourthline.code-format" } }, tools);
  }
  tools.toSend.set(state.workflowId, { kind: "code", code });
  return goOn({ ...openOf(state), step: "confirm", confirmed: true });
}

/** SECURITY: as with approving, a passcode that may have gone out is not sent again by itself. */
export async function confirm(state: Confirm, tools: FourthlineTools, context: FlowContext): Promise<FlowStep> {
  const held = tools.toSend.get(state.workflowId);
  tools.toSend.delete(state.workflowId);
  const after = "confirmation" as const;
  if (held?.kind !== "code") {
    return goOn(look(state, context.now(), { after, ended: "lost" }));
  }
  const sent = await tools.api.confirm(state.workflowId, held.code, context.signal);
  const now = context.now();
  if (sent.ok) {
    const attempts = sent.value === null ? state.attempts : [...state.attempts, sent.value];
    return goOn(look({ ...state, attempts }, now, { after }));
  }
  const { failure } = sent;
  if (isAboutAccess(failure)) {
    return pauseFor("credentials", failure, look(state, now));
  }
  if (isRefusal(failure) || failure.code === "fourthline.bad-request") {
    return goOn(look(state, now, { after, ended: "refused", text: textOf(failure) }));
  }
  return isPassing(failure) ? goOn(look(state, now, { after, ended: "lost" })) : end(failure);
}

function show(state: Code, tools: FourthlineTools): FlowStep {
  const interaction = codeInteraction(state, tools.profile, tools.settings);
  return { kind: "wait", state: toStore(state), at: state.nextAt, interaction };
}
