import type { Failure } from "../../../../shared/failure.ts";
import { waiting } from "../../flow-steps.ts";
import type { FlowInteraction } from "../../provider.ts";
import type { SignatureDetails } from "../api/answers.ts";
import type { FourthlineProfile } from "../fourthline-profile.ts";
import type { Code, Consent, Contract, NumberState, Selfie, Watch } from "./flow-state.ts";
import type { FourthlineSettings } from "./settings.ts";

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

export const questionId = (
  step: string,
  { round, asked }: { readonly round: number; readonly asked: number },
): string => `${step}-${round}-${asked}`;

export function watchInteraction(state: Watch, settings: FourthlineSettings): FlowInteraction {
  const id = `watch-${state.round}-${state.after}-${state.asked}`;
  const hint: Failure | null =
    state.unknown === null ? null : { code: "fourthline.unknown-status", params: { status: state.unknown } };
  if (state.after === "verification") {
    const deadline = isoTime(state.since + settings.verificationLimit);
    const message = "fourthline.pending-verification";
    return { kind: "waiting", id, message, device: "computer", deadline, hint, takesDays: true, mayBeSigned: true };
  }
  const message =
    state.troubles > 0
      ? "fourthline.reconnecting"
      : state.after === "error"
        ? "fourthline.recovering"
        : state.after === "nothing" && state.files.length === 0
          ? "fourthline.eligibility"
          : state.confirmed
            ? "fourthline.signing"
            : "fourthline.working";
  return { ...waiting(id, message, hint), mayBeSigned: state.confirmed };
}

export function numberInteraction(state: NumberState): FlowInteraction {
  const params = { name: nameOf(state) };
  const id = questionId("number", state);
  return { kind: "phone", id, message: "fourthline.number", params, deadline: null, problem: state.problem };
}

export function selfieInteraction(state: Selfie, settings: FourthlineSettings): FlowInteraction {
  return {
    kind: "selfie",
    id: questionId("selfie", state),
    message: "fourthline.selfie",
    params: { name: nameOf(state) },
    deadline: isoTime(state.since + settings.selfieLimit),
    problem: state.problem,
  };
}

/** What the person reads and agrees to. */
export function consentInteraction(
  state: Consent,
  details: SignatureDetails,
  settings: FourthlineSettings,
): FlowInteraction {
  return {
    kind: "conditions",
    id: questionId("consent", state),
    message: "fourthline.consent",
    params: { name: nameOf(state) },
    deadline: isoTime((state.consentFrom ?? 0) + settings.consentLimit),
    documents: state.files.map(({ id, title }) => ({ id, title })),
    conditions: details.conditions,
    consequence: "fourthline.consent-sends-sms",
    sentTo: state.sentTo,
    problem: state.problem,
  };
}

export function codeInteraction(
  state: Code,
  profile: FourthlineProfile,
  settings: FourthlineSettings,
): FlowInteraction {
  return {
    kind: "code",
    id: questionId("code", state),
    message: "fourthline.code",
    params: { name: nameOf(state) },
    deadline: isoTime((state.codeFrom ?? 0) + settings.codeLimit),
    digits: state.digits ?? profile.passcodeDigits,
    problem: state.problem,
    attemptsLeft: Math.max(1, profile.passcodeAttempts - state.wrong),
    resendFrom: isoTime(state.resendFrom),
    sentTo: state.sentTo,
  };
}

export function contractInteraction(state: Contract): FlowInteraction {
  return {
    kind: "handover",
    id: questionId("contract", state),
    message: "fourthline.contract",
    params: { name: nameOf(state) },
    deadline: null,
    file: "infocert-contract",
    isSaved: state.isSaved,
    problem: state.problem,
  };
}

function nameOf({ order }: Pick<Watch, "order">): string {
  return `${order.signer.givenName} ${order.signer.surname}`;
}
