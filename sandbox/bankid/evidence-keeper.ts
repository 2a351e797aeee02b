import { makeRoom } from "../make-room.ts";
import { makeEvidence } from "./make-evidence.ts";
import type { Evidence, EvidenceRoom } from "./make-evidence.ts";
import { maximumOrders } from "./order-store.ts";
import type { BankIdOrder } from "./order.ts";
import type { PracticePerson } from "./persons.ts";

/** What completed orders hand over: made once, however often it is asked for. */
export interface EvidenceKeeper {
  of(order: BankIdOrder, person: PracticePerson, at: number): Promise<Evidence>;
  remove(id: string): void;
  clear(): void;
}

export function evidenceKeeper(room: () => EvidenceRoom): EvidenceKeeper {
  const made = new Map<string, Promise<Evidence>>();
  return {
    of(order, person, at) {
      const known = made.get(order.id);
      if (known !== undefined) return known;
      const making = makeEvidence(room(), order, person, at);
      makeRoom(made, maximumOrders);
      made.set(order.id, making);
      // What failed is tried again.
      making.catch(() => made.delete(order.id));
      return making;
    },
    remove: (id) => void made.delete(id),
    clear: () => made.clear(),
  };
}
