import { describe, expect, test } from "vitest";
import { judgeNavigation } from "../../../electron/windows/policy/provider-navigation.ts";

const policy = {
  allowedOrigins: ["https://merchant.example"],
  returnUrl: "https://partner.example/return?sessionID=1",
  permissions: [],
  timeLimitMilliseconds: 1_000,
} as const;

describe("an address in a provider's window", () => {
  test.each([
    ["https://merchant.example/qes/identify?q=1", "load"],
    ["https://partner.example/return", "return"],
    ["https://partner.example/return?other=2#x", "return"],
    ["https://partner.example/return/", "refuse"],
    ["https://partner.example/returned", "refuse"],
    ["http://partner.example/return", "refuse"],
    ["https://partner.example:8443/return", "refuse"],
    ["https://evil.example/https://partner.example/return", "refuse"],
    ["https://merchant.example.evil.example/", "refuse"],
    ["http://merchant.example/", "refuse"],
    ["https://user@merchant.example/", "refuse"],
    ["https://user:pw@partner.example/return", "refuse"],
    ["file:///etc/passwd", "refuse"],
    ["javascript:alert(1)", "refuse"],
    ["data:text/html,hello", "refuse"],
    ["app://bundle/index.html", "refuse"],
    ["", "refuse"],
    [`https://merchant.example/${"a".repeat(9_000)}`, "refuse"],
  ] as const)("%s: %s", (address, verdict) => {
    expect(judgeNavigation(address, policy)).toBe(verdict);
  });
});
