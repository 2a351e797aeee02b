import { expect, test } from "vitest";
import {
  readStartCode,
  secondOf,
  startCodeRefusal,
  startCodeText,
  tokenOfLink,
} from "../../../../sandbox/bankid/start-code.ts";
import { madeOrder } from "./made-order.ts";

const order = madeOrder();

// Published in BankID's sample code.
test.each([
  [0, "dc69358e712458a66a7525beef148ae8526b1c71610eff2c16cdffb4cdac9bf8"],
  [1, "949d559bf23403952a94d103e67743126381eda00f0b3cbddbf7c96b1adcbce2"],
  [2, "a9e5ec59cb4eee4ef4117150abc58fad7a85439a6a96ccbecc3668b41795b3f3"],
])("The code of second %i is BankID's own, and is read again", (second, code) => {
  const text = startCodeText(order, second);
  expect(text).toBe(`bankid.67df3917-fa0d-44e5-b327-edcc928297f8.${second}.${code}`);
  expect(readStartCode(text)).toEqual({ token: order.qrStartToken, second, code });
});

test.each([
  "",
  "bankid.67df3917-fa0d-44e5-b327-edcc928297f8.0",
  `bankid.67df3917-fa0d-44e5-b327-edcc928297f8.00.${"a".repeat(64)}`,
  `bankid.67df3917-fa0d-44e5-b327-edcc928297f8.-1.${"a".repeat(64)}`,
  `bankid.67df3917-fa0d-44e5-b327-edcc928297f8.0.${"A".repeat(64)}`,
  `bankid.67df3917-fa0d-44e5-b327-edcc928297f8.0.${"a".repeat(63)}`,
  `x bankid.67df3917-fa0d-44e5-b327-edcc928297f8.0.${"a".repeat(64)}`,
])("%j is no code", (text) => {
  expect(readStartCode(text)).toBeNull();
});

test.each([
  [10, 10, null],
  [8, 10, null],
  [7, 10, "old-code"],
  [0, 10, "old-code"],
  [12, 10, null],
  [13, 10, "early-code"],
])("The code of second %i in second %i: %s", (second, now, refusal) => {
  const code = readStartCode(startCodeText(order, second))!;
  expect(startCodeRefusal(order, code, now * 1000 + 999, 2)).toBe(refusal);
});

test("A code of another second's number is not this second's", () => {
  const code = readStartCode(startCodeText(order, 3))!;
  expect(startCodeRefusal(order, { ...code, second: 4 }, 4_000, 2)).toBe("wrong-code");
  expect(startCodeRefusal(madeOrder({ qrStartSecret: order.autoStartToken }), code, 3_000, 2)).toBe("wrong-code");
});

test("Seconds are whole ones since the order, and never below zero", () => {
  expect([secondOf(order, -5), secondOf(order, 999), secondOf(order, 1_000)]).toEqual([0, 0, 1]);
});

test.each([
  "bankid:///?autostarttoken=c5698d12-0cf4-4456-ae7b-d795f9967798&redirect=null",
  "https://app.bankid.com/?autostarttoken=c5698d12-0cf4-4456-ae7b-d795f9967798&redirect=https%3A%2F%2Fexample.org",
  "http://127.0.0.1:1234/phone?autostarttoken=c5698d12-0cf4-4456-ae7b-d795f9967798&redirect=null",
])("The link %s has the token", (link) => {
  expect(tokenOfLink(link)).toBe(order.autoStartToken);
});

test.each([
  "",
  "bankid:///",
  "bankid:///?autostarttoken=1",
  "bankid:///?autoStartToken=c5698d12-0cf4-4456-ae7b-d795f9967798",
])("The link %j has none", (link) => {
  expect(tokenOfLink(link)).toBeNull();
});
