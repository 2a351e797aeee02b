import { createHash, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { DigestAhead } from "../../../electron/verify/digest-ahead.ts";

const bytes = randomBytes(1000);
const range = { gapStart: 300, gapEnd: 420, end: 900 };
const expected = createHash("sha256").update(bytes.subarray(0, 300)).update(bytes.subarray(420, 900)).digest("hex");

function fed(step: number, until = bytes.length): DigestAhead {
  const ahead = new DigestAhead(range, "SHA-256");
  for (let at = 0; at < until; at += step) {
    ahead.take(bytes.subarray(at, Math.min(until, at + step)), at);
  }
  return ahead;
}

const hex = (value: Uint8Array | undefined) => value && Buffer.from(value).toString("hex");

test.each([1, 7, 100, 299, 300, 301, 419, 420, 421, 450, 900, 1000])(
  "the digest leaves out the gap and what follows the end, in parts of %d bytes",
  (step) => {
    const ahead = fed(step);
    expect(hex(ahead.digestOf(range, "SHA-256"))).toBe(expected);
    expect(hex(ahead.digestOf({ ...range }, "SHA-256"))).toBe(expected);
  },
);

test("there is none for another range or another algorithm", () => {
  const ahead = fed(100);
  expect(ahead.digestOf({ ...range, gapStart: 299 }, "SHA-256")).toBeUndefined();
  expect(ahead.digestOf({ ...range, gapEnd: 421 }, "SHA-256")).toBeUndefined();
  expect(ahead.digestOf({ ...range, end: 899 }, "SHA-256")).toBeUndefined();
  expect(ahead.digestOf(range, "SHA-512")).toBeUndefined();
});

test("there is none when bytes are missing at the end or in between, or come twice", () => {
  expect(fed(100, 899).digestOf(range, "SHA-256")).toBeUndefined();
  expect(fed(100, 900).digestOf(range, "SHA-256")).toBeDefined();
  const gap = new DigestAhead(range, "SHA-256");
  gap.take(bytes.subarray(0, 100), 0);
  gap.take(bytes.subarray(200), 200);
  expect(gap.digestOf(range, "SHA-256")).toBeUndefined();
  const twice = fed(100);
  twice.take(bytes.subarray(0, 100), 0);
  expect(twice.digestOf(range, "SHA-256")).toBeUndefined();
});
