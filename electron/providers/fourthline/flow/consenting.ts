import type { Failure } from "../../../../shared/failure.ts";
import type { FlowContext, FlowInput, FlowStep } from "../../provider.ts";
import type { SignatureDetails } from "../api/answers.ts";
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
  retryAt,
  textOf,
  toStore,
  waitFor,
} from "./flow-parts.ts";
import type { FourthlineTools } from "./flow-parts.ts";
import type { Approve, Consent, SentFile } from "./flow-state.ts";
import { openOf } from "./flow-state.ts";
import { glance } from "./glancing.ts";
import { consentInteraction, questionId } from "./interactions.ts";
import { expired } from "./status-step.ts";

/** Shows the documents and the legal conditions; goes on when each was ticked. */
export async function askForConsent(
  state: Consent,
  input: FlowInput,
  tools: FourthlineTools,
  context: FlowContext,
): Promise<FlowStep> {
  const details = tools.details.get(state.workflowId);
  if (details === undefined) {
    return getDetails(state, tools, context);
  }
  if (input.kind === "answer" && input.interaction === questionId("consent", state) && input.answer.kind === "accept") {
    return accept(state, input.answer, details, tools);
  }
  const now = context.now();
  if (!isDue(state.nextAt, now, tools.settings)) {
    return show(state, details, tools);
  }
  const seen = await glance(state, tools, context);
  if ("step" in seen) {
    return seen.step;
  }
  return now >= (state.consentFrom ?? now) + tools.settings.consentLimit
    ? askAgain(state, expired({ text: null, workflowId: state.workflowId }))
    : show(seen.state, details, tools);
}

async function getDetails(state: Consent, tools: FourthlineTools, context: FlowContext): Promise<FlowStep> {
  if (!isDue(state.nextAt, context.now(), tools.settings)) {
    return waitForDetails(state);
  }
  const read = await tools.api.details(state.workflowId, state.order.language.toLowerCase(), context.signal);
  const now = context.now();
  if (!read.ok) {
    const { failure } = read;
    if (isRefusal(failure)) {
      return goOn(look(state, now, { after: "approval", ended: "refused", text: textOf(failure) }));
    }
    if (isAboutAccess(failure)) {
      return pauseFor("credentials", failure, look(state, now));
    }
    const nextAt = retryAt(state.troubles, failure, tools, now);
    return isPassing(failure) ? waitForDetails({ ...state, troubles: state.troubles + 1, nextAt }) : end(failure);
  }
  const files = matched(state.files, read.value.documents);
  if (files === null) {
    // SECURITY: something else than what was sent would be approved.
    return end({ code: "fourthline.documents-differ", params: { signature: state.workflowId } });
  }
  tools.details.set(state.workflowId, read.value);
  const length = read.value.passcodeLength;
  const digits = length === null ? null : { minimum: length, maximum: length };
  const nextAt = now + tools.settings.quietInterval;
  return show({ ...state, files: [...files], digits, troubles: 0, nextAt }, read.value, tools);
}

const waitForDetails = (state: Consent): FlowStep =>
  waitFor(
    state,
    state.nextAt,
    `details-${state.round}-${state.troubles}`,
    state.troubles > 0 ? "fourthline.reconnecting" : "fourthline.working",
  );

/** By their titles, which are unique; by their order where Fourthline knows no titles. Null: they are others, or not as many. */
function matched(files: readonly SentFile[], documents: SignatureDetails["documents"]): readonly SentFile[] | null {
  const ids = new Set(documents.map(({ documentId }) => documentId));
  if (documents.length !== files.length || ids.size !== files.length) {
    return null;
  }
  const byOrder = documents.every(({ title }) => title === null);
  const pairs = files.map((file, index) => {
    const found = byOrder ? documents[index] : documents.find(({ title }) => title === file.title);
    return found === undefined ? null : { ...file, documentId: found.documentId };
  });
  return pairs.includes(null) ? null : pairs.filter((pair) => pair !== null);
}

interface Ticked {
  readonly documents: readonly string[];
  readonly conditions: readonly string[];
}

function accept(state: Consent, ticked: Ticked, details: SignatureDetails, tools: FourthlineTools): FlowStep {
  const isWhole =
    state.files.every(({ id }) => ticked.documents.includes(id)) &&
    details.conditions.every(({ id }) => ticked.conditions.includes(id));
  if (!isWhole) {
    // SECURITY: the window insists on every tick; main does not rely on it.
    return show(state, details, tools);
  }
  tools.toSend.set(state.workflowId, { kind: "approval" });
  const agreed = details.conditions.map(({ id }) => id);
  return goOn({ ...openOf(state), agreed, asked: state.asked + 1, step: "approve", again: false });
}

/**
 * Approves, which sends the SMS. SECURITY: a call that may have gone out is never made again by itself: the status says
 * what became of it.
 */
export async function approve(state: Approve, tools: FourthlineTools, context: FlowContext): Promise<FlowStep> {
  const after = state.again ? "new-code" : "approval";
  const held = tools.toSend.get(state.workflowId);
  tools.toSend.delete(state.workflowId);
  if (held?.kind !== "approval") {
    return goOn(look(state, context.now(), { after, ended: "lost" }));
  }
  const accepting = {
    documents: state.files.flatMap(({ documentId }) => (documentId === null ? [] : [documentId])),
    conditions: state.agreed ?? [],
    language: state.order.language.toLowerCase(),
  };
  const sent = await tools.api.approve(state.workflowId, accepting, context.signal);
  const now = context.now();
  if (sent.ok) {
    const attempts = sent.value === null ? state.attempts : [...state.attempts, sent.value];
    return goOn(look({ ...state, attempts }, now, { after }));
  }
  return goOnAfter(state, sent.failure, now);
}

function goOnAfter(state: Approve, failure: Failure, now: number): FlowStep {
  const after = state.again ? "new-code" : "approval";
  if (isAboutAccess(failure)) {
    return pauseFor("credentials", failure, look(state, now));
  }
  if (isRefusal(failure) || (state.again && failure.code === "fourthline.bad-request")) {
    return goOn(look(state, now, { after, ended: "refused", text: textOf(failure) }));
  }
  return isPassing(failure) ? goOn(look(state, now, { after, ended: "lost" })) : end(failure);
}

function show(state: Consent, details: SignatureDetails, tools: FourthlineTools): FlowStep {
  const interaction = consentInteraction(state, details, tools.settings);
  return { kind: "wait", state: toStore(state), at: state.nextAt, interaction };
}
