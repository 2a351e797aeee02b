import { expect, test } from "vitest";
import { readControlRequest } from "../../../../sandbox/control/control-request.ts";

const read = (value: unknown) => readControlRequest(new TextEncoder().encode(JSON.stringify(value)));

test.each([
  { do: "itsme/sessions" },
  { do: "advance-clock", milliseconds: 180_000 },
  { do: "itsme/decide", session: "x", outcome: "refused" },
  { do: "auto-approve", value: true },
  { do: "auto-approve", value: { phone: "+32470000002", afterMilliseconds: 10, pages: "needed" } },
  { do: "add-fault", fault: { operation: "itsme/sign-status", times: 3, status: 500, body: { a: 1 } } },
  { do: "itsme/contract", batch: false },
  { do: "idnow/sign", order: "99920000000001" },
  { do: "idnow/end", order: "99920000000001", kind: 17, subKind: 61 },
  { do: "idnow/flaws", change: { pdf: "re-saved", refusal: 65 } },
  { do: "idnow/account", change: { customerSideSigning: false, cryptKeyHex: null } },
  { do: "add-fault", fault: { operation: "idnow/put-order", drop: true, afterWork: true } },
  { do: "bankid/scan", code: "bankid.x" },
  { do: "bankid/hint", order: "x", hint: null },
  { do: "bankid/flaws", change: { signature: "wrapped", response: "revoked", signer: "short-key" } },
  { do: "bankid/account", change: { timeFactor: 0.1, statuses: "documented" } },
  { do: "add-fault", fault: { operation: "bankid/rp-collect", status: 503 } },
  { do: "fourthline/settings", change: { afterNumber: { result: "selfie_required", code: 3105 }, timeFactor: 0.001 } },
  {
    do: "fourthline/settings",
    change: { afterApproval: { result: "error", code: 0, recoversAfterMilliseconds: null }, passcodeLength: 8 },
  },
  { do: "fourthline/flaws", change: { pdf: "changed-byte", countersignature: "none" } },
  { do: "fourthline/move", signature: "x", to: "invalid_signature", code: 0 },
  { do: "add-fault", fault: { operation: "fourthline/confirm", drop: true, afterWork: true } },
])("The request %j is read as it is", (request) => {
  expect(read(request)).toEqual(request);
});

test.each([
  { do: "explode" },
  { do: "advance-clock", milliseconds: -1 },
  { do: "itsme/decide", session: "x", outcome: "maybe" },
  { do: "add-fault", fault: { operation: "nothing" } },
  { do: "add-fault", fault: { operation: "tsa", times: 0 } },
  { do: "itsme/contract", redirectUrl: "http://not-https.example/" },
  { do: "itsme/sessions", more: 1 },
  { do: "sessions" },
  { do: "idnow/identify", order: "1", method: "Pigeon" },
  { do: "idnow/flaws", change: { refusal: 1 } },
  { do: "bankid/flaws", change: { signature: "pink" } },
  { do: "bankid/account", change: { timeFactor: 0 } },
  { do: "bankid/fail", order: "x", hint: null },
  { do: "fourthline/settings", change: { atCreation: { result: "selfie_required", code: 3105 } } },
  { do: "fourthline/settings", change: { passcodeLength: 3 } },
  { do: "fourthline/settings", change: { afterNumber: { result: "kyc_required", code: 6001 } } },
  { do: "fourthline/move", signature: "x", to: "error" },
  { do: "fourthline/flaws", change: { pdf: "none" } },
  null,
])("The request %j is refused with a reason", (request) => {
  expect(read(request)).toEqual(expect.any(String));
});
