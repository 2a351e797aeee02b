import { pendingHint } from "./order.ts";
import type { BankIdOrder } from "./order.ts";
import type { PracticePerson } from "./persons.ts";
import { endOnChoice, unfitness } from "./requirement.ts";

/** What can happen to an order. */
export type OrderEvent =
  /** The app has got it. */
  | { readonly do: "take"; readonly by: "code" | "link" }
  | { readonly do: "choose"; readonly person: PracticePerson }
  | { readonly do: "read-document" }
  | { readonly do: "sign" }
  /** In the app. */
  | { readonly do: "cancel" }
  | { readonly do: "fail"; readonly hint: string }
  /** Null: again what follows from the order. */
  | { readonly do: "force-hint"; readonly hint: string | null };

/** The order after the event; null when the event cannot happen to it now. What is over stays as it is. */
export function after(order: BankIdOrder, event: OrderEvent, at: number): BankIdOrder | null {
  if (order.state.kind !== "pending") return null;
  const failed = (hint: string): BankIdOrder => ({ ...order, state: { kind: "failed", hint, at } });
  const { requirement } = order.request;
  switch (event.do) {
    case "take":
      return order.taken === null ? { ...order, taken: { by: event.by, at } } : null;
    case "choose": {
      if (order.taken === null || order.person !== null || unfitness(event.person, requirement) !== null) return null;
      const end = endOnChoice(event.person, requirement);
      return end === null ? { ...order, person: event.person } : { ...failed(end), person: event.person };
    }
    case "read-document":
      return order.person !== null && requirement.mrtd === true ? { ...order, documentRead: true } : null;
    case "sign": {
      const { person } = order;
      const isReady =
        person !== null && pendingHint({ ...order, state: { kind: "pending", forced: null } }) === "userSign";
      if (!isReady) return null;
      return person.blocked ? failed("certificateErr") : { ...order, state: { kind: "complete", at } };
    }
    case "cancel":
      return order.taken === null ? null : failed("userCancel");
    case "fail":
      return failed(event.hint);
    case "force-hint":
      return { ...order, state: { kind: "pending", forced: event.hint } };
  }
}
