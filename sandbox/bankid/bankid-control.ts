import type { BankIdAccount } from "./account-options.ts";
import { choosePerson, openLink, scanCode } from "./app-steps.ts";
import type { AppOutcome } from "./app-steps.ts";
import type { BankIdRoom } from "./bankid-room.ts";
import type { BankIdFlaws } from "./flaws.ts";
import type { OrderEvent } from "./order-events.ts";
import { pendingHint, textOf } from "./order.ts";
import type { BankIdOrder } from "./order.ts";
import { personByNumber, personName, practicePersons } from "./persons.ts";
import type { PracticePerson } from "./persons.ts";
import type { Requirement } from "./requirement.ts";
import { secondOf, startCodeText } from "./start-code.ts";
import { statusAt } from "../pki/revocations.ts";
import type { CertificateStatus } from "../pki/revocations.ts";

/** An order as the control operations show it. */
export interface BankIdOrderSummary {
  readonly id: string;
  readonly api: "phenixid" | "rp";
  readonly function: "Signing" | "Identification";
  readonly status: "pending" | "failed" | "complete";
  /** Null: it is complete. */
  readonly hint: string | null;
  readonly takenBy: "code" | "link" | null;
  readonly person: string | null;
  readonly visibleText: string;
  readonly format: string | null;
  readonly hiddenData: string;
  readonly requirement: Requirement;
  readonly createdAt: number;
}

/** What can be done to the practice BankID. Operations name what does not exist or does not fit by throwing a RangeError. */
export interface BankIdControl {
  orders(): readonly BankIdOrderSummary[];
  persons(): readonly { readonly personalNumber: string; readonly person: string; readonly what: string }[];
  /** Whose BankID is taken where nobody chooses. */
  setPerson(personalNumber: string): void;
  /** What the order's code says now, or said in another second. */
  code(orderId: string, second?: number): string;
  /** Reads the text of a code with the app. */
  scan(code: string): BankIdOrderSummary;
  /** Opens a link with the app on this computer. */
  openLink(link: string): BankIdOrderSummary;
  choose(orderId: string, personalNumber: string): BankIdOrderSummary;
  readDocument(orderId: string): BankIdOrderSummary;
  /** Takes up the order, chooses a BankID, reads the document and signs: whatever of this is still to be done. */
  approve(orderId: string): BankIdOrderSummary;
  cancel(orderId: string): BankIdOrderSummary;
  /** Tells this hint as long as the order is alive; null: again what is so. */
  setHint(orderId: string, hint: string | null): BankIdOrderSummary;
  /** Ends the order with a hint: "startFailed", "expiredTransaction", or any other. */
  fail(orderId: string, hint: string): BankIdOrderSummary;
  setAccount(change: Partial<BankIdAccount>): void;
  setFlaws(change: Partial<BankIdFlaws>): void;
  /** What BankID's responder says of a person's certificate for signing. */
  setCertificateStatus(personalNumber: string, status: CertificateStatus["kind"]): Promise<void>;
}

export function bankidControl(room: BankIdRoom): BankIdControl {
  const { orders } = room;
  const found = (id: string): BankIdOrder => {
    const order = orders.byId(id);
    if (order === null) throw new RangeError("no such order");
    return order;
  };
  const apply = (id: string, event: OrderEvent): BankIdOrderSummary => {
    const { state } = found(id);
    const next = orders.apply(id, event);
    if (next === null) throw new RangeError(`the order is ${state.kind}: this cannot happen to it: ${event.do}`);
    return summary(next);
  };
  const outcome = (of: AppOutcome): BankIdOrderSummary => {
    if (!of.ok) throw new RangeError(`the app refuses: ${of.reason}`);
    return summary(of.order);
  };
  const choose = (id: string, personalNumber: string): BankIdOrderSummary =>
    outcome(choosePerson(room, found(id).id, knownPerson(personalNumber)));
  const code = (id: string, second?: number): string => {
    const order = found(id);
    return startCodeText(order, second ?? secondOf(order, room.clock.now()));
  };

  return {
    orders: () => orders.list().map(summary),
    persons: () =>
      practicePersons.map((person) => ({
        personalNumber: person.personalNumber,
        person: personName(person),
        what: person.what,
      })),
    setPerson(personalNumber) {
      orders.played = knownPerson(personalNumber);
    },
    code,
    scan: (text) => outcome(scanCode(room, text)),
    openLink: (link) => outcome(openLink(room, link)),
    choose,
    readDocument: (id) => apply(id, { do: "read-document" }),
    approve(id) {
      const { state, taken } = found(id);
      if (state.kind !== "pending") throw new RangeError(`the order is ${state.kind}: it cannot be approved`);
      if (taken === null) outcome(scanCode(room, code(id)));
      const { person, request } = found(id);
      const chosen =
        person === null
          ? choose(id, request.requirement.personalNumber ?? orders.played.personalNumber)
          : summary(found(id));
      if (chosen.status !== "pending") return chosen;
      if (pendingHint(found(id)) === "userMrtd") apply(id, { do: "read-document" });
      return apply(id, { do: "sign" });
    },
    cancel: (id) => apply(id, { do: "cancel" }),
    setHint: (id, hint) => apply(id, { do: "force-hint", hint }),
    fail: (id, hint) => apply(id, { do: "fail", hint }),
    setAccount(change) {
      room.account = { ...room.account, ...change };
    },
    setFlaws(change) {
      room.flaws = { ...room.flaws, ...change };
    },
    async setCertificateStatus(personalNumber, status) {
      const { serialHex } = await room.certificates.signer(knownPerson(personalNumber), "Signing");
      await room.revocations.set(serialHex, statusAt(status, room.clock.now()));
    },
  };
}

function knownPerson(personalNumber: string): PracticePerson {
  const person = personByNumber(personalNumber);
  if (person === null) throw new RangeError(`nobody has the personal number ${personalNumber}`);
  return person;
}

function summary(order: BankIdOrder): BankIdOrderSummary {
  const { createdAt, id, person, request, state, taken } = order;
  return {
    id,
    api: request.api,
    function: request.function,
    status: state.kind,
    hint: state.kind === "pending" ? pendingHint(order) : state.kind === "failed" ? state.hint : null,
    takenBy: taken?.by ?? null,
    person: person === null ? null : personName(person),
    visibleText: textOf(request.visible),
    format: request.format,
    hiddenData: textOf(request.hidden),
    requirement: request.requirement,
    createdAt,
  };
}
