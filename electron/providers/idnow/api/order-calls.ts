import type { Failure } from "../../../../shared/failure.ts";
import { failed, success } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { IdnowCall } from "./idnow-call.ts";
import { readHistory, readOrderIds, readPlacedOrder } from "./order-answers.ts";
import type { OrderHistory, PlacedOrder } from "./order-answers.ts";
import { failureOfIssue, orderRequestSchema, REF } from "./order-request.ts";
import type { OrderDraft } from "./order-request.ts";
import { accepted, readWith } from "./read-with.ts";

export interface StatusVariant {
  /** Without it, the success of a signing order (84) is never shown. */
  readonly extended?: boolean;
  readonly subKinds?: boolean;
}

/** Placing, watching and ending orders (manual 3.1, 3.2, 3.12, 3.13, 4.2). */
export function orderCalls(call: IdnowCall) {
  return {
    /** Everything is checked here before it travels: `idnow.field` names the field and its limit. */
    async putOrder(
      order: OrderDraft,
      signal: AbortSignal,
      timeoutMilliseconds?: number,
    ): Promise<Result<PlacedOrder, Failure>> {
      const parsed = orderRequestSchema.safeParse(order);
      if (!parsed.success) {
        return failed(failureOfIssue(parsed.error.issues[0]));
      }
      const sent = await call({
        method: "PUT",
        path: ["putOrder"],
        body: parsed.data,
        signal,
        ...(timeoutMilliseconds === undefined ? {} : { timeoutMilliseconds }),
      });
      return readWith(sent, readPlacedOrder);
    },

    /** The whole history, not one state; judge it with `judgeHistory`. */
    async getStatus(
      orderId: string,
      variant: StatusVariant,
      signal: AbortSignal,
    ): Promise<Result<OrderHistory, Failure>> {
      const path = [
        "getStatus",
        orderId,
        ...(variant.extended === true ? ["ExtendedList"] : []),
        ...(variant.subKinds === true ? ["IncludeSubKind"] : []),
      ];
      return readWith(await call({ method: "GET", path, signal }), readHistory);
    },

    /** Orders of the last 90 days; none is no failure. */
    async getOrdersByRef(ref: string, signal: AbortSignal): Promise<Result<readonly string[], Failure>> {
      if (!REF.test(ref)) {
        const limit = "letters without accents, digits, minus, dot and plus";
        return failed({ code: "idnow.field", params: { field: "Ref", limit } });
      }
      const sent = await call({ method: "GET", path: ["getOrdersByRef", ref], signal });
      return !sent.ok && sent.failure.code === "idnow.order-gone" ? success([]) : readWith(sent, readOrderIds);
    },

    /** Before the order is final: the person cannot go on, the data stay. */
    cancelOrder: async (orderId: string, signal: AbortSignal): Promise<Result<null, Failure>> =>
      accepted(await call({ method: "POST", path: ["cancelOrder", orderId], signal })),

    /** After the order is final. */
    delIdentdata: async (orderId: string, signal: AbortSignal): Promise<Result<null, Failure>> =>
      accepted(await call({ method: "DELETE", path: ["delIdentdata", orderId], signal })),
  };
}
