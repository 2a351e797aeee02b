import type { Failure } from "../../../../shared/failure.ts";
import { failed } from "../../../../shared/result.ts";
import type { Result } from "../../../../shared/result.ts";
import type { IdnowCall } from "./idnow-call.ts";
import { accepted } from "./read-with.ts";

/** Customer-side signing (manual chapter 5) and the check of a telephone number (chapter 6), by codes in SMS. */
export function codeCalls(call: IdnowCall) {
  const post = async (
    name: string,
    orderId: string,
    signal: AbortSignal,
    body?: unknown,
  ): Promise<Result<null, Failure>> =>
    accepted(
      await call({
        method: "POST",
        path: [name, orderId],
        signal,
        ...(body === undefined ? {} : { body, purpose: "code" }),
      }),
    );

  const withCode = (name: string, shape: RegExp) => (orderId: string, tan: string, signal: AbortSignal) =>
    // A malformed code would cost one of the attempts that end in a cancelled order.
    shape.test(tan)
      ? post(name, orderId, signal, { tan })
      : Promise.resolve(failed<Failure>({ code: "idnow.tan-format" }));

  return {
    /** A code is sent to the signer. */
    requestSign: (orderId: string, signal: AbortSignal) => post("requestSign", orderId, signal),
    /** Signs. `idnow.wrong-tan`: again; `idnow.too-many-tans`: the order is cancelled. */
    confirmSign: withCode("confirmSign", /^\d{6}$/u),
    requestResendSignTan: (orderId: string, signal: AbortSignal) => post("requestResendSignTan", orderId, signal),
    requestPhoneVerification: (orderId: string, signal: AbortSignal) =>
      post("requestPhoneVerification", orderId, signal),
    /** The table says five digits, the example has six. */
    provePhoneControl: withCode("provePhoneControl", /^\d{5,6}$/u),
    requestResendPhoneTan: (orderId: string, signal: AbortSignal) => post("requestResendPhoneTan", orderId, signal),
  };
}
