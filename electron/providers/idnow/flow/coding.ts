import type { Failure } from "../../../../shared/failure.ts";
import type { FlowContext, FlowInput, FlowStep } from "../../provider.ts";
import { statusName } from "../status/judge-history.ts";
import { codeProblem } from "./code-problem.ts";
import type { Code, RequestCode, Watch } from "./flow-state.ts";
import { openOf } from "./flow-state.ts";
import {
  abandon,
  end,
  goOn,
  isAboutAccess,
  isDue,
  isPassing,
  pauseOf,
  toStore,
  waitFor,
  wasAborted,
} from "./flow-parts.ts";
import type { IdnowTools } from "./flow-parts.ts";
import { codeId, codeInteraction } from "./interactions.ts";
import { finishedStep, nextPoll, readJudgement } from "./watching.ts";

/** Customer-side signing (manual chapter 5): IDnow sends the code, the person types it here. */
export async function requestCode(
  state: RequestCode,
  input: FlowInput,
  tools: IdnowTools,
  context: FlowContext,
): Promise<FlowStep> {
  if (input.kind === "cancel") {
    return abandon(state, state.orderId, { code: "provider.cancelled" });
  }
  const later = (next: RequestCode): FlowStep =>
    waitFor(next, next.nextAt, "requesting-code", next.troubles > 0 ? "idnow.reconnecting" : "idnow.working", null);
  if (!isDue(state.nextAt, context.now(), tools.settings)) {
    return later(state);
  }
  const sent = await tools.api.requestSign(state.orderId, context.signal);
  const now = context.now();
  if (sent.ok) {
    return goOn(firstCode(state, tools, now));
  }
  const { failure } = sent;
  if (failure.code === "idnow.wrong-state") {
    // Too early: the identification is not through yet. Asked again when the history has grown.
    const nextAt = nextPoll(state.since, tools, now);
    return goOn(backToWatch(state, { code: "wanted", tooEarlyAt: state.entries, nextAt }));
  }
  if (failure.code === "idnow.already-processed") {
    return goOn(backToWatch(state, { code: "confirmed", nextAt: now }));
  }
  return stillTrying(state, failure, tools, now) ?? later({ ...state, ...afterTrouble(state, failure, tools, now) });
}

function afterTrouble(
  { troubles }: Code | RequestCode,
  failure: Failure,
  { settings, random }: IdnowTools,
  now: number,
): { readonly troubles: number; readonly nextAt: number } {
  const pause = wasAborted(failure) ? 0 : pauseOf(troubles, failure, { settings, random });
  return { troubles: troubles + 1, nextAt: now + pause };
}

function firstCode(state: RequestCode, { settings }: IdnowTools, now: number): Code {
  return {
    ...openOf(state),
    step: "code",
    page: "none",
    troubles: 0,
    // At once: a trust service that refuses says so in the history, and no code will come.
    nextAt: now,
    wrong: 0,
    asked: state.asked + 1,
    problem: null,
    resendFrom: now + settings.resendPause,
    toldOf: null,
  };
}

export async function askForCode(
  state: Code,
  input: FlowInput,
  tools: IdnowTools,
  context: FlowContext,
): Promise<FlowStep> {
  if (input.kind === "cancel") {
    return abandon(state, state.orderId, { code: "provider.cancelled" });
  }
  if (input.kind === "answer" && input.interaction === codeId(state)) {
    if (input.answer.kind === "code") {
      return confirm(state, input.answer.value, tools, context);
    }
    if (input.answer.kind === "resend-code" && context.now() >= state.resendFrom) {
      return resend(state, tools, context);
    }
  }
  return isDue(state.nextAt, context.now(), tools.settings) ? look(state, tools, context) : show(state, tools);
}

