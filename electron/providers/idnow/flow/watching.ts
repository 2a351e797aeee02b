import type { Failure } from "../../../../shared/failure.ts";
import type { FlowContext, FlowInput, FlowStep } from "../../provider.ts";
import { judgeHistory, statusName } from "../status/judge-history.ts";
import type { Judgement } from "../status/judge-history.ts";
import { wasAbortedOnPage } from "./build-order.ts";
import { codeProblem } from "./code-problem.ts";
import type { Code, Fetch, Watch } from "./flow-state.ts";
import { baseOf, openOf } from "./flow-state.ts";
import { abandon, end, goOn, isAboutAccess, isDue, isPassing, pauseOf, toStore, wasAborted } from "./flow-parts.ts";
import type { IdnowTools } from "./flow-parts.ts";
import { watchId, watchInteraction } from "./interactions.ts";
import { statusFailure } from "./status-failure.ts";

/** An order is open at IDnow: its page, the waiting, and the question how it goes. */
export async function watchOrder(
  state: Watch,
  input: FlowInput,
  tools: IdnowTools,
  context: FlowContext,
): Promise<FlowStep> {
  if (input.kind === "cancel") {
    return abandon(state, state.orderId, { code: "provider.cancelled" });
  }
  const now = context.now();
  const heard = whatThePersonDid(state, input, tools, now);
  if (heard !== null) {
    return heard;
  }
  if (!isDue(state.nextAt, now, tools.settings)) {
    return show(state, tools);
  }
  if (state.code === "wanted" && state.identified && state.tooEarlyAt === null) {
    return goOn({ ...openOf(state), step: "request-code", page: "none", entries: 0 });
  }
  const read = await readJudgement(state.orderId, tools, context);
  return read.ok
    ? judged(state, read.judgement, read.entries, tools, context.now())
    : trouble(state, read.failure, tools, context.now());
}

type Read =
  | { readonly ok: true; readonly judgement: Judgement; readonly entries: number }
  | { readonly ok: false; readonly failure: Failure };

export async function readJudgement(orderId: string, tools: IdnowTools, context: FlowContext): Promise<Read> {
  // Without "extended" an order looks endless: 84 is never shown.
  const read = await tools.api.getStatus(orderId, { extended: true, subKinds: true }, context.signal);
  return read.ok
    ? { ok: true, judgement: judgeHistory(read.value.entries, "eSign"), entries: read.value.entries.length }
    : read;
}

/** Null: time to ask IDnow. */
function whatThePersonDid(state: Watch, input: FlowInput, tools: IdnowTools, now: number): FlowStep | null {
  const isCurrent = "interaction" in input && input.interaction === watchId(state);
  switch (input.kind) {
    case "page-returned":
      // The address says how the person left; the result comes from IDnow alone.
      return isCurrent && state.page === "open"
        ? goOn({ ...state, page: wasAbortedOnPage(input.url) ? "closed" : "returned", nextAt: now })
        : show(state, tools);
    case "page-closed":
      // Nothing has happened to the order: the phone may be doing the work, or the page is opened again.
      return isCurrent && state.page === "open" ? show({ ...state, page: "closed" }, tools) : show(state, tools);
    case "answer": {
      const reopens =
        isCurrent && input.answer.kind === "reopen-page" && state.pageUrl !== null && state.page !== "open";
      return show(reopens ? reopened(state, now) : state, tools);
    }
    case "go":
    case "cancel":
    case "digests":
    case "document-digests":
    case "documents":
    // No other program is opened by a link.
    case "app-not-opened":
      return null;
  }
}

function reopened(state: Watch, now: number): Watch {
  return { ...state, page: "open", reopened: state.reopened + 1, since: now, nextAt: now };
}

function judged(state: Watch, judgement: Judgement, entries: number, tools: IdnowTools, now: number): FlowStep {
  const finished = finishedStep(state, judgement);
  if (finished !== null) {
    return finished;
  }
  const identified = state.identified || judgement.identified;
  const status = judgement.latest === null ? null : statusName(judgement.latest);
  const next: Watch = { ...state, identified, status, troubles: 0, nextAt: nextPoll(state.since, tools, now) };
  if (state.code !== "on-page" && judgement.codeAgain !== null) {
    return goOn(codeState({ ...next, nextAt: now }, judgement, now));
  }
  const isTooEarly = state.tooEarlyAt !== null && entries <= state.tooEarlyAt;
  if (state.code === "wanted" && identified && !isTooEarly) {
    return goOn({ ...openOf(next), step: "request-code", page: "none", nextAt: now, entries });
  }
  const again = judgement.pageAgain === null ? null : statusName(judgement.pageAgain);
  const isNew = again !== null && again !== state.again;
  const reopens = isNew && state.pageUrl !== null && (state.page === "closed" || state.page === "returned");
  return show({ ...(reopens ? reopened(next, now) : next), again }, tools);
}

/** Signed by this person, or over. Null: it goes on. */
export function finishedStep(state: Watch | Code, judgement: Judgement): FlowStep | null {
  const failure = statusFailure(judgement);
  if (failure !== null) {
    // A stopped order is not final at IDnow.
    return judgement.outcome.kind === "stopped" ? abandon(state, state.orderId, failure) : end(failure);
  }
  return judgement.outcome.kind === "success" ? goOn(afterSigning(state)) : null;
}

function afterSigning(state: Watch | Code): Fetch | ({ step: "prepare" } & ReturnType<typeof baseOf>) {
  const isLast = state.signer + 1 >= state.order.details.signers.length;
  return isLast
    ? { ...baseOf(state), step: "fetch", troubles: 0, damaged: 0, nextAt: 0 }
    : { ...baseOf(state), signer: state.signer + 1, step: "prepare" };
}

/** IDnow could not send the code, or its trust service has trouble: the person may ask for another one. */
export function codeState(state: Watch, judgement: Judgement, now: number): Code {
  return {
    ...openOf(state),
    step: "code",
    page: "none",
    wrong: 0,
    asked: state.asked + 1,
    problem: codeProblem(judgement),
    resendFrom: now,
    toldOf: judgement.codeAgain === null ? null : statusName(judgement.codeAgain),
  };
}

/** Often at first, seldom for an order that has been open for long. */
export function nextPoll(since: number, { settings }: IdnowTools, now: number): number {
  const age = now - since;
  if (age < settings.slowPollAfter) {
    return now + settings.pollInterval;
  }
  return now + (age < settings.slowestPollAfter ? settings.slowPollInterval : settings.slowestPollInterval);
}

function trouble(state: Watch, failure: Failure, tools: IdnowTools, now: number): FlowStep {
  if (wasAborted(failure)) {
    return show({ ...state, nextAt: now }, tools);
  }
  if (isAboutAccess(failure)) {
    // Never again by itself: an account is locked after too many wrong passwords. The order stays open meanwhile.
    return goOn({ step: "paused", failure, question: "credentials", back: { ...state, nextAt: now } });
  }
  if (!isPassing(failure)) {
    return end(failure);
  }
  const pause = pauseOf(state.troubles, failure, tools);
  return show({ ...state, troubles: state.troubles + 1, nextAt: now + pause }, tools);
}

function show(state: Watch, tools: IdnowTools): FlowStep {
  const interaction = watchInteraction(state, tools.profile, tools.settings);
  return { kind: "wait", state: toStore(state), at: state.nextAt, interaction };
}
