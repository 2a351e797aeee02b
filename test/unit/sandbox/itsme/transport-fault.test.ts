import { expect, test } from "vitest";
import { accountByPhone } from "../../../../sandbox/itsme/accounts.ts";
import { withTransportFault } from "../../../../sandbox/itsme/transport-fault.ts";
import { jsonAnswer } from "../../../../sandbox/web/loopback-server.ts";

type Room = Parameters<typeof withTransportFault>[0];
type Session = Parameters<typeof withTransportFault>[1];

const room = {} as Room;
const work = () => Promise.resolve(jsonAnswer(200, {}));

function session(phone: string, kind: "identification" | "signing"): Session {
  return { id: "x", kind, account: accountByPhone(phone), faultSpent: false } as unknown as Session;
}

test("The slow number's answers take five seconds in both rounds", async () => {
  for (const kind of ["identification", "signing"] as const) {
    const answer = await withTransportFault(room, session("+32470000017", kind), work);
    expect(answer).toMatchObject({ kind: "answer", status: 200, delayMilliseconds: 5000 });
  }
});

test("The number with errors when signing identifies without trouble", async () => {
  expect(await withTransportFault(room, session("+32470000016", "identification"), work)).toMatchObject({
    status: 200,
  });
  expect(await withTransportFault(room, session("+32470000016", "signing"), work)).toMatchObject({ status: 500 });
});
