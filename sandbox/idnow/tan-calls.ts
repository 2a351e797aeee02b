import type { WebAnswer, WebRequest } from "../web/loopback-server.ts";
import { badRequest, orderCall, stepAnswer, tanOf } from "./api-call.ts";
import type { ApiCall } from "./api-call.ts";
import type { IdnowRoom } from "./idnow-room.ts";
import type { IdnowOrder } from "./order.ts";
import { provePhone, resendPhoneTan, startPhoneCheck } from "./phone-steps.ts";
import { confirmTan, resendTan, startSigning } from "./signing-steps.ts";
import type { StepOutcome } from "./signing-steps.ts";

type Step = (room: IdnowRoom, order: IdnowOrder) => StepOutcome;

/** Signing and the phone check inside the customer's own program. */
export const tanCalls = {
  requestSign: { name: "idnow/request-sign", method: "POST", work: signing(startSigning) },
  requestResendSignTan: { name: "idnow/request-resend-sign-tan", method: "POST", work: signing(resendTan) },
  confirmSign: { name: "idnow/confirm-sign", method: "POST", work: withTan("signing", /^\d{6}$/, confirmTan) },
  requestPhoneVerification: {
    name: "idnow/request-phone-verification",
    method: "POST",
    work: phone(startPhoneCheck),
  },
  requestResendPhoneTan: { name: "idnow/request-resend-phone-tan", method: "POST", work: phone(resendPhoneTan) },
  // The table says five characters, the example shows six.
  provePhoneControl: {
    name: "idnow/prove-phone-control",
    method: "POST",
    work: withTan("phone", /^\d{5,6}$/, provePhone),
  },
} as const satisfies Readonly<Record<string, ApiCall>>;

function signing(step: Step): ApiCall["work"] {
  return orderCall([], (room, order) => notEnabled(room, "signing") ?? stepAnswer(step(room, order)));
}

function phone(step: Step): ApiCall["work"] {
  return orderCall([], (room, order) => notEnabled(room, "phone") ?? stepAnswer(step(room, order)));
}

function withTan(
  what: "signing" | "phone",
  form: RegExp,
  step: (room: IdnowRoom, order: IdnowOrder, tan: string) => StepOutcome,
): ApiCall["work"] {
  return orderCall([], (room, order, _asked, request: WebRequest) => {
    const tan = tanOf(request, form);
    return (
      notEnabled(room, what) ??
      (tan === null ? badRequest("tan is missing or not of the right form") : stepAnswer(step(room, order, tan)))
    );
  });
}

function notEnabled({ account }: IdnowRoom, what: "signing" | "phone"): WebAnswer | null {
  const enabled = what === "signing" ? account.customerSideSigning : account.phoneVerification;
  return enabled ? null : badRequest("this function is not enabled for the account");
}
