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
  null,
])("The request %j is refused with a reason", (request) => {
  expect(read(request)).toEqual(expect.any(String));
});
