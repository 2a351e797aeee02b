import type { SandboxClock } from "../clock.ts";
import type { RandomSource } from "../random-id.ts";
import type { AutoApprove } from "../shared-room.ts";
import type { BankIdAccount } from "./account-options.ts";
import { dueEvent, isForgotten } from "./due-events.ts";
import { after } from "./order-events.ts";
import type { OrderEvent } from "./order-events.ts";
import type { BankIdOrder, OrderRequest } from "./order.ts";
import { defaultPerson } from "./persons.ts";
import type { PracticePerson } from "./persons.ts";
import { randomUuid } from "../random-uuid.ts";
import { makeRoom } from "../make-room.ts";

/** All orders of both APIs. They are brought up to date when somebody asks, so no timer runs. */
export interface OrderStore {
  autoApprove: AutoApprove | null;
  /** Whose BankID is taken where nobody chooses. */
  played: PracticePerson;
  /** Null: an order for this person is open already; it is cancelled, and there is no new one. */
  add(request: OrderRequest): BankIdOrder | null;
  byId(id: string): BankIdOrder | null;
  /** By the token in the code, or the one in the link. */
  byToken(token: string): BankIdOrder | null;
  list(): readonly BankIdOrder[];
  /** The order after the event; null when there is no such order or the event cannot happen to it. */
  apply(id: string, event: OrderEvent): BankIdOrder | null;
  remove(id: string): void;
  clear(): void;
}

export const maximumOrders = 500;

export function orderStore(options: {
  readonly clock: SandboxClock;
  readonly random: RandomSource;
  readonly account: () => BankIdAccount;
  readonly autoApprove: AutoApprove | null;
}): OrderStore {
  const { clock, random } = options;
  const orders = new Map<string, BankIdOrder>();

  const applied = (order: BankIdOrder, event: OrderEvent, at: number): BankIdOrder | null => {
    const next = after(order, event, at);
    if (next === null) return null;
    orders.set(order.id, next);
    return event.do === "choose" ? alone(next, at) : next;
  };
  /** A second order for the same person cancels both. */
  const alone = (order: BankIdOrder, at: number): BankIdOrder => {
    const number = order.person?.personalNumber;
    const other = [...orders.values()].find(
      ({ id, person, state }) => id !== order.id && state.kind === "pending" && person?.personalNumber === number,
    );
    if (other === undefined || order.state.kind !== "pending") return order;
    applied(other, { do: "fail", hint: "cancelled" }, at);
    return applied(order, { do: "fail", hint: "cancelled" }, at) ?? order;
  };
  const refreshed = (order: BankIdOrder | undefined): BankIdOrder | null => {
    if (order === undefined) return null;
    const { timeFactor } = options.account();
    const due = dueEvent(order, clock.now(), timeFactor, store.autoApprove, store.played);
    const next = due === null ? null : applied(order, due.event, due.at);
    if (next !== null) return refreshed(next);
    if (!isForgotten(order, clock.now(), timeFactor)) return order;
    orders.delete(order.id);
    return null;
  };
  const list = (): readonly BankIdOrder[] => {
    // Bringing one up to date may change another.
    for (const id of orders.keys()) refreshed(orders.get(id));
    return [...orders.values()];
  };

  const store: OrderStore = {
    autoApprove: options.autoApprove,
    played: defaultPerson,
    add(request) {
      const number = request.requirement.personalNumber;
      const open = list().find(
        ({ person, request: earlier, state }) =>
          number !== undefined &&
          state.kind === "pending" &&
          (person?.personalNumber ?? earlier.requirement.personalNumber) === number,
      );
      if (open !== undefined) {
        applied(open, { do: "fail", hint: "cancelled" }, clock.now());
        return null;
      }
      makeRoom(orders, maximumOrders);
      const order: BankIdOrder = {
        id: randomUuid(random),
        request,
        autoStartToken: randomUuid(random),
        qrStartToken: randomUuid(random),
        qrStartSecret: randomUuid(random),
        createdAt: clock.now(),
        taken: null,
        person: null,
        documentRead: false,
        state: { kind: "pending", forced: null },
      };
      orders.set(order.id, order);
      return order;
    },
    byId: (id) => refreshed(orders.get(id)),
    byToken: (token) =>
      list().find(({ autoStartToken, qrStartToken }) => token === autoStartToken || token === qrStartToken) ?? null,
    list,
    apply(id, event) {
      const order = refreshed(orders.get(id));
      return order === null ? null : applied(order, event, clock.now());
    },
    remove: (id) => void orders.delete(id),
    clear: () => orders.clear(),
  };
  return store;
}
