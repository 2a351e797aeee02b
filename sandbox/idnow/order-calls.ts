import { bytesAnswer, emptyAnswer, jsonAnswer, textAnswer } from "../web/loopback-server.ts";
import type { WebAnswer } from "../web/loopback-server.ts";
import { badRequest, orderCall } from "./api-call.ts";
import type { ApiCall } from "./api-call.ts";
import { statusEntries } from "./history-view.ts";
import type { IdnowRoom } from "./idnow-room.ts";
import type { IdnowOrder } from "./order.ts";
import { putOrder } from "./put-order.ts";
import { KIND } from "./status-codes.ts";
import { offsetTime } from "./offset-time.ts";

const rememberedCharacters = /^[A-Za-z0-9.+-]{1,100}$/;

/** Making, watching and ending orders. */
export const orderCalls = {
  putOrder: { name: "idnow/put-order", method: "PUT", work: putOrder },
  getStatus: {
    name: "idnow/get-status",
    method: "GET",
    work: orderCall(["ExtendedList", "IncludeSubKind"], (room, order, asked) =>
      jsonAnswer(200, {
        OrderID: order.id,
        Ref: order.request.ref,
        Executed: offsetTime(order.history.at(-1)?.time ?? order.createdAt),
        Status: statusEntries(order, {
          extended: asked.has("ExtendedList"),
          subKinds: asked.has("IncludeSubKind"),
          flaw: room.flaws.history,
        }),
      }),
    ),
  },
  getOrdersByRef: {
    name: "idnow/get-orders-by-ref",
    method: "GET",
    work: (room, _request, [ref = "", ...more]) => ordersByRef(room, ref, more.length > 0),
  },
  cancelOrder: {
    name: "idnow/cancel-order",
    method: "POST",
    work: orderCall([], (room, order) => {
      if (order.stage === "closed") return textAnswer(406, "Order not in a cancellable state");
      room.orders.apply(order.id, { do: "report", kind: KIND.cancelled });
      return emptyAnswer(202);
    }),
  },
  delIdentdata: {
    name: "idnow/del-identdata",
    method: "DELETE",
    work: orderCall([], (room, order: IdnowOrder) => {
      if (order.stage !== "closed") return textAnswer(406, "Invalid order state");
      room.orders.remove(order.id);
      return emptyAnswer(202);
    }),
  },
} as const satisfies Readonly<Record<string, ApiCall>>;

function ordersByRef(room: IdnowRoom, ref: string, more: boolean): WebAnswer {
  if (more || !rememberedCharacters.test(ref)) return badRequest("a reference holds only a-z A-Z 0-9 - . +");
  const ids = room.orders
    .list()
    .filter((order) => order.request.ref === ref)
    .map(({ id }) => id);
  if (ids.length === 0) return textAnswer(404, "No orders found");
  switch (room.flaws.ordersByRef) {
    case "array":
      return jsonAnswer(200, ids);
    case "object":
      return jsonAnswer(200, { OrderIDs: ids });
    case "as-printed":
      return bytesAnswer("application/json", Buffer.from(`{ ${JSON.stringify(ids)} }`));
  }
}
