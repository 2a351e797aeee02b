import { expect, test } from "vitest";
import { forEachOperation } from "../../../../sandbox/idnow/content-operations.ts";
import { offsetTime } from "../../../../sandbox/idnow/offset-time.ts";
import { fillPlaceholders, retryDelay } from "../../../../sandbox/idnow/webhooks.ts";
import { hashBody, madeOrder } from "./made-order.ts";

test("Times are written as in the documents' example, in summer and in winter", () => {
  expect(offsetTime(Date.parse("2018-09-05T09:06:21Z"))).toBe("2018-09-05T11:06:21+02:00");
  expect(offsetTime(Date.parse("2026-12-31T23:30:00.999Z"))).toBe("2027-01-01T00:30:00+01:00");
});

test("A webhook that fails is tried again by the documents' table and given up after six days", () => {
  const waits: number[] = [];
  let since = 0;
  for (let delay = retryDelay(0); delay !== null; delay = retryDelay(since)) {
    waits.push(delay / 1000);
    since += delay;
  }
  // First after 86.4 s, every minute until 864 s, hourly until 12 hours, nightly until 6 days.
  expect(waits[0]).toBe(86.4);
  expect(waits.filter((wait) => wait === 60)).toHaveLength(Math.ceil((864 - 86.4) / 60));
  expect(waits.filter((wait) => wait === 3600)).toHaveLength(12);
  expect(waits.filter((wait) => wait === 86_400)).toHaveLength(6);
  expect(waits).toEqual(waits.toSorted((a, b) => rank(a) - rank(b)));
});

const rank = (wait: number): number => [86.4, 60, 3600, 86_400].indexOf(wait);

test("Placeholders of an address are filled in and cannot break out of their place", () => {
  const order = madeOrder({ ...hashBody, Ref: "a&b=c d" });
  expect(fillPlaceholders("https://x.example/?o=[OrderID]&r=[Ref]", order)).toBe(
    `https://x.example/?o=${order.id}&r=a%26b%3Dc%20d`,
  );
});

test("Content is read operator by operator, and an inline image ends it", () => {
  const seen: string[] = [];
  forEachOperation(
    Buffer.from("BT /F1 12 Tf 1 0 0 1 5 6 Tm (a\\)b) Tj T* ' ET\nBI /W 1 ID \xff\xfe EI"),
    (operator) => {
      seen.push(operator);
    },
  );
  expect(seen).toEqual(["BT", "Tf", "Tm", "Tj", "T*", "'", "ET", "BI"]);
});
