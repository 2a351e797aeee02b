import { z } from "zod";
import { isVaultTrouble } from "../../shared/failure.ts";
import type { Failure, FailureCode } from "../../shared/failure.ts";
import { pauseAfter } from "../net/pause-after.ts";
import type { Pauses } from "../net/pause-after.ts";
import type { FlowInteraction, FlowState, FlowStep } from "./provider.ts";

/** A failure as it lies in a stored state. */
export const storedFailure = z
  .object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() })
  .transform(({ code, params }): Failure => {
    return { code: code as FailureCode, ...(params === undefined ? {} : { params }) };
  });

/** How often an unanswered question is put again to whoever drives the flow. */
const QUESTION_INTERVAL = 3_600_000;

/** Nothing is asked of the person. */
export const waiting = (id: string, message: string, hint: Failure | null): FlowInteraction => ({
  kind: "waiting",
  id,
  message,
  device: "computer",
  deadline: null,
  hint,
});

/** Yes or no. */
export const question = (
  id: string,
  message: string,
  params: Readonly<Record<string, string | number>> = {},
): FlowInteraction => ({ kind: "confirm", id, message, params, deadline: null });

export interface FlowSteps<State> {
  /** Every state is plain JSON. */
  readonly toStore: (state: State) => FlowState;
  readonly goOn: (state: State) => FlowStep;
  /** Nothing goes on until the person has answered. */
  readonly ask: (state: State, now: number, interaction: FlowInteraction) => FlowStep;
  /** The run is over for good; null: it went well. */
  readonly end: (failure: Failure | null) => FlowStep;
}

/** The steps that every flow takes, for the states of one provider: what is none of these does not compile. */
export function flowSteps<State extends FlowState>(): FlowSteps<State> {
  return {
    toStore: (state) => state,
    goOn: (state) => ({ kind: "continue", state }),
    ask: (state, now, interaction) => ({ kind: "wait", state, at: now + QUESTION_INTERVAL, interaction }),
    end: (failure) => {
      const state = { step: "ended", failure };
      return failure === null ? { kind: "done", state } : { kind: "failed", state, failure };
    },
  };
}

/**
 * The way to the provider, and not the provider: it may be open again later. So may the keychain, which has what opens the
 * connection: an approval is not given up because somebody's screen was locked.
 */
export const isTransportTrouble = (failure: Failure): boolean =>
  failure.code.startsWith("network.") ||
  isVaultTrouble(failure) ||
  ["provider.unreachable", "provider.tls", "provider.unexpected-answer"].includes(failure.code);

const OFFLINE_LONGEST = 10_000;

/**
 * How long to wait after the n-th failed attempt (from 0), which ended with this failure. Without a network, asking burdens
 * nobody: whoever plugs the cable in again, or opens the lid, does not wait for minutes.
 */
export function pauseAfterFailure(attempts: number, { code }: Failure, pauses: Pauses, random: () => number): number {
  const longest = code === "network.offline" ? Math.min(pauses.longest, OFFLINE_LONGEST) : pauses.longest;
  return pauseAfter(attempts, { ...pauses, longest }, random);
}

/** The call was aborted by our own side: it can be made again at once. */
export const wasAborted = ({ code }: Failure): boolean => code === "provider.cancelled";

/** Whether it is time; a time farther away than the longest pause means that the computer's clock was set back. */
export const isTime = (nextAt: number, now: number, longestPause: number): boolean =>
  now >= nextAt || nextAt - now > longestPause;
