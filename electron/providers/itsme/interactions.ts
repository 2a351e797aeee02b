import type { FlowInteraction } from "../provider.ts";
import type { Confirm, IdentifyPoll, Poll, SignPoll } from "./flow-state.ts";
import type { ItsmeProfile } from "./itsme-profile.ts";

type Polling = IdentifyPoll | SignPoll;

/**
 * What the person sees while a session runs. The id stays the same from poll to poll, and changes when something else
 * is shown: the dialog neither flickers nor takes an answer to an old question.
 */
export function pollInteraction(state: Polling, profile: ItsmeProfile, now: number): FlowInteraction {
  const { poll } = state;
  const name = state.step === "identify-poll" ? "itsme.identify" : "itsme.sign";
  const shared = {
    id: pollInteractionId(state),
    deadline: new Date(poll.deadline).toISOString(),
    ...(state.step === "sign-poll" ? { mayBeSigned: true } : {}),
  };
  if (poll.page === "open") {
    return { ...shared, kind: "page", message: name, host: hostOf(poll.pageUrl), page: pageOf(poll, profile, now) };
  }
  if (poll.troubles > 0) {
    return {
      ...shared,
      kind: "waiting",
      message: "itsme.reconnecting",
      device: "computer",
      ...(poll.page === "closed" ? { canReopenPage: true } : {}),
    };
  }
  return poll.page === "closed"
    ? { ...shared, kind: "waiting", message: `${name}-closed`, device: "phone", canReopenPage: true }
    : { ...shared, kind: "waiting", message: `${name}-waiting`, device: "phone" };
}

export function pollInteractionId({ sessions, poll }: Polling): string {
  return `session-${sessions}-${poll.page}-${poll.reopened}`;
}

/** Asked before every approval after the first one. */
export function confirmInteraction(state: Confirm): FlowInteraction {
  const remaining = state.order.documents.length - state.done.length;
  return {
    kind: "confirm",
    id: confirmInteractionId(state),
    message: `itsme.${state.why}`,
    params: { done: state.done.length, remaining, next: Math.min(state.batch, remaining) },
    deadline: null,
  };
}

export function confirmInteractionId({ sessions, why }: Confirm): string {
  return `session-${sessions}-${why}`;
}

/** Shown while a session is started again after the network failed. */
export function startingInteraction(sessions: number): FlowInteraction {
  const id = `session-${sessions}-starting`;
  return { kind: "waiting", id, message: "itsme.reconnecting", device: "computer", deadline: null };
}

function pageOf(poll: Poll, profile: ItsmeProfile, now: number): NonNullable<FlowInteraction["page"]> {
  return {
    url: poll.pageUrl,
    policy: {
      allowedOrigins: profile.pageOrigins,
      returnUrl: profile.redirectUrl,
      permissions: [],
      timeLimitMilliseconds: Math.max(0, poll.deadline - now),
    },
  };
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? "";
}
