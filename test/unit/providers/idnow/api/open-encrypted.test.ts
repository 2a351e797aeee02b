import { createCipheriv } from "node:crypto";
import { describe, expect, test } from "vitest";
import { openEncrypted } from "../../../../../electron/providers/idnow/api/open-encrypted.ts";

const key = new Uint8Array(32).map((_, index) => index);
const iv = new Uint8Array(23).map((_, index) => 100 + index);

/** Manual 9.4: IV, encrypted data, tag. */
function sealed(text: string): Uint8Array {
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  return new Uint8Array(Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]));
}

describe("an encrypted body", () => {
  test("opens with the key", () => {
    expect(Buffer.from(openEncrypted(key, sealed("Köln")) ?? []).toString("utf8")).toBe("Köln");
  });

  test("opens when there is nothing in it", () => {
    expect(openEncrypted(key, sealed(""))).toEqual(new Uint8Array(0));
  });

  /** Made with Python's `cryptography` 48.0.0 (AESGCM), the IV 23 times 0x42, the key 32 times 0x11. */
  test("opens when another program has encrypted it", () => {
    const foreign = Buffer.from(FOREIGN, "hex");
    const opened = openEncrypted(new Uint8Array(32).fill(0x11), new Uint8Array(foreign));
    expect(Buffer.from(opened ?? []).toString("utf8")).toBe('{"PDFs":[]}');
  });

  test.each([0, 23, -1])("does not open when the byte at %d is another one", (at) => {
    const body = sealed("Erika Mustermann");
    const index = at < 0 ? body.length + at : at;
    body[index] = (body[index] ?? 0) ^ 1;
    expect(openEncrypted(key, body)).toBeNull();
  });

  test("does not open when a byte is missing at the end, where a shorter tag would fit", () => {
    expect(openEncrypted(key, sealed("Erika").slice(0, -4))).toBeNull();
  });

  test("does not open with another key, with a short key, or when it is too short to be anything", () => {
    expect(openEncrypted(new Uint8Array(32), sealed("Erika"))).toBeNull();
    expect(openEncrypted(key.slice(0, 16), sealed("Erika"))).toBeNull();
    expect(openEncrypted(key, new Uint8Array(38))).toBeNull();
  });
});

const FOREIGN = "42424242424242424242424242424242424242424242426bcb0dfd77e22a14c2091a27de985493363ed462300f1aca2e480e";
