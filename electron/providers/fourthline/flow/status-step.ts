import type { Failure } from "../../../../shared/failure.ts";
import { maskedNumber } from "../../../../shared/signer-fields.ts";
import type { FlowStep } from "../../provider.ts";
import type { SignatureStatus } from "../api/answers.ts";
import { askAgain, end, goOn } from "./flow-parts.ts";
import type { FourthlineTools } from "./flow-parts.ts";
import type { Code, Consent, NumberState, Selfie, Watch } from "./flow-state.ts";
import { openOf } from "./flow-state.ts";
import { refusedNumber } from "./numbering.ts";

export type StatusStep =
  | { readonly kind: "step"; readonly step: FlowStep }
  /** Nothing to do yet. */
  | { readonly kind: "wait"; readonly state: Watch };

/** Where a status leads (sheet section 6), given what was done last and how that ended. */
export function stepFor(state: Watch, read: SignatureStatus, tools: FourthlineTools, now: number): StatusStep {
  const known: Watch = { ...state, unknown: null };
  switch (read.status) {
    case "new":
      return waitOn(known);
    case "pending":
      return pending(known, tools, now);
    case "selfie_required":
      return selfieRequired(withNumberSent(known), tools, now);
    case "user_consent_required":
      return consentRequired(withNumberSent(known), tools, now);
    case "confirmation_required":
      return codeRequired(withNumberSent(known), tools, now);
    case "pending_verification":
      return waitOn(
        state.after === "verification"
          ? known
          : { ...known, after: "verification", since: now, confirmed: true, wasPending: true, asked: state.asked + 1 },
      );
    case "signed":
      return go(goOn({ ...openOf(state), step: "fetch", confirmed: true, fetched: [], damaged: 0, problem: null }));
    case "invalid_signature":
      return go(askAgain(state, { code: "fourthline.mismatch", params: { signature: state.workflowId } }));
    case "kyc_required":
      return go(
        end({
          code: "fourthline.kyc-required",
          params: { code: read.statusCode ?? "?", signature: state.workflowId },
        }),
      );
    case "error":
      return waitOn(state.after === "error" ? known : { ...known, after: "error", since: now, asked: state.asked + 1 });
    default:
      // A status of a later version: it is asked for again until one comes that is known.
      return waitOn({ ...state, unknown: read.status });
  }
}

const waitOn = (state: Watch): StatusStep => ({ kind: "wait", state });
const go = (step: FlowStep): StatusStep => ({ kind: "step", step });

/** The status is still the one from before the last call. The work goes on after an answer, so that may change yet. */
const mayChange = ({ ended, since }: Watch, { settings }: FourthlineTools, now: number): boolean =>
  ended !== "refused" && now - since < settings.settleTime;

/** SECURITY: whatever became of the answer, Fourthline has the number now, and the state needs it no more. */
function withNumberSent(state: Watch): Watch {
  const { mobile, sentTo } = state;
  return mobile === null ? state : { ...state, mobile: null, sentTo: sentTo ?? maskedNumber(mobile) };
}

function pending(state: Watch, tools: FourthlineTools, now: number): StatusStep {
  if (state.files.length === 0) {
    return go(goOn({ ...openOf(state), step: "upload", sent: false }));
  }
  const number: NumberState = { ...openOf(state), step: "number", problem: null };
  if (state.after === "number") {
    if (state.ended === "refused") {
      return go(goOn(refusedNumber(state, state.text ?? "")));
    }
    // Answered: the check goes on. Lost: it may not have arrived.
    return state.ended === "answered" || mayChange(state, tools, now) ? waitOn(state) : go(goOn(number));
  }
  // It went back from a later status, or the number was not sent yet.
  return go(goOn(number));
}

function selfieRequired(state: Watch, tools: FourthlineTools, now: number): StatusStep {
  const since = state.after === "selfie" ? state.since : now;
  const selfie: Selfie = { ...openOf(state), step: "selfie", since, problem: null, nextAt: now };
  if (state.after !== "selfie") {
    return go(goOn(selfie));
  }
  const problem: Failure = { code: "fourthline.selfie-refused", params: { text: state.text ?? "" } };
  return mayChange(state, tools, now) ? waitOn(state) : go(goOn({ ...selfie, problem, asked: state.asked + 1 }));
}

function consentRequired(state: Watch, tools: FourthlineTools, now: number): StatusStep {
  const consent: Consent = {
    ...openOf(state),
    step: "consent",
    confirmed: false,
    consentFrom: state.consentFrom ?? now,
    codeFrom: null,
    problem: null,
    nextAt: now,
  };
  if (state.after !== "approval") {
    return go(goOn(consent));
  }
  if (state.ended === "refused") {
    return go(askAgain(state, expired(state)));
  }
  const problem: Failure = { code: "fourthline.approval-unclear" };
  return mayChange(state, tools, now) ? waitOn(state) : go(goOn({ ...consent, problem, asked: state.asked + 1 }));
}

function codeRequired(state: Watch, tools: FourthlineTools, now: number): StatusStep {
  const { settings } = tools;
  const isNew = state.after === "approval" || (state.after === "new-code" && state.ended === "answered");
  const codeFrom = isNew ? now : (state.codeFrom ?? now);
  const isFirst = state.codeFrom === null;
  const code: Code = {
    ...openOf(state),
    step: "code",
    confirmed: false,
    codeFrom,
    problem: null,
    resendFrom: isNew || isFirst ? now + settings.resendPause : now,
    asked: state.asked + 1,
    nextAt: now + settings.quietInterval,
  };
  const text = state.text ?? "";
  if (state.after === "new-code" && state.ended !== "answered") {
    const problem: Failure =
      state.ended === "refused"
        ? { code: "fourthline.no-new-code", params: { text } }
        : { code: "fourthline.new-code-unclear" };
    return now >= codeFrom + settings.codeLimit && state.ended === "refused"
      ? go(askAgain(state, expired(state)))
      : go(goOn({ ...code, problem, resendFrom: now + settings.resendPause }));
  }
  if (state.after !== "confirmation") {
    return go(goOn(code));
  }
  if (mayChange(state, tools, now)) {
    return waitOn(state);
  }
  if (now >= codeFrom + settings.codeLimit) {
    return go(askAgain(state, expired(state)));
  }
  // An answer without an effect, or a refusal: a wrong passcode, as far as anybody can tell (sheet section 8).
  return go(
    goOn(
      state.ended === "lost"
        ? { ...code, problem: { code: "fourthline.code-unclear" } }
        : { ...code, problem: { code: "fourthline.wrong-code", params: { text } }, wrong: state.wrong + 1 },
    ),
  );
}

export function expired({ text, workflowId }: Pick<Watch, "text" | "workflowId">): Failure {
  return { code: "fourthline.expired", params: { text: text ?? "", signature: workflowId } };
}
