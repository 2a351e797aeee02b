import type { IdnowRoom } from "./idnow-room.ts";
import { isESign } from "./order.ts";
import type { IdnowOrder } from "./order.ts";
import { ADD, hasAdd } from "./order-request.ts";
import { randomDigits } from "../random-digits.ts";
import { KIND, SUB } from "./status-codes.ts";

/** How a step of signing ended: on the page and for requestSign, confirmSign and requestResendSignTan alike. */
export type StepOutcome = "done" | "too-early" | "not-started" | "already-processed" | "wrong-tan" | "too-many-tans";

/** Sends the first TAN. Called again, it sends another one. */
export function startSigning(room: IdnowRoom, order: IdnowOrder): StepOutcome {
  if (order.stage === "closed") return "already-processed";
  if (!isESign(order) || (order.stage !== "identified" && order.stage !== "signing")) return "too-early";
  sendTan(room, order);
  return "done";
}

export function resendTan(room: IdnowRoom, order: IdnowOrder): StepOutcome {
  if (order.stage === "closed") return "already-processed";
  if (order.stage !== "signing") return "not-started";
  sendTan(room, order);
  return "done";
}

/** The right TAN signs; too many wrong ones cancel the order. */
export function confirmTan(room: IdnowRoom, order: IdnowOrder, tan: string): StepOutcome {
  if (order.stage === "closed") return "already-processed";
  if (order.stage !== "signing" || order.signTan === null) return "not-started";
  if (tan !== "" && tan === order.signTan.value) {
    room.orders.apply(order.id, { do: "sign" });
    return "done";
  }
  const counted = room.orders.apply(order.id, { do: "wrong-tan" });
  if ((counted?.signTan?.wrong ?? 0) < room.account.wrongTans) return "wrong-tan";
  room.orders.apply(order.id, { do: "report", kind: KIND.negative, subKind: SUB.tooManyTans });
  return "too-many-tans";
}

function sendTan(room: IdnowRoom, order: IdnowOrder): void {
  const { flaws } = room;
  const refusal = flaws.refusal ?? (sharesNumber(room, order) ? SUB.numberOfAnotherHolder : null);
  if (refusal !== null) {
    if (order.stage === "identified") room.orders.apply(order.id, { do: "report", kind: KIND.hashesMade });
    room.orders.apply(order.id, { do: "report", kind: KIND.externalFailure, subKind: refusal });
    return;
  }
  const failedBefore = order.history.some(({ kind }) => kind === KIND.repairableFailure);
  if (flaws.tanSending === "fails-always" || (flaws.tanSending === "fails-once" && !failedBefore)) {
    room.orders.apply(order.id, { do: "tan-not-sent" });
    return;
  }
  const tan = randomDigits(room.random, 6);
  room.orders.apply(order.id, { do: "send-tan", tan, subKind: tanKind(room, order) });
  const text = order.request.signTanText.replaceAll("[TAN]", tan);
  room.inbox.send({ to: mobileOf(order), text, tan, order: order.id });
}

function tanKind(room: IdnowRoom, order: IdnowOrder): number {
  if (hasAdd(order.request, ADD.advanced)) return SUB.aesTan;
  return room.account.trustService === "namirial" ? SUB.namirialTan : SUB.tan;
}

/** "Sharing one phone number between signers makes signing fail for certain." */
function sharesNumber(room: IdnowRoom, order: IdnowOrder): boolean {
  return room.orders
    .list()
    .some(
      (other) =>
        other.id !== order.id && other.documentsOf === order.documentsOf && mobileOf(other) === mobileOf(order),
    );
}

/** The number given with the order, or the one that was found out during the identification. */
export function mobileOf(order: IdnowOrder): string {
  return order.request.mobile ?? `+4915199${order.id.slice(-6)}`;
}
