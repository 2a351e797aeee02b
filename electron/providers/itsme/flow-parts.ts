import { flowSteps, isTransportTrouble } from "../flow-steps.ts";
import { pauseAfter } from "../../net/pause-after.ts";
import type { Failure } from "../../../shared/failure.ts";
import type { FlowContext } from "../provider.ts";
import type { ItsmeApi } from "./itsme-api.ts";
import type { Malformed, Refused } from "./answers.ts";
import type { ItsmeDiscovery } from "./discovery.ts";
import { failureOfCode } from "./error-codes.ts";
import type { ItsmeRound } from "./error-codes.ts";
import type { ItsmeState, Poll } from "./flow-state.ts";
import type { ItsmeProfile } from "./itsme-profile.ts";
import type { ItsmeSettings } from "./settings.ts";

/** What the steps of the flow work with. */
export interface ItsmeTools {
  readonly profile: ItsmeProfile;
  readonly settings: ItsmeSettings;
  readonly api: ItsmeApi;
  readonly discovery: () => ItsmeDiscovery;
  /** 0 (included) to 1 (excluded), for the jitter. */
  readonly random: () => number;
  readonly newId: () => string;
}

export type StepContext = FlowContext;

export const { toStore, goOn, ask, end } = flowSteps<ItsmeState>();

export function endingOf(answer: Refused | Malformed, round: ItsmeRound): Failure {
  if (answer.kind === "malformed") {
    return { code: "provider.unexpected-answer", params: { status: answer.status, reason: answer.reason } };
  }
  if (answer.code !== null) {
    return failureOfCode(answer.code, round);
  }
  if (answer.status === 401 || answer.status === 403) {
    return { code: "provider.access-denied", params: { status: answer.status } };
  }
  // An empty 409: itsme does not know the session (any more).
  return answer.status === 409
    ? { code: "itsme.unknown-session" }
    : { code: "provider.unexpected-answer", params: { status: answer.status } };
}

export function serverError(status: number): Failure {
  return { code: "provider.server-error", params: { status } };
}

/** A page outside the profile's list is not opened. */
export function pageFailure(pageUrl: string, profile: ItsmeProfile): Failure | null {
  const page = URL.parse(pageUrl);
  // SECURITY: the page gets a window of this program; only the origins that the administrator named may fill it.
  return page !== null && profile.pageOrigins.includes(page.origin)
    ? null
    : { code: "provider.configuration", params: { field: "pageOrigins", value: page?.host ?? "" } };
}

export function newPoll(session: string, pageUrl: string, now: number, limit: number, settings: ItsmeSettings): Poll {
  return {
    session,
    pageUrl,
    page: "open",
    reopened: 0,
    deadline: now + limit,
    nextAt: now + settings.firstPoll,
    troubles: 0,
  };
}

/** The pause after the n-th failed attempt. */
export function pauseOf(attempts: number, { settings, random }: Pick<ItsmeTools, "settings" | "random">): number {
  return pauseAfter(attempts, { first: settings.pollInterval, longest: settings.longestPause }, random);
}

/** Worth another attempt later. A wrong client certificate does not mend itself. */
export const isPassing = isTransportTrouble;
