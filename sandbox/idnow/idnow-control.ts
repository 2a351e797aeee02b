import { encodePem } from "../../electron/pki/pem.ts";
import { statusAt } from "../pki/revocations.ts";
import type { CertificateStatus, Revocations } from "../pki/revocations.ts";
import type { AccountOptions } from "./account-options.ts";
import { usualMethod } from "./due-events.ts";
import type { IdnowFlaws, SystemStatus } from "./flaws.ts";
import type { IdnowRoom, SignMeUser } from "./idnow-room.ts";
import type { OrderEvent } from "./order-events.ts";
import type { PersonName } from "./order-request.ts";
import { phoneProduct } from "./order.ts";
import type { IdentifyMethod, IdnowOrder, OrderStage, StatusEntry } from "./order.ts";
import { fullName } from "./persons.ts";
import { confirmTan, mobileOf, startSigning } from "./signing-steps.ts";
import type { Sms } from "../phone/sms-inbox.ts";
import { KIND } from "./status-codes.ts";
import type { WebhookAttempt } from "./webhooks.ts";

/** An order as the control operations show it. */
export interface OrderSummary {
  readonly id: string;
  readonly ref: string;
  readonly product: number;
  readonly person: string;
  readonly mobile: string;
  readonly stage: OrderStage;
  readonly history: readonly StatusEntry[];
  /** Documents and hashes to sign. */
  readonly documents: number;
  readonly createdAt: number;
}

/** How an order can be brought to its end by force. */
export type ForcedEnd = { readonly kind: number; readonly subKind?: number; readonly text?: string };

/** What can be done to the practice IDnow. Operations name what does not exist or does not fit by throwing a RangeError. */
export interface IdnowControl {
  orders(): readonly OrderSummary[];
  /** Chooses a method on the landing page. */
  choose(orderId: string, method: IdentifyMethod): OrderSummary;
  /** Begins an attempt, without an end. */
  start(orderId: string, method?: IdentifyMethod): OrderSummary;
  /** Passes the identification; begins an attempt when none is going on. */
  identify(orderId: string, method?: IdentifyMethod): OrderSummary;
  breakOff(orderId: string, subKind?: number): OrderSummary;
  negative(orderId: string, subKind?: number): OrderSummary;
  /** Suspicion alone is no end: `negative` or `end` follows. */
  suspectFraud(orderId: string): OrderSummary;
  /** Has the TAN sent. */
  sendTan(orderId: string): OrderSummary;
  /** Identifies, has the TAN sent and types it in: whatever of this is still to be done. */
  sign(orderId: string): OrderSummary;
  /** Writes a status; a final one, or 29, ends the order. */
  end(orderId: string, end: ForcedEnd): OrderSummary;
  messages(): readonly Sms[];
  webhookAttempts(): readonly WebhookAttempt[];
  setAccount(change: Partial<AccountOptions>): void;
  setFlaws(change: Partial<IdnowFlaws>): void;
  setSystemStatus(change: Partial<SystemStatus>): void;
  setSignMeUser(email: string, user: SignMeUser): void;
  /** What OCSP and CRL say of the certificate of this order's signer. */
  setCertificateStatus(orderId: string, status: CertificateStatus["kind"]): Promise<void>;
  /** PEM, leaf first: what the person of this name signs with, also before there is an order. */
  certificateChain(person: PersonName): Promise<string>;
}

export function idnowControl(room: IdnowRoom, revocations: Revocations): IdnowControl {
  const { orders } = room;
  const found = (id: string): IdnowOrder => {
    const order = orders.byId(id);
    if (order === null) throw new RangeError("no such order");
    return order;
  };
  const apply = (id: string, event: OrderEvent): OrderSummary => {
    const { stage } = found(id);
    const next = orders.apply(id, event);
    if (next === null) throw new RangeError(`the order is ${stage}: it cannot ${event.do}`);
    return summary(next);
  };
  const start = (id: string, method?: IdentifyMethod): OrderSummary =>
    apply(id, { do: "start", method: method ?? found(id).method ?? usualMethod(found(id)) });
  const identify = (id: string, method?: IdentifyMethod): OrderSummary => {
    if (found(id).request.product === phoneProduct) return apply(id, { do: "report", kind: KIND.identified });
    if (found(id).stage === "new") start(id, method);
    return apply(id, { do: "identify" });
  };
  const sendTan = (id: string): OrderSummary => {
    const outcome = startSigning(room, found(id));
    if (outcome !== "done") throw new RangeError(`no TAN can be sent: ${outcome}`);
    return summary(found(id));
  };

  return {
    orders: () => orders.list().map(summary),
    choose: (id, method) => apply(id, { do: "choose", method }),
    start,
    identify,
    breakOff: (id, subKind) => apply(id, { do: "break-off", ...(subKind === undefined ? {} : { subKind }) }),
    negative: (id, subKind) => apply(id, { do: "negative", ...(subKind === undefined ? {} : { subKind }) }),
    suspectFraud(id) {
      if (found(id).stage === "new") start(id);
      return apply(id, { do: "suspect-fraud" });
    },
    sendTan,
    sign(id) {
      if (found(id).stage === "new" || found(id).stage === "identifying") identify(id);
      if ((found(id).signTan?.value ?? "") === "") sendTan(id);
      const outcome = confirmTan(room, found(id), found(id).signTan?.value ?? "");
      if (outcome !== "done") throw new RangeError(`it cannot be signed: ${outcome}`);
      return summary(found(id));
    },
    end: (id, end) => apply(id, { do: "report", ...end }),
    messages: () => room.inbox.list(),
    webhookAttempts: () => room.webhooks.attempts(),
    setAccount(change) {
      room.account = { ...room.account, ...change };
    },
    setFlaws(change) {
      room.flaws = { ...room.flaws, ...change };
    },
    setSystemStatus(change) {
      room.systemStatus = { ...room.systemStatus, ...change };
    },
    setSignMeUser: (email, user) => void room.signMeUsers.set(email.trim().toLowerCase(), user),
    async setCertificateStatus(id, status) {
      const { serialHex } = await room.persons.of(found(id).request.person);
      await revocations.set(serialHex, statusAt(status, room.clock.now()));
    },
    async certificateChain(person) {
      const { chain } = await room.persons.of(person);
      return chain.map((der) => encodePem("CERTIFICATE", der)).join("");
    },
  };
}

function summary(order: IdnowOrder): OrderSummary {
  const { ref, product, person, documents, hashes } = order.request;
  return {
    id: order.id,
    ref,
    product,
    person: fullName(person),
    mobile: mobileOf(order),
    stage: order.stage,
    history: order.history,
    documents: documents.length + hashes.length,
    createdAt: order.createdAt,
  };
}
