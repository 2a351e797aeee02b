import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { statusEntries } from "../../../../sandbox/idnow/history-view.ts";
import { after } from "../../../../sandbox/idnow/order-events.ts";
import type { OrderEvent } from "../../../../sandbox/idnow/order-events.ts";
import type { IdnowOrder } from "../../../../sandbox/idnow/order.ts";
import { isExtended, isFinal } from "../../../../sandbox/idnow/status-codes.ts";
import { hasVectors, vectorsNote } from "../../pki/corpus-file.ts";
import { hashBody, madeOrder, smallestBody } from "./made-order.ts";

const folder = new URL("../../../../../shared/providers/vectors/", import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

function play(order: IdnowOrder, events: readonly OrderEvent[]): IdnowOrder {
  return events.reduce((current, event) => {
    const next = after(current, event, current.history.length);
    if (next === null) throw new Error(`${event.do} does not fit ${current.stage}`);
    return next;
  }, order);
}

const start: OrderEvent = { do: "start", method: "Video" };
const identify: OrderEvent = { do: "identify" };
const sendTan: OrderEvent = { do: "send-tan", tan: "123456", subKind: 17 };
const report = (kind: number): OrderEvent => ({ do: "report", kind });

/** How each history of the sheet comes about. */
const ways: readonly (readonly [
  name: string,
  body: Readonly<Record<string, unknown>>,
  events: readonly OrderEvent[],
])[] = [
  [
    "esign-success",
    hashBody,
    [{ do: "choose", method: "Video" }, start, identify, sendTan, { do: "preview" }, { do: "sign" }],
  ],
  ["esign-aborted-by-user", hashBody, [start, identify, sendTan, report(103)]],
  ["esign-ident-negative", hashBody, [start, { do: "negative" }]],
  ["esign-timeout", hashBody, [report(99)]],
  ["esign-timeout-after-ident", hashBody, [start, identify, report(100)]],
  ["esign-tsp-correctable", hashBody, [start, identify, { do: "tan-not-sent" }, sendTan, { do: "sign" }]],
  ["esign-tsp-fatal", hashBody, [start, identify, report(101), report(29)]],
  ["ident-success", smallestBody, [start, identify]],
  ["ident-fraud", smallestBody, [start, { do: "suspect-fraud" }, { do: "negative" }]],
  ["cancelled", smallestBody, [report(63)]],
];

describe.skipIf(!hasVectors)(`The histories of the sheet${vectorsNote}`, () => {
  const histories = (hasVectors ? read("idnow-synthetic-histories.json") : {}) as Readonly<
    Record<string, readonly number[]>
  >;

  test.each(ways)("come about code by code: %s", (name, body, events) => {
    const order = play(madeOrder(body), events);
    expect(order.history.map(({ kind }) => kind)).toEqual(histories[name]);
    expect(order.stage).toBe("closed");
  });

  test("show in the default list what the sheet says of a success, and no sub-codes", () => {
    const [, body, events] = ways[0]!;
    const order = play(madeOrder(body), events);
    const shown = statusEntries(order, { extended: false, subKinds: false, flaw: "in-order" });
    expect(shown.map(({ Kind }) => Kind)).toEqual(histories["esign-default-list-success"]);
    const all = statusEntries(order, { extended: true, subKinds: false, flaw: "in-order" });
    expect(all.some((entry) => "SubKind" in entry)).toBe(false);
    const full = statusEntries(order, { extended: true, subKinds: true, flaw: "in-order" });
    expect(full.find(({ Kind }) => Kind === 71)?.SubKind).toBe(17);
  });

  test("use codes that are extended and final as the table of all codes says", () => {
    const { codes } = read("idnow-status-codes.json") as {
      readonly codes: readonly {
        readonly kind: number;
        readonly finalNonESign: boolean;
        readonly finalESign: boolean;
        readonly extended: boolean;
      }[];
    };
    expect(codes).toHaveLength(78);
    expect(codes.map(({ kind }) => [kind, isFinal(kind, false), isFinal(kind, true), isExtended(kind)])).toEqual(
      codes.map(({ kind, finalNonESign, finalESign, extended }) => [kind, finalNonESign, finalESign, extended]),
    );
  });
});

test.each<readonly [string, readonly OrderEvent[], OrderEvent]>([
  ["sign before the TAN was sent", [start, identify], { do: "sign" }],
  ["send a TAN before the identification", [start], sendTan],
  ["identify without an attempt", [], identify],
  ["start again when it is over", [report(63)], start],
  ["sign twice", [start, identify, sendTan, { do: "sign" }], { do: "sign" }],
])("Nobody can %s", (_what, before, event) => {
  expect(after(play(madeOrder(hashBody), before), event, 0)).toBeNull();
});

test("An attempt that was broken off can be made again", () => {
  const order = play(madeOrder(hashBody), [start, { do: "break-off", subKind: 39 }, start, identify]);
  expect(order.history.map(({ kind }) => kind)).toEqual([25, 77, 78, 79, 21, 77, 78, 75, 6]);
  expect(order.stage).toBe("identified");
});

test("An order that only makes an account ends with the codes of the documents' example", () => {
  const order = play(madeOrder({ ...smallestBody, Product: 15, Add: 8 }), [start, identify]);
  expect(order.history.slice(-3).map(({ kind }) => kind)).toEqual([6, 23, 95]);
  expect(order.stage).toBe("closed");
});

test("With an existing account signing comes at once", () => {
  const order = madeOrder({ ...hashBody, Add: 16 });
  expect([order.stage, order.history.map(({ kind }) => kind)]).toEqual(["identified", [25, 96]]);
});
