import type { AutoApprove } from "../shared-room.ts";
import type { OrderEvent } from "./order-events.ts";
import { isDocumentToRead } from "./order.ts";
import type { BankIdOrder } from "./order.ts";
import { defaultPerson, personByNumber } from "./persons.ts";
import type { PracticePerson } from "./persons.ts";
import { unfitness } from "./requirement.ts";

/** Time limits in milliseconds. */
export const limits = {
  /** The app has to have the order. */
  start: 30_000,
  /** Everything. */
  transaction: 180_000,
  /** A signature can be fetched. */
  complete: 180_000,
  /** It can be learnt that there is none. */
  failed: 300_000,
} as const;

export interface DueEvent {
  readonly event: OrderEvent;
  readonly at: number;
}

/** What time alone, or the played person, does next to an order; null when nothing is due. */
export function dueEvent(
  order: BankIdOrder,
  now: number,
  timeFactor: number,
  autoApprove: AutoApprove | null,
  played: PracticePerson = defaultPerson,
): DueEvent | null {
  if (order.state.kind !== "pending") return null;
  const { createdAt, taken } = order;
  const [time, hint] =
    taken === null ? ([limits.start, "startFailed"] as const) : ([limits.transaction, "expiredTransaction"] as const);
  const limit = createdAt + time * timeFactor;
  const step = autoApprove === null ? null : playedStep(order, autoApprove, played);
  if (step !== null && now >= step.at && step.at < limit) return step;
  return now < limit ? null : { event: { do: "fail", hint }, at: limit };
}

/** The next step of a person who does all that is asked, `afterMilliseconds` after the order has come. */
function playedStep(order: BankIdOrder, autoApprove: AutoApprove, played: PracticePerson): DueEvent | null {
  const { afterMilliseconds, pages } = autoApprove;
  const { createdAt, person, request, taken } = order;
  if (taken === null) {
    return pages === "skip" ? { event: { do: "take", by: "code" }, at: createdAt + afterMilliseconds } : null;
  }
  const at = taken.at + (pages === "skip" ? 0 : afterMilliseconds);
  if (person === null) {
    const chosen = personByNumber(request.requirement.personalNumber ?? "") ?? played;
    return unfitness(chosen, request.requirement) === null ? { event: { do: "choose", person: chosen }, at } : null;
  }
  return { event: { do: isDocumentToRead(order) ? "read-document" : "sign" }, at };
}

/** Whether nothing is known of an order any more. */
export function isForgotten({ state }: BankIdOrder, now: number, timeFactor: number): boolean {
  switch (state.kind) {
    case "pending":
      return false;
    case "complete":
      return now >= state.at + limits.complete * timeFactor;
    case "failed":
      return now >= state.at + limits.failed * timeFactor;
  }
}
