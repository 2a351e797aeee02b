import type { Failure } from "../../../../shared/failure.ts";
import type { FlowContext, FlowInput, FlowStep } from "../../provider.ts";
import { ask, end, isDue, isPassing, retryAt, waitFor, wasAborted } from "./flow-parts.ts";
import type { FourthlineTools } from "./flow-parts.ts";
import type { Contract } from "./flow-state.ts";
import { contractInteraction, questionId } from "./interactions.ts";

/**
 * Where the signing went to InfoCert, there is a contract that the signer must get. The documents are here already, so whatever
 * fails now is told and can be left; it ends no run and loses no signature.
 */
export async function handOverContract(
  state: Contract,
  input: FlowInput,
  tools: FourthlineTools,
  context: FlowContext,
): Promise<FlowStep> {
  if (input.kind === "cancel") {
    return done(state, tools);
  }
  if (input.kind === "answer" && input.interaction === questionId("contract", state)) {
    if (input.answer.kind === "finish") {
      return done(state, tools);
    }
    if (input.answer.kind === "save-file") {
      return save(state, tools, context);
    }
  }
  const isAsked = state.problem !== null || tools.contracts.has(state.workflowId);
  if (isAsked) {
    return offer(state, context.now());
  }
  if (!isDue(state.nextAt, context.now(), tools.settings)) {
    return later(state);
  }
  return get(state, tools, context);
}

async function get(state: Contract, tools: FourthlineTools, context: FlowContext): Promise<FlowStep> {
  const got = await tools.api.infocertContract(state.workflowId, context.signal);
  const now = context.now();
  if (got.ok) {
    if (got.value === null) {
      return done(state, tools);
    }
    tools.contracts.set(state.workflowId, got.value);
    return offer({ ...state, problem: null, troubles: 0, asked: state.asked + 1 }, now);
  }
  const { failure } = got;
  if (wasAborted(failure)) {
    return later({ ...state, nextAt: now });
  }
  const troubles = state.troubles + 1;
  if (isPassing(failure) && troubles < tools.settings.fetchAttempts) {
    return later({ ...state, troubles, nextAt: retryAt(state.troubles, failure, tools, now) });
  }
  const problem: Failure = { code: "fourthline.contract-unavailable", params: { reason: failure.code } };
  return offer({ ...state, problem, troubles: 0, asked: state.asked + 1 }, now);
}

async function save(state: Contract, tools: FourthlineTools, context: FlowContext): Promise<FlowStep> {
  const bytes = tools.contracts.get(state.workflowId);
  if (bytes === undefined) {
    return get(state, tools, context);
  }
  const isSaved = (await context.offerFile?.({ name: "InfoCert-contract.pdf", bytes })) ?? false;
  const problem: Failure | null = isSaved ? null : { code: "fourthline.contract-not-saved" };
  return offer({ ...state, isSaved: state.isSaved || isSaved, problem, asked: state.asked + 1 }, context.now());
}

function done(state: Contract, tools: FourthlineTools): FlowStep {
  tools.contracts.delete(state.workflowId);
  return end(null);
}

const offer = (state: Contract, now: number): FlowStep => ask(state, now, contractInteraction(state));

const later = (state: Contract): FlowStep =>
  waitFor(state, state.nextAt, `contract-wait-${state.round}-${state.troubles}`, "fourthline.fetching");
