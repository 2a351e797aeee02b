import type { AutoApprove } from "../shared-room.ts";
import type { AccountOptions } from "./account-options.ts";
import { noFlaws } from "./flaws.ts";
import type { IdnowFlaws } from "./flaws.ts";
import type { OrderEvent } from "./order-events.ts";
import { isESign, phoneProduct } from "./order.ts";
import type { IdentifyMethod, IdnowOrder } from "./order.ts";
import { KIND, SUB } from "./status-codes.ts";

/** The test robot finishes its orders so long after they were made. */
export const robotMilliseconds = 20_000;
/** Results are deleted so long after the order was finished. */
export const keptMilliseconds = 7 * 24 * 3600 * 1000;
/** getOrdersByRef looks back so far; an order that nobody finished is forgotten then. */
export const rememberedMilliseconds = 90 * 24 * 3600 * 1000;

export interface DueEvent {
  readonly event: OrderEvent;
  readonly at: number;
}

/** What time alone, the test robot or the played person does next to an order; null when nothing is due. */
export function dueEvent(
  order: IdnowOrder,
  now: number,
  account: AccountOptions,
  autoApprove: AutoApprove | null,
  flaws: IdnowFlaws,
): DueEvent | null {
  if (order.stage === "closed") return null;
  const robot = account.integration ? robotOf(order) : null;
  if (robot !== null && now >= order.createdAt + robotMilliseconds) {
    const step = robotStep(order, robot);
    if (step !== null) return { event: step, at: order.createdAt + robotMilliseconds };
  }
  const played =
    autoApprove !== null && robot === null && (autoApprove.pages === "skip" || order.visited)
      ? order.createdAt + autoApprove.afterMilliseconds
      : null;
  const step = played !== null && now >= played ? positiveStep(order, flaws) : null;
  if (step !== null) return { event: step, at: now };
  const timeOut = order.createdAt + account.timeOutMilliseconds;
  if (now < timeOut) return null;
  const identified = order.stage === "identified" || order.stage === "signing";
  return { event: { do: "report", kind: identified ? KIND.timedOutAfterIdent : KIND.timedOut }, at: timeOut };
}

/** Whether an order and its results are gone. */
export function isForgotten(order: IdnowOrder, now: number): boolean {
  return order.closedAt === null
    ? now >= order.createdAt + rememberedMilliseconds
    : now >= order.closedAt + keptMilliseconds;
}

type Robot = "positive" | "negative" | "fraud";

function robotOf(order: IdnowOrder): Robot | null {
  switch (order.request.ref) {
    case "X-AUTOTEST-POSITIVE":
      return "positive";
    case "X-AUTOTEST-NEGATIVE":
      return "negative";
    case "X-AUTOTEST-FRAUD":
      return "fraud";
    default:
      return null;
  }
}

function robotStep(order: IdnowOrder, robot: Robot): OrderEvent | null {
  if (robot === "positive") return positiveStep(order, noFlaws);
  if (order.stage === "new") return { do: "start", method: usualMethod(order) };
  if (order.stage !== "identifying") return { do: "report", kind: KIND.negative };
  return robot === "fraud" && !order.fraud ? { do: "suspect-fraud" } : { do: "negative" };
}

/** The next step of a person who does all that is asked; null: the person waits for a TAN that never comes. */
function positiveStep(order: IdnowOrder, flaws: IdnowFlaws): OrderEvent | null {
  if (order.request.product === phoneProduct) return { do: "report", kind: KIND.identified };
  switch (order.stage) {
    case "new":
      return { do: "start", method: usualMethod(order) };
    case "identifying":
      return { do: "identify" };
    case "identified":
      return firstTan(flaws);
    case "signing":
    case "closed":
      if (order.signTan?.value !== "") return { do: "sign" };
      return flaws.tanSending === "fails-always" ? null : playedTan;
  }
}

/** The signature itself follows a TAN that nobody has to read. */
const playedTan: OrderEvent = { do: "send-tan", tan: "played", subKind: SUB.tan };

function firstTan(flaws: IdnowFlaws): OrderEvent {
  if (flaws.refusal !== null) return { do: "report", kind: KIND.externalFailure, subKind: flaws.refusal };
  return flaws.tanSending === "works" ? playedTan : { do: "tan-not-sent" };
}

/** The method that is played where nobody chooses one. */
export function usualMethod(order: IdnowOrder): IdentifyMethod {
  const { product } = order.request;
  if (isESign(order) || product === 12) return "Video";
  return product === 16 ? "AutoID" : product === 8 ? "Shop" : "eID";
}
