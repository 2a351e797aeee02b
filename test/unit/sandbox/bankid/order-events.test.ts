import { describe, expect, test } from "vitest";
import { after } from "../../../../sandbox/bankid/order-events.ts";
import type { OrderEvent } from "../../../../sandbox/bankid/order-events.ts";
import { pendingHint } from "../../../../sandbox/bankid/order.ts";
import type { BankIdOrder } from "../../../../sandbox/bankid/order.ts";
import { defaultPerson, personByNumber, practicePersons } from "../../../../sandbox/bankid/persons.ts";
import type { Requirement } from "../../../../sandbox/bankid/requirement.ts";
import { madeOrder, signRequest } from "./made-order.ts";

const withRequirement = (requirement: Requirement): BankIdOrder =>
  madeOrder({ request: { ...signRequest, requirement } });

/** Null as soon as something cannot happen. */
const run = (order: BankIdOrder, ...events: readonly OrderEvent[]): BankIdOrder | null =>
  events.reduce<BankIdOrder | null>((now, event, index) => (now === null ? null : after(now, event, index)), order);

const take: OrderEvent = { do: "take", by: "code" };
const choose: OrderEvent = { do: "choose", person: defaultPerson };

describe("An order", () => {
  test("is taken, gets a person, is signed, and tells a hint at each step", () => {
    const steps = [madeOrder(), run(madeOrder(), take), run(madeOrder(), take, choose)];
    expect(steps.map((order) => pendingHint(order!))).toEqual(["outstandingTransaction", "started", "userSign"]);
    expect(run(madeOrder(), take, choose, { do: "sign" })?.state).toEqual({ kind: "complete", at: 2 });
  });

  test("waits for the document where one is asked for", () => {
    const order = run(withRequirement({ mrtd: true }), take, choose)!;
    expect(pendingHint(order)).toBe("userMrtd");
    expect(run(order, { do: "sign" })).toBeNull();
    expect(run(order, { do: "read-document" }, { do: "sign" })?.state.kind).toBe("complete");
    expect(run(madeOrder(), take, choose, { do: "read-document" })).toBeNull();
  });

  test("cannot be taken twice, signed by nobody, or cancelled in an app that has it not", () => {
    expect(run(madeOrder(), take, take)).toBeNull();
    expect(run(madeOrder(), { do: "sign" })).toBeNull();
    expect(run(madeOrder(), take, { do: "sign" })).toBeNull();
    expect(run(madeOrder(), choose)).toBeNull();
    expect(run(madeOrder(), { do: "cancel" })).toBeNull();
  });

  test.each([
    ["signed", [take, choose, { do: "sign" }]],
    ["cancelled", [take, { do: "cancel" }]],
    ["failed", [{ do: "fail", hint: "startFailed" }]],
  ] as const)("stays %s, whatever comes afterwards", (_what, events) => {
    const over = run(madeOrder(), ...events)!;
    for (const event of [take, choose, { do: "sign" }, { do: "cancel" }, { do: "fail", hint: "x" }] as const) {
      expect(after(over, event, 9)).toBeNull();
    }
  });

  test("a hint that is forced changes what is told and not what can be done", () => {
    const forced = run(madeOrder(), take, choose, { do: "force-hint", hint: "somethingNew" })!;
    expect(pendingHint(forced)).toBe("somethingNew");
    expect(run(forced, { do: "sign" })?.state.kind).toBe("complete");
  });
});

describe("A person's BankID", () => {
  const choosing = (requirement: Requirement, personalNumber: string) =>
    run(withRequirement(requirement), take, { do: "choose", person: personByNumber(personalNumber)! });

  test.each([
    [{ personalNumber: "189303279955" }, "189201149847", null],
    [{ certificatePolicies: ["1.2.3.4.5"] }, "189201149847", null],
    [{ certificatePolicies: ["1.2.3.4.5", "1.2.3.4.2*"] }, "189201149847", "pending"],
    [{ cardReader: "class1" }, "189507319912", "pending"],
    [{ risk: "LOW" }, "189911159938", "failed"],
    [{ risk: "MODERATE" }, "189911159938", "failed"],
    [{}, "189911159938", "pending"],
    [{ mrtd: true }, "189112269809", "failed"],
  ] as const)("for the requirement %j and %s: %s", (requirement, personalNumber, outcome) => {
    expect(choosing(requirement as Requirement, personalNumber)?.state.kind ?? null).toBe(outcome);
  });

  test("that is blocked ends the order when it is used", () => {
    const blocked = practicePersons.find((person) => person.blocked)!;
    const order = run(madeOrder(), take, { do: "choose", person: blocked }, { do: "sign" });
    expect(order?.state).toMatchObject({ kind: "failed", hint: "certificateErr" });
  });
});

/** Of Swedish personal numbers: Luhn over the last ten digits. */
function checkDigit(number: string): number {
  const sum = Array.from(number.slice(2, 11), Number)
    .map((digit, index) => digit * (index % 2 === 0 ? 2 : 1))
    .reduce((total, product) => total + Math.floor(product / 10) + (product % 10), 0);
  return (10 - (sum % 10)) % 10;
}

test("The check digit of the published example is right by this rule", () => {
  expect(checkDigit("191212127771")).toBe(1);
});

test.each(practicePersons.map(({ personalNumber }) => personalNumber))(
  "The personal number %s is well-formed, and that of nobody who lives",
  (number) => {
    expect(Number(number.at(-1))).toBe(checkDigit(number));
    expect(number).toMatch(/^189\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])9[89]\d\d$/);
  },
);
