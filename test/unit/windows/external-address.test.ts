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
    "HTTP://example.com/",
    "http:/example.com",
    "ftp://example.com/x",
    "ssh://example.com",
    "telnet://example.com",
    "file://server/share/run.exe",
    "\\\\server\\share\\run.exe",
    "C:\\Windows\\System32\\calc.exe",
    "/bin/sh",
    "calc",
    "search-ms:query=x&crumb=location:\\\\evil.example",
    "ms-officecmd:x",
    "ms-cxh-full://0",
    "ms-appinstaller:?source=https://evil.example/x.msix",
    "x-apple.systempreferences:",
    "itms-services://?action=download-manifest&url=https://evil.example",
    "vbscript:x",
    "data:text/html,x",
    "blob:https://example.com/0c1a6a31-9e66-4d0b-8f0c-0d1c1f5e7f00",
    "view-source:https://example.com",
    "chrome://settings",
    "app://bundle/index.html",
    "sealdesk:open",
    "tel:+3212345678",
    "sms:+3212345678",
    "steam://run/1",
    "https://",
    "https:///",
    "https://user%40example.com@evil.example/",
    "https://app.bankid.com./",
    `https://app.bankid.com./?autostarttoken=${TOKEN}&redirect=https://evil.example`,
    "mailto:a@example.com?attach=/etc/passwd",
    "mailto:a@example.com?subject=x&attachment=C:\\secret.txt",
  ])("%s does not pass", (address) => {
    expect(externalAddress(address)).toBeNull();
  });
});
