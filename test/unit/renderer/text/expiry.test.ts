import { expect, test } from "vitest";
import { expiryWarning } from "../../../../renderer/text/expiry.ts";

const NOW = Date.parse("2026-11-28T12:00:00Z");
test.each([
  ["2027-06-01T00:00:00Z", null],
  ["2026-12-30T12:00:00Z", null],
  ["2026-12-28T12:00:00Z", "It expires in 30 days. Renew it in time."],
  ["2026-11-29T18:00:00Z", "It expires in 1 day. Renew it in time."],
  ["2026-11-28T18:00:00Z", "It expires today. Renew it in time."],
  ["2026-11-28T11:59:59Z", "It has expired. Signatures made with it now would not be accepted."],
  ["no time at all", null],
])("a certificate valid until %s is warned of as it should be", (until, warning) => {
  expect(expiryWarning(until, NOW)).toBe(warning);
});
