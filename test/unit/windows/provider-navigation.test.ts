import { describe, expect, test } from "vitest";
import { judgeFrame, judgeNavigation, judgeRequest } from "../../../electron/windows/policy/provider-navigation.ts";

const policy = {
  allowedOrigins: ["https://merchant.example"],
  returnUrl: "https://partner.example/return?sessionID=1",
  permissions: [],
  timeLimitMilliseconds: 1_000,
} as const;

describe("an address in a provider's window", () => {
  test.each([
    ["https://merchant.example/qes/identify?q=1", "load"],
    ["HTTPS://MERCHANT.EXAMPLE/qes", "load"],
    ["https://merchant.example:443/", "load"],
    ["https://partner.example/return", "return"],
    ["https://partner.example/return?other=2#x", "return"],
    ["https://partner.example:443/return?sessionID=1&sessionID=2&error=x", "return"],
    ["HTTPS://PARTNER.EXAMPLE/return", "return"],
    ["https://partner.example/a/../return", "return"],
  ] as const)("%s: %s", (address, verdict) => {
    expect(judgeNavigation(address, policy)).toBe(verdict);
  });

  // Each differs from the way back, or from the provider, in one thing.
  test.each([
    "https://partner.example/return/",
    "https://partner.example/returned",
    "https://partner.example/Return",
    "https://partner.example/%72eturn",
    "https://partner.example/return%2f",
    "https://partner.example/return%00",
    "https://partner.example/return;x=1",
    "https://partner.example//return",
    "https://partner.example/x/return",
    "https://partner.example/",
    "http://partner.example/return",
    "ws://partner.example/return",
    "https://partner.example:8443/return",
    "https://partner.example./return",
    "https://xpartner.example/return",
    "https://www.partner.example/return",
    "https://partner.example.evil.example/return",
    "https://partner.example@evil.example/return",
    "https://partner.example%40evil.example/return",
    "https://partner.example%2eevil.example/return",
    "https://partner.example\\@evil.example/return",
    "https://user@partner.example/return",
    "https://user:pw@partner.example/return",
    "https://:@evil.example:443\\@partner.example/return",
    "https://evil.example/https://partner.example/return",
    "https://evil.example/?https://partner.example/return",
    "https://evil.example/#https://partner.example/return",
    // Cyrillic а, and the same name in punycode; full-width and other dots that are mapped to a full stop elsewhere.
    "https://pаrtner.example/return",
    "https://xn--prtner-4ve.example/return",
    "https://partner.example。evil.example/return",
    "https://partnеr。example/return",
    "https://merchant.example.evil.example/",
    "https://merchant.example./",
    "http://merchant.example/",
    "https://merchant.example:444/",
    "https://user@merchant.example/",
    "https://merchant.example@evil.example/",
    "wss://merchant.example/",
    "https://127.0.0.1/",
    "https://[::1]/",
    "file:///etc/passwd",
    "file://merchant.example/share",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,hello",
    "blob:https://merchant.example/0c1a6a31-9e66-4d0b-8f0c-0d1c1f5e7f00",
    "filesystem:https://merchant.example/temporary/x",
    "about:blank",
    "about:srcdoc",
    "view-source:https://merchant.example/",
    "chrome://settings",
    "chrome-extension://abcdefghijklmnop/x.html",
    "devtools://devtools/bundled/inspector.html",
    "app://bundle/index.html",
    "bankid:///?autostarttoken=x&redirect=null",
    "intent://x#Intent;scheme=https;end",
    "https:",
    "https://",
    "//merchant.example/",
    "not an address",
    "",
    `https://merchant.example/${"a".repeat(9_000)}`,
    `https://partner.example/return?${"a".repeat(9_000)}`,
  ])("%s is refused", (address) => {
    expect(judgeNavigation(address, policy)).toBe("refuse");
  });

  test("nothing comes back when the way back is no address", () => {
    expect(judgeNavigation("https://partner.example/return", { ...policy, returnUrl: "" })).toBe("refuse");
    expect(judgeNavigation("", { ...policy, returnUrl: "" })).toBe("refuse");
  });

  test("what looks like part of an allowed origin is not one", () => {
    const careless = { ...policy, allowedOrigins: ["https://merchant.example/path", "null", ""] };
    expect(judgeNavigation("https://merchant.example/path", careless)).toBe("refuse");
    expect(judgeNavigation("data:text/html,x", careless)).toBe("refuse");
  });
});

describe("what the parts of a page may ask for", () => {
  test.each([
    ["mainFrame", "https://partner.example/return?code=1", "return"],
    ["subFrame", "https://partner.example/return?code=1", "refuse"],
    ["image", "https://partner.example/return?code=1", "refuse"],
    ["script", "https://partner.example/return?code=1", "refuse"],
    ["xhr", "https://partner.example/return?code=1", "refuse"],
    ["ping", "https://partner.example/return?code=1", "refuse"],
    ["other", "https://partner.example/return?code=1", "refuse"],
    ["mainFrame", "https://elsewhere.example/", "refuse"],
    ["subFrame", "https://elsewhere.example/", "refuse"],
    ["subFrame", "https://merchant.example/", "load"],
    ["script", "https://cdn.example/x.js", "load"],
    ["image", "https://partner.example/logo.png", "load"],
  ] as const)("%s %s: %s", (resourceType, url, verdict) => {
    expect(judgeRequest({ url, resourceType }, policy)).toBe(verdict);
  });

  test("only the page itself comes back", () => {
    expect(judgeFrame("https://partner.example/return", true, policy)).toBe("return");
    expect(judgeFrame("https://partner.example/return", false, policy)).toBe("refuse");
  });
});
