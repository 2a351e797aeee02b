import type { IdnowRoom } from "./idnow-room.ts";
import type { IdentifyMethod, IdnowOrder } from "./order.ts";
import { provePhone, startPhoneCheck } from "./phone-steps.ts";
import { confirmTan, resendTan, startSigning } from "./signing-steps.ts";
import { KIND } from "./status-codes.ts";

/** What the page says about what was just tried. */
export type PageNotice = "wrong-tan" | "check-first";

const methods: readonly IdentifyMethod[] = ["Video", "eID", "AutoID", "Shop"];

/** A button was pressed. What does not fit the order's stage, from an old page, does nothing. */
export function performPageAction(
  room: IdnowRoom,
  order: IdnowOrder,
  form: URLSearchParams,
): PageNotice | "leave" | "leave-successfully" | null {
  const { id } = order;
  const code = Number(form.get("reason"));
  const subKind = Number.isInteger(code) && code > 0 ? { subKind: code } : {};
  switch (form.get("do") ?? "") {
    case "choose": {
      const method = methods.find((one) => one === form.get("method"));
      if (method === undefined || order.stage !== "new") return null;
      room.orders.apply(id, { do: "choose", method });
      room.orders.apply(id, { do: "start", method });
      return null;
    }
    case "pass":
      room.orders.apply(id, { do: "identify" });
      return null;
    case "decline":
      if (order.stage === "identifying") room.orders.apply(id, { do: "report", kind: KIND.declined });
      return null;
    case "break-off":
      room.orders.apply(id, { do: "break-off", ...breakOffCode(order.method), ...subKind });
      return null;
    case "fail":
      room.orders.apply(id, { do: "negative", ...subKind });
      return null;
    case "fraud":
      room.orders.apply(id, { do: "suspect-fraud" });
      return null;
    case "send-tan":
      startSigning(room, order);
      room.orders.apply(id, { do: "preview" });
      return null;
    case "resend":
      resendTan(room, order);
      return null;
    case "sign":
      return signed(room, order, form);
    case "give-up":
      if (order.stage === "identified" || order.stage === "signing") {
        room.orders.apply(id, { do: "report", kind: KIND.givenUp });
      }
      return null;
    case "check-phone":
      startPhoneCheck(room, order);
      return null;
    case "prove-phone":
      return provePhone(room, order, typedTan(form)) === "wrong-tan" ? "wrong-tan" : null;
    case "in-program":
      return order.stage === "identified" || order.stage === "signing" ? "leave-successfully" : null;
    case "leave":
      return "leave";
    default:
      return null;
  }
}

function signed(room: IdnowRoom, order: IdnowOrder, form: URLSearchParams): PageNotice | null {
  if (form.getAll("agreed").length < order.request.checkboxes.length) return "check-first";
  return confirmTan(room, order, typedTan(form)) === "wrong-tan" ? "wrong-tan" : null;
}

/** People copy a TAN with blanks in it. */
function typedTan(form: URLSearchParams): string {
  return (form.get("tan") ?? "").replaceAll(/\s/g, "");
}

/** Each method has its own code for an attempt that was broken off. */
function breakOffCode(method: IdentifyMethod | null): { readonly kind: 21 | 53 | 153 } {
  return { kind: method === "eID" ? KIND.eidBrokenOff : method === "AutoID" ? KIND.autoIdAborted : KIND.brokenOff };
}
