import { describe, expect, test } from "vitest";
import { externalAddress } from "../../../electron/windows/policy/external-address.ts";

const TOKEN = "c5698d12-0cf4-4456-ae7b-d795f9967798";

describe("addresses for other programs", () => {
  test.each([
    `bankid:///?autostarttoken=${TOKEN}&redirect=null`,
    `bankid:///?autostarttoken=${TOKEN.toUpperCase()}&redirect=null`,
    `https://app.bankid.com/?autostarttoken=${TOKEN}&redirect=null`,
    "https://example.com/policy.pdf?page=2",
    "mailto:support@example.com",
  ])("%s passes as it is", (address) => {
    expect(externalAddress(address)).toBe(address);
  });

  test.each([
    "bankid:///",
    "bankid:",
    `bankid://?autostarttoken=${TOKEN}&redirect=null`,
    `bankid:///?autostarttoken=${TOKEN}`,
    `bankid:///?autostarttoken=${TOKEN}&redirect=https://evil.example`,
    `bankid:///?autostarttoken=${TOKEN}&redirect=null&redirect=https://evil.example`,
    `bankid:///?autostarttoken=${TOKEN}&redirect=null#x`,
    `bankid:///?autostarttoken=${TOKEN}&redirect=null\n`,
    ` bankid:///?autostarttoken=${TOKEN}&redirect=null`,
    `bankid:///?autoStartToken=${TOKEN}&redirect=null`,
    `bankid:///?redirect=null&autostarttoken=${TOKEN}`,
    `bankid:///sign?autostarttoken=${TOKEN}&redirect=null`,
    `bankid://evil.example/?autostarttoken=${TOKEN}&redirect=null`,
    "bankid:///?autostarttoken=../../x&redirect=null",
    "bankid:///?autostarttoken=&redirect=null",
    `BANKID:///?autostarttoken=${TOKEN}&redirect=null`,
    `https://app.bankid.com/?autostarttoken=${TOKEN}&redirect=https://evil.example`,
    "https://app.bankid.com/",
    `https://app.bankid.com:443/?autostarttoken=${TOKEN}&redirect=null`,
    `https://APP.bankid.com/?autostarttoken=${TOKEN}&redirect=null`,
    "https://user@example.com/",
    "https://user:secret@example.com/",
    "http://example.com/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "ms-msdt:/id",
    "smb://example.com/share",
    "not an address",
    "",
  ])("%s does not pass", (address) => {
    expect(externalAddress(address)).toBeNull();
  });
});
