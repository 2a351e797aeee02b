import { question } from "../flow-steps.ts";
import type { FlowInput, FlowStep } from "../provider.ts";
import type { Paused } from "./flow-state.ts";
import { ask, end, goOn } from "./flow-parts.ts";
import type { ItsmeSettings } from "./settings.ts";

/**
 * itsme gave no answer in time, or cannot be asked: the session may still have been approved, or may yet be. Whether to ask
 * again is for the person to say; until then it lies in the journal, and no other session is started.
 */
export function pause(
  { back, failure }: Paused,
  input: FlowInput,
  { lateTimeLimit }: Pick<ItsmeSettings, "lateTimeLimit">,
  now: number,
): FlowStep {
  // The time in it makes each question its own.
  const id = `session-${back.sessions}-paused-${back.poll.nextAt}`;
  if (input.kind !== "answer" || input.interaction !== id || input.answer.kind !== "confirm") {
    const asked = question(id, `itsme.paused-${failure.code === "provider.deadline" ? "deadline" : "trouble"}`);
    return ask({ step: "paused", back, failure }, now, { ...asked, kind: "confirm", repeats: true, mayBeSigned: true });
  }
  if (!input.answer.accepted) {
    return end(failure);
  }
  const deadline = Math.max(back.poll.deadline, now + lateTimeLimit);
  return goOn({ ...back, poll: { ...back.poll, deadline, nextAt: now } });
}
