import type { BankIdRoom } from "./bankid-room.ts";
import type { Evidence } from "./make-evidence.ts";
import { pendingHint } from "./order.ts";
import type { BankIdOrder, OrderRequest } from "./order.ts";
import type { PracticePerson } from "./persons.ts";

/** How an order stands, for whichever API asks. */
export type Collected =
  | { readonly kind: "pending"; readonly hint: string }
  | { readonly kind: "failed"; readonly hint: string }
  | {
      readonly kind: "complete";
      readonly order: BankIdOrder;
      readonly person: PracticePerson;
      readonly evidence: Evidence;
    };

/** Null: there is no such order, or it is gone. A result is fetched once, if the account says so. */
export async function collectOrder(room: BankIdRoom, api: OrderRequest["api"], id: string): Promise<Collected | null> {
  const order = room.orders.byId(id);
  if (order === null || order.request.api !== api) return null;
  const { person, state } = order;
  switch (state.kind) {
    case "pending":
      return { kind: "pending", hint: pendingHint(order) };
    case "failed":
      forget(room, id);
      return { kind: "failed", hint: state.hint };
    case "complete": {
      // Nobody signs without having been chosen.
      if (person === null) return null;
      const evidence = await room.evidence.of(order, person, state.at);
      forget(room, id);
      return { kind: "complete", order, person, evidence };
    }
  }
}

function forget(room: BankIdRoom, id: string): void {
  if (!room.account.collectOnce) return;
  room.orders.remove(id);
  room.evidence.remove(id);
}
