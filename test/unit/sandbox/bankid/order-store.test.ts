import { describe, expect, test } from "vitest";
import { practiceAccount } from "../../../../sandbox/bankid/account-options.ts";
import type { BankIdAccount } from "../../../../sandbox/bankid/account-options.ts";
import { orderStore } from "../../../../sandbox/bankid/order-store.ts";
import { defaultPerson } from "../../../../sandbox/bankid/persons.ts";
import { sandboxClock } from "../../../../sandbox/clock.ts";
import type { AutoApprove } from "../../../../sandbox/shared-room.ts";
import { countedBytes, signRequest } from "./made-order.ts";

function room(autoApprove: AutoApprove | null = null, account: BankIdAccount = practiceAccount) {
  const clock = sandboxClock(() => 1_000_000);
  const orders = orderStore({ clock, random: countedBytes(), account: () => account, autoApprove });
  const add = (requirement = {}) => orders.add({ ...signRequest, requirement });
  const stateOf = (id: string) => orders.byId(id)?.state ?? null;
  return { clock, orders, add, stateOf };
}

const played: AutoApprove = { phone: "", afterMilliseconds: 2_000, pages: "skip" };

describe("Time", () => {
  test("ends an order at the moment when it was due, not when somebody asks", () => {
    const { add, clock, stateOf } = room();
    const order = add()!;
    clock.advance(100_000);
    expect(stateOf(order.id)).toEqual({ kind: "failed", hint: "startFailed", at: 1_030_000 });
  });

  test("forgets a failed order five minutes after it failed", () => {
    const { add, clock, stateOf } = room();
    const order = add()!;
    clock.advance(30_000 + 299_999);
    expect(stateOf(order.id)).not.toBeNull();
    clock.advance(1);
    expect(stateOf(order.id)).toBeNull();
  });

  test("is scaled as a whole", () => {
    const { add, clock, stateOf } = room(null, { ...practiceAccount, timeFactor: 2 });
    const order = add()!;
    clock.advance(59_999);
    expect(stateOf(order.id)?.kind).toBe("pending");
    clock.advance(1);
    expect(stateOf(order.id)?.kind).toBe("failed");
  });
});

describe("The played person", () => {
  test("has signed after the time that they take, by their own clock", () => {
    const { add, clock, stateOf } = room(played);
    const order = add({ mrtd: true })!;
    clock.advance(1_999);
    expect(stateOf(order.id)?.kind).toBe("pending");
    clock.advance(8_001);
    expect(stateOf(order.id)).toEqual({ kind: "complete", at: 1_002_000 });
  });

  test("who takes longer than BankID waits does not sign", () => {
    const { add, clock, stateOf } = room({ ...played, afterMilliseconds: 30_000 });
    const order = add()!;
    clock.advance(60_000);
    expect(stateOf(order.id)).toMatchObject({ kind: "failed", hint: "startFailed" });
  });

  test("who needs the pages signs what was scanned, and nothing else", () => {
    const { add, clock, orders, stateOf } = room({ ...played, pages: "needed" });
    const [scanned, other] = [add()!, add()!];
    orders.apply(scanned.id, { do: "take", by: "code" });
    clock.advance(2_000);
    expect([stateOf(scanned.id)?.kind, stateOf(other.id)?.kind]).toEqual(["complete", "pending"]);
  });

  test("whose BankID does not fit lets the order run out", () => {
    const { add, clock, stateOf } = room(played);
    const order = add({ certificatePolicies: ["1.2.3.4.10"] })!;
    clock.advance(10_000);
    expect(stateOf(order.id)?.kind).toBe("pending");
    clock.advance(170_000);
    expect(stateOf(order.id)).toMatchObject({ kind: "failed", hint: "expiredTransaction", at: 1_180_000 });
  });
});

describe("Two orders for one person", () => {
  test("cancel each other when both name the person", () => {
    const { add, stateOf } = room();
    const requirement = { personalNumber: defaultPerson.personalNumber };
    const first = add(requirement)!;
    expect(add(requirement)).toBeNull();
    expect(stateOf(first.id)).toMatchObject({ kind: "failed", hint: "cancelled" });
    expect(add(requirement)).not.toBeNull();
  });

  test("leave each other alone when one is over, or the persons differ", () => {
    const { add, orders, stateOf } = room();
    const first = add({ personalNumber: defaultPerson.personalNumber })!;
    const second = add({ personalNumber: "189303279955" })!;
    expect(stateOf(first.id)?.kind).toBe("pending");
    orders.apply(first.id, { do: "fail", hint: "userCancel" });
    expect(add({ personalNumber: defaultPerson.personalNumber })).not.toBeNull();
    expect(stateOf(second.id)?.kind).toBe("pending");
  });
});

test("Tokens are UUIDs of version 4, none like another", () => {
  const { add } = room();
  const all = [add()!, add()!].flatMap(({ autoStartToken, id, qrStartSecret, qrStartToken }) => [
    autoStartToken,
    id,
    qrStartSecret,
    qrStartToken,
  ]);
  expect(new Set(all).size).toBe(8);
  for (const text of all) {
    expect(text).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

test("The oldest of more than 500 orders goes first", () => {
  const { add, orders } = room();
  const first = add()!;
  for (let count = 0; count < 500; count += 1) add();
  expect(orders.byId(first.id)).toBeNull();
  expect(orders.list()).toHaveLength(500);
});
