import { expect, test } from "vitest";
import { practiceAccount } from "../../../../sandbox/idnow/account-options.ts";
import { noFlaws } from "../../../../sandbox/idnow/flaws.ts";
import type { IdnowFlaws } from "../../../../sandbox/idnow/flaws.ts";
import { orderStore } from "../../../../sandbox/idnow/order-store.ts";
import type { OrderStore } from "../../../../sandbox/idnow/order-store.ts";
import { sandboxClock } from "../../../../sandbox/clock.ts";
import type { AutoApprove } from "../../../../sandbox/shared-room.ts";
import { hashBody, madeOrder, smallestBody } from "./made-order.ts";

const DAY = 24 * 3600 * 1000;

function room(body: object, account = practiceAccount, flaws: IdnowFlaws = noFlaws) {
  const clock = sandboxClock(() => 1_000_000);
  const orders: OrderStore = orderStore({
    clock,
    account: () => account,
    flaws: () => flaws,
    autoApprove: null,
    changed: () => undefined,
  });
  const order = madeOrder(body as Readonly<Record<string, unknown>>, clock.now());
  orders.add(order);
  return {
    clock,
    orders,
    kinds: () => orders.byId(order.id)?.history.map(({ kind }) => kind) ?? null,
    times: () => orders.byId(order.id)?.history.map(({ time }) => time - 1_000_000) ?? null,
  };
}

test.each([
  ["X-AUTOTEST-POSITIVE", hashBody, 84],
  ["X-AUTOTEST-POSITIVE", smallestBody, 80],
  ["X-AUTOTEST-NEGATIVE", hashBody, 17],
  ["X-AUTOTEST-FRAUD", smallestBody, 17],
] as const)(
  "The test robot finishes an order with the reference %s 20 seconds after its creation",
  (Ref, body, last) => {
    const { clock, kinds, times } = room({ ...body, Ref });
    clock.advance(19_999);
    expect(kinds()).toEqual([25]);
    clock.advance(30_001);
    expect(kinds()?.at(-1)).toBe(last);
    expect(kinds()?.includes(89)).toBe(Ref === "X-AUTOTEST-FRAUD");
    expect(times()?.at(-1)).toBe(20_000);
  },
);

test("Only an integration account has the test robot", () => {
  const { clock, kinds } = room(
    { ...hashBody, Ref: "X-AUTOTEST-POSITIVE" },
    { ...practiceAccount, integration: false },
  );
  clock.advance(60_000);
  expect(kinds()).toEqual([25]);
});

test("An order that nobody finishes times out, with another code when the person was identified", () => {
  const account = { ...practiceAccount, timeOutMilliseconds: DAY };
  const waiting = room(hashBody, account);
  waiting.clock.advance(DAY);
  expect(waiting.kinds()).toEqual([25, 99]);

  const identified = room(hashBody, account);
  identified.orders.apply("99920000000001", { do: "start", method: "eID" });
  identified.orders.apply("99920000000001", { do: "identify" });
  identified.clock.advance(2 * DAY);
  expect(identified.kinds()).toEqual([25, 49, 50, 51, 6, 100]);
  expect(identified.times()?.at(-1)).toBe(DAY);
});

test("Results are gone seven days after the end, an order in hand is not", () => {
  const { clock, kinds, orders } = room(hashBody, { ...practiceAccount, timeOutMilliseconds: 80 * DAY });
  clock.advance(8 * DAY);
  expect(kinds()).toEqual([25]);
  orders.apply("99920000000001", { do: "report", kind: 63 });
  clock.advance(7 * DAY - 1);
  expect(kinds()).toEqual([25, 63]);
  clock.advance(1);
  expect(kinds()).toBeNull();
});

test.each<readonly [AutoApprove["pages"], boolean, number | undefined]>([
  ["skip", false, 84],
  ["needed", false, 25],
  ["needed", true, 84],
])("The played person with pages %s, page opened: %s, ends with %s", (pages, opened, last) => {
  const { orders, kinds, clock } = room(hashBody);
  orders.autoApprove = { phone: "", afterMilliseconds: 500, pages };
  expect(kinds()).toEqual([25]);
  if (opened) orders.apply("99920000000001", { do: "visit" });
  clock.advance(500);
  expect(kinds()?.at(-1)).toBe(last);
});

test.each<readonly [Partial<IdnowFlaws>, readonly number[]]>([
  [{ refusal: 63 }, [25, 77, 78, 75, 6, 29]],
  [{ tanSending: "fails-once" }, [25, 77, 78, 75, 6, 101, 139, 71, 84]],
  [{ tanSending: "fails-always" }, [25, 77, 78, 75, 6, 101, 139]],
])("The played person meets what goes wrong on purpose: %j", (flaws, kinds) => {
  const played = room(hashBody, practiceAccount, { ...noFlaws, ...flaws });
  played.orders.autoApprove = { phone: "", afterMilliseconds: 0, pages: "skip" };
  expect(played.kinds()).toEqual(kinds);
});
