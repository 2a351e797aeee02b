import type { Failure } from "../../../shared/failure.ts";
import { isTime } from "../flow-steps.ts";
import type { FlowInput, FlowStep } from "../provider.ts";
import type { IdentifyPoll, Poll, SignPoll } from "./flow-state.ts";
import { end, goOn, isPassing, pauseOf, toStore } from "./flow-parts.ts";
import type { ItsmeTools } from "./flow-parts.ts";
import { pollInteraction, pollInteractionId } from "./interactions.ts";

type Polling = IdentifyPoll | SignPoll;

/**
 * What an input means while a session runs. Null: it is time to ask for the result.
 *
 * Closing the page does not end the run: the approval happens on the phone and may still come.
 */
export function whilePolling(state: Polling, input: FlowInput, tools: ItsmeTools, now: number): FlowStep | null {
  const { poll } = state;
  const current = pollInteractionId(state);
  switch (input.kind) {
    case "go": {
      const { longestPause, pollInterval } = tools.settings;
      return isTime(poll.nextAt, now, Math.max(longestPause, pollInterval)) ? null : show(state, tools, now);
    }
    case "page-returned":
      // No result travels with the return, so ask at once.
      return input.interaction === current && poll.page === "open"
        ? goOn(withPoll(state, { page: "returned", nextAt: now }))
        : show(state, tools, now);
    case "page-closed":
      return input.interaction === current && poll.page === "open"
        ? show(withPoll(state, { page: "closed" }), tools, now)
        : show(state, tools, now);
    case "answer":
      return input.interaction === current && input.answer.kind === "reopen-page" && poll.page === "closed"
        ? show(withPoll(state, { page: "open", reopened: poll.reopened + 1 }), tools, now)
        : show(state, tools, now);
    case "digests":
    case "document-digests":
    case "documents":
    case "app-not-opened":
    case "cancel":
      return show(state, tools, now);
  }
}

export function stillPending(state: Polling, tools: ItsmeTools, now: number): FlowStep {
  if (now >= state.poll.deadline) {
    return stop(state, { code: "provider.deadline" }, now);
  }
  const nextAt = Math.min(now + tools.settings.pollInterval, state.poll.deadline);
  return show(withPoll(state, { troubles: 0, nextAt }), tools, now);
}

/** The network or the server failed: try again with growing pauses, inside the same time limit. */
export function afterTrouble(state: Polling, failure: Failure, tools: ItsmeTools, now: number): FlowStep {
  if (failure.code === "provider.cancelled") {
    // The call was aborted, not the run: it can be asked again at once.
    return show(withPoll(state, { nextAt: now }), tools, now);
  }
  const troubles = state.poll.troubles + 1;
  if (!isPassing(failure) && failure.code !== "provider.server-error") {
    return stop(state, failure, now);
  }
  if (now >= state.poll.deadline && troubles >= tools.settings.attemptsPastLimit) {
    return stop(state, failure, now);
  }
  const nextAt = now + pauseOf(troubles - 1, tools);
  return show(withPoll(state, { troubles, nextAt }), tools, now);
}

/** Nobody who only said who they are has signed. A signature may have been approved: the person says whether to look again. */
const stop = (state: Polling, failure: Failure, now: number): FlowStep =>
  state.step === "identify-poll"
    ? end(failure)
    : goOn({ step: "paused", back: { ...state, poll: { ...state.poll, troubles: 0, nextAt: now } }, failure });

export function show(state: Polling, tools: ItsmeTools, now: number): FlowStep {
  const interaction = pollInteraction(state, tools.profile, now);
  return { kind: "wait", state: toStore(state), at: state.poll.nextAt, interaction };
}

function withPoll(state: Polling, change: Partial<Poll>): Polling {
  return { ...state, poll: { ...state.poll, ...change } };
}
