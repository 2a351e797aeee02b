import type { SandboxClock } from "../clock.ts";
import type { AutoApprove } from "../shared-room.ts";
import type { AccountOptions } from "./account-options.ts";
import { dueEvent, isForgotten } from "./due-events.ts";
import type { IdnowFlaws } from "./flaws.ts";
import { after } from "./order-events.ts";
import type { OrderEvent } from "./order-events.ts";
import type { IdnowOrder } from "./order.ts";
import { makeRoom } from "../make-room.ts";

/** Told of every change, with the order before and after it. */
export type ChangeListener = (before: IdnowOrder | null, order: IdnowOrder, event: OrderEvent | null) => void;

/**
 * All orders. They are brought up to date when somebody asks, so no timer runs: time-outs, the test robot and the
 * played person have then done what was due, at the time when it was.
 */
export interface OrderStore {
  autoApprove: AutoApprove | null;
  add(order: IdnowOrder): void;
  byId(id: string): IdnowOrder | null;
  byToken(token: string): IdnowOrder | null;
  list(): readonly IdnowOrder[];
  /** The order after the event; null when there is no such order or its stage does not allow the event. */
  apply(id: string, event: OrderEvent): IdnowOrder | null;
  /** Changes what is no event: TANs and the like. */
  change(id: string, part: Partial<Pick<IdnowOrder, "phoneTan" | "video">>): void;
  remove(id: string): void;
  clear(): void;
}

const maximumOrders = 500;

export function orderStore(options: {
  readonly clock: SandboxClock;
  readonly account: () => AccountOptions;
  readonly flaws: () => IdnowFlaws;
  readonly autoApprove: AutoApprove | null;
  readonly changed: ChangeListener;
}): OrderStore {
  const { clock } = options;
  const orders = new Map<string, IdnowOrder>();

  const applied = (order: IdnowOrder, event: OrderEvent, at: number): IdnowOrder | null => {
    const next = after(order, event, at);
    if (next === null) return null;
    orders.set(order.id, next);
    options.changed(order, next, event);
    return next;
  };
  const refreshed = (order: IdnowOrder | undefined): IdnowOrder | null => {
    if (order === undefined) return null;
    const due = dueEvent(order, clock.now(), options.account(), store.autoApprove, options.flaws());
    const next = due === null ? null : applied(order, due.event, due.at);
    if (next !== null) return refreshed(next);
    if (!isForgotten(order, clock.now())) return order;
    orders.delete(order.id);
    return null;
  };

  const store: OrderStore = {
    autoApprove: options.autoApprove,
    add(order) {
      makeRoom(orders, maximumOrders);
      orders.set(order.id, order);
      options.changed(null, order, null);
    },
    byId: (id) => refreshed(orders.get(id)),
    byToken: (token) => refreshed([...orders.values()].find((order) => order.token === token)),
    list: () => [...orders.values()].map(refreshed).filter((order) => order !== null),
    apply(id, event) {
      const order = refreshed(orders.get(id));
      return order === null ? null : applied(order, event, clock.now());
    },
    change(id, part) {
      const order = orders.get(id);
      if (order !== undefined) orders.set(id, { ...order, ...part });
    },
    remove: (id) => void orders.delete(id),
    clear: () => orders.clear(),
  };
  return store;
}
