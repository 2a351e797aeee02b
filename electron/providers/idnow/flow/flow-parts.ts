import type { Failure } from "../../../../shared/failure.ts";
import { flowSteps, isTime, isTransportTrouble, pauseAfterFailure, waiting, wasAborted } from "../../flow-steps.ts";
import type { FlowStep } from "../../provider.ts";
import type { IdnowApi } from "../api/idnow-api.ts";
import type { Identification } from "../api/identification-answer.ts";
import type { IdnowProfile } from "../idnow-profile.ts";
import type { Base, Cancel, IdnowState } from "./flow-state.ts";
import { baseOf } from "./flow-state.ts";
import type { IdnowSettings } from "./settings.ts";

/** What the steps of the flow work with. */
export interface IdnowTools {
  readonly profile: IdnowProfile;
  readonly settings: IdnowSettings;
  readonly api: IdnowApi;
  /** 0 (included) to 1 (excluded), for the jitter. */
  readonly random: () => number;
  /** A unique id of letters, digits and minus. */
  readonly newId: () => string;
  /** SECURITY: what was found out about people, by order, as long as it is looked at; in memory only. */
  readonly shown: Map<string, Identification>;
  /** Orders whose identification went into the vault in this run of the program. */
  readonly kept: Set<string>;
}

export { wasAborted };
export const { toStore, goOn, ask, end } = flowSteps<IdnowState>();

/** The run fails, and its open order must not stay behind at IDnow. */
export function abandon(state: Base, orderId: string, failure: Failure): FlowStep {
  const cancel: Cancel = { ...baseOf(state), step: "cancel", orderId, failure, troubles: 0, nextAt: 0 };
  return goOn(cancel);
}

/** A pause in which nothing is asked of the person. */
export function waitFor(state: IdnowState, at: number, id: string, message: string, hint: Failure | null): FlowStep {
  return { kind: "wait", state: toStore(state), at, interaction: waiting(id, message, hint) };
}

/** Worth another attempt later. */
export const isPassing = (failure: Failure): boolean =>
  isTransportTrouble(failure) || failure.code === "provider.server-error" || wasAborted(failure);

/** What an administrator can mend while the order stays open. */
export function isAboutAccess({ code }: Failure): boolean {
  return ["idnow.credentials", "provider.no-credentials", "provider.access-denied"].includes(code);
}

/** The pause after the n-th failed attempt. */
export function pauseOf(
  attempts: number,
  failure: Failure,
  { settings, random }: Pick<IdnowTools, "settings" | "random">,
): number {
  const pauses = { first: settings.firstPause, longest: settings.longestPause };
  return pauseAfterFailure(attempts, failure, pauses, random);
}

export const isDue = (nextAt: number, now: number, { longestPause, slowestPollInterval }: IdnowSettings): boolean =>
  isTime(nextAt, now, Math.max(longestPause, slowestPollInterval));
