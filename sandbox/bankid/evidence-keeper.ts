import { makeEvidence } from "./make-evidence.ts";
import type { Evidence, EvidenceRoom } from "./make-evidence.ts";
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
      const known = made.get(order.id) ?? makeEvidence(room(), order, person, at);
      made.set(order.id, known);
      return known;
    },
    remove: (id) => void made.delete(id),
    clear: () => made.clear(),
  };
}
