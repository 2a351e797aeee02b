import { isVaultTrouble } from "../../../../shared/failure.ts";
import type { Failure } from "../../../../shared/failure.ts";
import { isTime } from "../../flow-steps.ts";
import type { FlowContext, FlowInput, FlowStep } from "../../provider.ts";
import type { StartMethod } from "../order-status.ts";
import { type BankIdTools, end, goOn, isPassing, stop } from "./flow-parts.ts";
import { baseOf, type Collect } from "./flow-state.ts";
import { idOf, isVaultProblem, isWaitingForApp, show } from "./showing.ts";

/** Asks how the order stands, every two seconds, and takes what the person does in between. */
export async function collectOrder(
  state: Collect,
  input: FlowInput,
  tools: BankIdTools,
  context: FlowContext,
): Promise<FlowStep> {
  if (input.kind === "cancel") {
    return cancelOrder(state, tools);
  }
  const now = context.now();
  const changed = heard(state, input, tools, now);
  if (!isTime(changed.nextAt, now, tools.settings.longestPause)) {
    return show(changed, tools, now);
  }
  const asked = await tools.client.collect(changed.reference, changed.method, context.signal);
  const after = context.now();
  if (!asked.ok) {
    return afterTrouble(changed, asked.failure, tools, after);
  }
  switch (asked.value.kind) {
    case "pending":
      return stillPending({ ...changed, hint: hintAfter(changed, asked.value.hint) }, tools, after);
    case "failed":
      return afterFailure(changed, asked.value.failure, tools, after);
    case "complete":
      tools.open.delete(changed.reference);
      return goOn({ ...baseOf(changed), step: "judge", evidence: asked.value.evidence });
  }
}

/**
 * Section 2.1: the code goes as soon as the state changes. A server that only says "alive" after it had said "not picked up"
 * has changed it; before that, and once the app has the order, it tells nothing new.
 */
function hintAfter(state: Collect, told: string | null): string | null {
  return told ?? (state.hint !== null && isWaitingForApp(state) ? "unknown" : state.hint);
}

/** What the person wants, or the operating system could not do. A late answer to an old question changes nothing. */
function heard(state: Collect, input: FlowInput, tools: BankIdTools, now: number): Collect {
  if (input.kind !== "answer" && input.kind !== "app-not-opened") {
    return state;
  }
  const method = methodFrom(input);
  const canStart = input.interaction === idOf(state) && isWaitingForApp(state) && tools.open.has(state.reference);
  if (!canStart || method === null || method === state.method) {
    return state;
  }
  const problem = input.kind === "answer" ? null : ({ code: "bankid.not-started" } as const);
  return { ...state, method, changes: state.changes + 1, openedAt: now, problem };
}

function methodFrom(input: Extract<FlowInput, { readonly kind: "answer" | "app-not-opened" }>): StartMethod | null {
  if (input.kind === "app-not-opened") {
    return "qr";
  }
  const { kind } = input.answer;
  return kind === "open-app" ? "autostart" : kind === "show-qr" ? "qr" : null;
}

function stillPending(state: Collect, tools: BankIdTools, now: number): FlowStep {
  const { appTimeLimit, orderTimeLimit, pollInterval } = tools.settings;
  if (now - state.placedAt >= orderTimeLimit) {
    tools.open.delete(state.reference);
    return end({ code: "bankid.expired" });
  }
  const problem = isVaultProblem(state.problem) ? null : state.problem;
  const next = { ...state, nextAt: now + pollInterval, problem, troubles: 0, troubledSince: 0 };
  // Section 2.2: without a program for the link, the operating system may say nothing at all.
  const didNotOpen = state.method === "autostart" && isWaitingForApp(state) && now - state.openedAt >= appTimeLimit;
  return didNotOpen
    ? show({ ...next, method: "qr", changes: state.changes + 1, problem: { code: "bankid.not-started" } }, tools, now)
    : show(next, tools, now);
}

/** Section 9: a code that was not scanned within BankID's 30 seconds is followed by another one, for a while. */
function afterFailure(state: Collect, failure: Failure, tools: BankIdTools, now: number): FlowStep {
  tools.open.delete(state.reference);
  const mayRestart = failure.code === "bankid.not-scanned" && now - state.firstAt < tools.settings.restartLimit;
  return mayRestart ? goOn({ ...baseOf(state), step: "place" }) : end(failure);
}

/** The network or the server failed; the order lives on meanwhile, and its result can be had for three minutes. */
function afterTrouble(state: Collect, failure: Failure, tools: BankIdTools, now: number): FlowStep {
  const { longestPause, outageLimit, pollInterval, serverErrors } = tools.settings;
  if (failure.code === "provider.cancelled") {
    // The call was aborted, not the order.
    return show({ ...state, nextAt: now }, tools, now);
  }
  const troubles = state.troubles + 1;
  const troubledSince = state.troubles === 0 ? now : state.troubledSince;
  const calm = { ...state, nextAt: now, troubles: 0, troubledSince: 0 };
  if (failure.code === "bankid.order-gone") {
    tools.open.delete(state.reference);
    return end(failure);
  }
  const isServer = failure.code === "bankid.service-error" || failure.code === "provider.server-error";
  if (!isPassing(failure) || (isServer && troubles >= serverErrors) || now - troubledSince >= outageLimit) {
    return stop(calm, failure, now);
  }
  const pause = isServer ? pollInterval : Math.min(pollInterval * 2 ** Math.min(troubles - 1, 16), longestPause);
  // Who waits before the code, or looks at the phone, has to know that it is the keychain that is waited for.
  const problem = isVaultTrouble(failure) ? failure : state.problem;
  return show({ ...state, nextAt: now + pause, problem, troubles, troubledSince }, tools, now);
}

/** The person wants out. Where there is no call to cancel, the app may go on showing the order; a late answer is not fetched. */
async function cancelOrder(state: Collect, tools: BankIdTools): Promise<FlowStep> {
  tools.open.delete(state.reference);
  // Best effort: an order that cannot be cancelled runs out within minutes.
  await tools.client.cancel?.(state.reference, AbortSignal.timeout(5_000));
  return end({ code: "provider.cancelled" });
}
