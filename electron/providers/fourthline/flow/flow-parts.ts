import type { Failure } from "../../../../shared/failure.ts";
import { flowSteps, isTime, isTransportTrouble, pauseAfterFailure, waiting, wasAborted } from "../../flow-steps.ts";
import type { FlowStep } from "../../provider.ts";
import type { SignatureDetails } from "../api/answers.ts";
import type { FourthlineApi } from "../api/fourthline-api.ts";
import type { FourthlineProfile } from "../fourthline-profile.ts";
import type { Again, Fetch, FourthlineState, Open, Paused, Watch } from "./flow-state.ts";
import { baseOf, openOf } from "./flow-state.ts";
import type { FourthlineSettings } from "./settings.ts";

/** What the steps of the flow work with. */
export interface FourthlineTools {
  readonly profile: FourthlineProfile;
  readonly settings: FourthlineSettings;
  readonly api: FourthlineApi;
  /** 0 (included) to 1 (excluded), for the jitter. */
  readonly random: () => number;
  /** What the person looks at, by workflow. */
  readonly details: Map<string, SignatureDetails>;
  /**
   * SECURITY: what the person typed or chose and a call is about to send, by workflow; in memory only, and taken out by that call.
   * A state that finds nothing here was read from the journal: the call may have gone out already, and is not made again.
   */
  readonly toSend: Map<string, ToSend>;
  /** Contracts with InfoCert that were fetched, by workflow. */
  readonly contracts: Map<string, Uint8Array>;
}

export type ToSend = { readonly kind: "approval" } | { readonly kind: "code"; readonly code: string };

export { wasAborted };
export const { toStore, goOn, ask, end } = flowSteps<FourthlineState>();

/** A pause in which nothing is asked of the person. */
export function waitFor(state: FourthlineState, at: number, id: string, message: string, hint?: Failure): FlowStep {
  return { kind: "wait", state: toStore(state), at, interaction: waiting(id, message, hint ?? null) };
}

/** Looks at the status and goes where that leads. */
export function look(state: Open, now: number, change: Partial<Pick<Watch, "after" | "ended" | "text">> = {}): Watch {
  return {
    ...openOf(state),
    step: "watch",
    after: "nothing",
    ended: "answered",
    text: null,
    since: now,
    unknown: null,
    nextAt: now,
    ...change,
  };
}

/** The workflow is lost; another one is made when the person wants it. */
export function askAgain(state: Open, failure: Failure): FlowStep {
  const again: Again = { ...baseOf(state), step: "again", failure, asked: state.asked };
  return goOn(again);
}

export function pauseFor(question: Paused["question"], failure: Failure, back: Watch | Fetch): FlowStep {
  const paused: Paused = {
    step: "paused",
    failure,
    question,
    asked: back.asked,
    back: { ...back, asked: back.asked + 1 },
  };
  return goOn(paused);
}

/** Worth another attempt later. */
export const isPassing = (failure: Failure): boolean =>
  isTransportTrouble(failure) ||
  ["provider.server-error", "fourthline.too-many-requests"].includes(failure.code) ||
  wasAborted(failure);

/** What an administrator can mend while the workflow stays open. */
export function isAboutAccess({ code }: Failure): boolean {
  return ["fourthline.credentials", "provider.no-credentials", "provider.access-denied"].includes(code);
}

/** 409 and 422: the status says what it is about. */
export const isRefusal = ({ code }: Failure): boolean =>
  code === "fourthline.refused" || code === "fourthline.wrong-state";

export const textOf = ({ params }: Failure): string => String(params?.["text"] ?? "");

/** When to try again after a failure that may pass; at once when it was our own side. */
export function retryAt(
  troubles: number,
  failure: Failure,
  { settings, random }: FourthlineTools,
  now: number,
): number {
  const pauses = { first: settings.firstPause, longest: settings.longestPause };
  return wasAborted(failure) ? now : now + pauseAfterFailure(troubles, failure, pauses, random);
}

export const isDue = (
  nextAt: number,
  now: number,
  { longestPause, slowVerificationInterval }: FourthlineSettings,
): boolean => isTime(nextAt, now, Math.max(longestPause, slowVerificationInterval));
