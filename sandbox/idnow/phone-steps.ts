import type { IdnowRoom } from "./idnow-room.ts";
import { phoneProduct } from "./order.ts";
import type { IdnowOrder } from "./order.ts";
import { ADD, hasAdd } from "./order-request.ts";
import { randomDigits } from "../random-digits.ts";
import { mobileOf } from "./signing-steps.ts";
import type { StepOutcome } from "./signing-steps.ts";
import { KIND, SUB } from "./status-codes.ts";

/** requestPhoneVerification: for orders of product 17 and those made at a point of sale. */
export function startPhoneCheck(room: IdnowRoom, order: IdnowOrder): StepOutcome {
  if (order.stage === "closed") return "already-processed";
  const { request } = order;
  const possible =
    request.product === phoneProduct || hasAdd(request, ADD.pointOfSaleSign) || hasAdd(request, ADD.pointOfSaleIdent);
  if (!possible) return "too-early";
  sendPhoneTan(room, order);
  return "done";
}

export function resendPhoneTan(room: IdnowRoom, order: IdnowOrder): StepOutcome {
  if (order.stage === "closed") return "already-processed";
  if (order.phoneTan === null) return "not-started";
  sendPhoneTan(room, order);
  return "done";
}

/** Ends an order of product 17; at a point of sale the identification goes on. */
export function provePhone(room: IdnowRoom, order: IdnowOrder, tan: string): StepOutcome {
  if (order.stage === "closed") return "already-processed";
  const { phoneTan } = order;
  if (phoneTan === null) return "not-started";
  if (tan === phoneTan.value) {
    room.orders.change(order.id, { phoneTan: null });
    if (order.request.product === phoneProduct) room.orders.apply(order.id, { do: "report", kind: KIND.identified });
    return "done";
  }
  const wrong = phoneTan.wrong + 1;
  room.orders.change(order.id, { phoneTan: { ...phoneTan, wrong } });
  if (wrong < room.account.wrongTans) return "wrong-tan";
  room.orders.apply(order.id, { do: "report", kind: KIND.negative, subKind: SUB.tooManyTans });
  return "too-many-tans";
}

function sendPhoneTan(room: IdnowRoom, order: IdnowOrder): void {
  const tan = randomDigits(room.random, 6);
  room.orders.change(order.id, { phoneTan: { value: tan, wrong: order.phoneTan?.wrong ?? 0 } });
  room.orders.apply(order.id, { do: "report", kind: KIND.smsSent, subKind: SUB.tan, text: "TAN" });
  room.inbox.send({
    to: mobileOf(order),
    text: order.request.phoneTanText.replaceAll("[TAN]", tan),
    tan,
    order: order.id,
  });
}
