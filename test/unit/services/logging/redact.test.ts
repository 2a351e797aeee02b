import { describe, expect, test } from "vitest";
import { createRedactor } from "../../../../electron/services/logging/redact.ts";

const redact = (text: string): string => createRedactor().redact(text);

describe("the redactor hides", () => {
  // Each: what must not be left, in a text that somebody could write.
  const secrets: readonly [string, string, string][] = [
    ["a bearer token", "sent Authorization: Bearer abc.def-123 to host", "abc.def-123"],
    ["basic authentication", "header Basic dXNlcjpwYXNz", "dXNlcjpwYXNz"],
    ["a JSON web token", "got eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "eyJhbGci"],
    ["a private key", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----", "MIIEvQ"],
    ["a key whose end is missing", "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE", "MHcCAQEE"],
    ["a password in JSON", '{"password": "hunter 2!", "a": 1}', "hunter 2!"],
    ["a password in a form", "client_secret=s3cr3t&grant=x", "s3cr3t"],
    ["a PIN", "pin: 4711", "4711"],
    ["a TAN of six digits", "the person typed 123456 wrongly", "123456"],
    ["a user in an address", "https://user:pw@api.example.com/v1", "user:pw"],
    ["what stands behind a host", "GET https://api.example.com/v1/orders/4711?token=abc", "orders/4711"],
    ["an autostart link", "opened bankid:///?autostarttoken=67df3917&redirect=null", "67df3917"],
    ["an e-mail address", "mail to anna.peeters@example.be failed", "anna.peeters"],
    ["a phone number", "sent to +32 470 00 00 01", "470"],
    ["a phone number without spaces", "sent to +491701234567", "1701234567"],
    ["a Swedish personal number", "for 19121212-1212 there", "1212-1212"],
    ["a Swedish personal number in twelve digits", "for 191212121212 there", "191212121212"],
    ["a path", "ENOENT: open '/home/anna/Contracts/Müller.pdf'", "anna"],
    ["a path of Windows", "open C:\\Users\\Anna Peeters\\Documents\\a.pdf failed", "Peeters"],
    ["a share", "open \\\\server\\people\\anna.pdf failed", "anna"],
    ["a file's name", "cannot read Contract Müller.pdf today", "Müller"],
    ["a long value", `digest ${"0123456789abcdef".repeat(4)}`, "0123456789abcdef"],
  ];
  test.each(secrets)("%s", (_what, text, secret) => {
    expect(text).toContain(secret);
    expect(redact(text)).not.toContain(secret);
  });

  test("a secret that it was told of, in each of its usual spellings", () => {
    const redactor = createRedactor();
    const secret = 'kör"bär&9';
    redactor.conceal(secret);
    for (const spelling of [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret),
      Buffer.from(secret).toString("base64"),
      Buffer.from(secret).toString("hex"),
    ]) {
      expect(redactor.redact(`it was ${spelling}.`)).toMatch(/^it was "?\[hidden\]"?\.$/u);
    }
  });
});

test("the redactor leaves what support needs", () => {
  const run = "6f0f9a3e-3c1b-4f5e-9a70-1d8f0e9b7c21";
  for (const text of [
    "provider.unreachable",
    `run ${run}`,
    "https://api.example.com/…",
    "HTTP 503 after 1200 ms",
    "SigningRun.drive signing-run.ts:122, run.ts:7",
    "itsme B-LTA 3 documents",
  ]) {
    expect(redact(text)).toBe(text);
  }
});