/** SECURITY: the code is used here and let go; it is in no state. */
async function confirm(state: Code, typed: string, tools: IdnowTools, context: FlowContext): Promise<FlowStep> {
  const sent = await tools.api.confirmSign(state.orderId, typed.replaceAll(/\s/gu, ""), context.signal);
  const now = context.now();
  if (sent.ok) {
    return goOn(backToWatch(state, { code: "confirmed", nextAt: now, since: now }));
  }
  const { failure } = sent;
  if (failure.code === "idnow.wrong-tan") {
    return show({ ...state, wrong: state.wrong + 1, asked: state.asked + 1, problem: failure }, tools);
  }
  if (failure.code === "idnow.tan-format") {
    return show({ ...state, asked: state.asked + 1, problem: failure }, tools);
  }
  return failure.code === "idnow.too-many-tans" ? end(failure) : otherAnswer(state, failure, tools, now);
}

async function resend(state: Code, tools: IdnowTools, context: FlowContext): Promise<FlowStep> {
  const sent = await tools.api.requestResendSignTan(state.orderId, context.signal);
  const now = context.now();
  if (!sent.ok) {
    return otherAnswer(state, sent.failure, tools, now);
  }
  const resendFrom = now + tools.settings.resendPause;
  const nextAt = now + tools.settings.pollInterval;
  return show({ ...state, asked: state.asked + 1, problem: null, resendFrom, nextAt, toldOf: null }, tools);
}

/** Meanwhile the order may have ended, or its code may not have been sent. */
async function look(state: Code, tools: IdnowTools, context: FlowContext): Promise<FlowStep> {
  const read = await readJudgement(state.orderId, tools, context);
  const now = context.now();
  if (!read.ok) {
    const { failure } = read;
    const next = { ...state, ...afterTrouble(state, failure, tools, now) };
    return stillTrying(state, failure, tools, now) ?? show(next, tools);
  }
  const finished = finishedStep(state, read.judgement);
  if (finished !== null) {
    return finished;
  }
  const next = { ...state, troubles: 0, nextAt: nextPoll(state.since, tools, now) };
  const { codeAgain } = read.judgement;
  const name = codeAgain === null ? null : statusName(codeAgain);
  if (name === null || name === state.toldOf) {
    return show({ ...next, toldOf: name }, tools);
  }
  const problem = codeProblem(read.judgement);
  return show({ ...next, toldOf: name, asked: state.asked + 1, problem, resendFrom: now }, tools);
}

function otherAnswer(state: Code, failure: Failure, tools: IdnowTools, now: number): FlowStep {
  if (failure.code === "idnow.already-processed") {
    return goOn(backToWatch(state, { code: "confirmed", nextAt: now }));
  }
  if (failure.code === "idnow.signing-not-started") {
    return goOn({ ...openOf(state), step: "request-code", nextAt: now, entries: 0 });
  }
  // The answer was lost: whether the code counted shows in the history, so that is read first.
  const next = { ...state, asked: state.asked + 1, problem: failure, nextAt: now };
  return stillTrying(state, failure, tools, now) ?? show(next, tools);
}

/** Null: the trouble may pass. */
function stillTrying(state: Code | RequestCode, failure: Failure, tools: IdnowTools, now: number): FlowStep | null {
  if (isPassing(failure)) {
    return null;
  }
  if (isAboutAccess(failure)) {
    const back = backToWatch(state, { code: "wanted", nextAt: nextPoll(state.since, tools, now) });
    return goOn({ step: "paused", failure, question: "credentials", back });
  }
  // An order that is gone needs no cancelling; one that IDnow will not let us sign must not stay open.
  return failure.code === "idnow.order-gone" ? end(failure) : abandon(state, state.orderId, failure);
}

function backToWatch(
  state: Code | RequestCode,
  change: Pick<Watch, "code" | "nextAt"> & Partial<Pick<Watch, "tooEarlyAt" | "since">>,
): Watch {
  return { ...openOf(state), step: "watch", page: "none", troubles: 0, tooEarlyAt: null, ...change };
}

function show(state: Code, tools: IdnowTools): FlowStep {
  return { kind: "wait", state: toStore(state), at: state.nextAt, interaction: codeInteraction(state, tools.profile) };
}
