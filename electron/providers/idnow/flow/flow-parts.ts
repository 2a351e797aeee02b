import type { Failure } from "../../../../shared/failure.ts";
import { pauseAfter } from "../../pause-after.ts";
import type { FlowState, FlowStep } from "../../provider.ts";
import type { IdnowApi } from "../api/idnow-api.ts";
import type { Identification } from "../api/identification-answer.ts";
import type { IdnowProfile } from "../idnow-profile.ts";
import type { Base, Cancel, Ended, IdnowState } from "./flow-state.ts";
import { baseOf } from "./flow-state.ts";
import { waiting } from "./interactions.ts";
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

/** Every state is plain JSON. */
export function toStore(state: IdnowState): FlowState {
  return state;
}

export function goOn(state: IdnowState): FlowStep {
  return { kind: "continue", state: toStore(state) };
}

/** The run is over for good. */
export function end(failure: Failure | null): FlowStep {
  const state: Ended = { step: "ended", failure };
  return failure === null
    ? { kind: "done", state: toStore(state) }
    : { kind: "failed", state: toStore(state), failure };
}

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
export function isPassing({ code }: Failure): boolean {
  return (
    code.startsWith("network.") ||
    [
      "provider.unreachable",
      "provider.tls",
      "provider.unexpected-answer",
      "provider.server-error",
      "provider.cancelled",
    ].includes(code)
  );
}

/** What an administrator can mend while the order stays open. */
export function isAboutAccess({ code }: Failure): boolean {
  return ["idnow.credentials", "provider.no-credentials", "provider.access-denied"].includes(code);
}

/** The pause after the n-th failed attempt. */
export function pauseOf(attempts: number, { settings, random }: Pick<IdnowTools, "settings" | "random">): number {
  return pauseAfter(attempts, { first: settings.firstPause, longest: settings.longestPause }, random);
}

/** The call was aborted by our own side: it can be made again at once. */
export const wasAborted = ({ code }: Failure): boolean => code === "provider.cancelled";

/** Whether it is time; a time farther away than any pause means that the computer's clock was set back. */
export function isDue(nextAt: number, now: number, settings: IdnowSettings): boolean {
  return now >= nextAt || nextAt - now > Math.max(settings.longestPause, settings.slowestPollInterval);
}
