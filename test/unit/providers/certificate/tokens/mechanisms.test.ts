import { expect, test } from "vitest";
import { mechanismsFor } from "../../../../../electron/providers/certificate/tokens/mechanisms.ts";

const what = { digest: new Uint8Array(48).fill(1), message: Uint8Array.of(1, 2, 3) };
const plain = (scheme: Parameters<typeof mechanismsFor>[0], message: Uint8Array | null = what.message) =>
  mechanismsFor(scheme, { ...what, message }).map(({ name, type, parameter }) => [name, type, parameter]);

// Numbers from the OASIS header files pkcs11t.h 2.40 and 3.0.
test("each scheme has its mechanism over the digest first, and the one that hashes itself behind it", () => {
  expect(plain({ kind: "rsa-pkcs1", digest: "SHA-384" })).toEqual([
    ["CKM_RSA_PKCS", 0x1, []],
    ["CKM_SHA384_RSA_PKCS", 0x41, []],
  ]);
  expect(plain({ kind: "rsa-pss", digest: "SHA-512", mgfDigest: "SHA-512", saltLength: 64 })).toEqual([
    ["CKM_RSA_PKCS_PSS", 0xd, [0x270, 4, 64]],
    ["CKM_SHA512_RSA_PKCS_PSS", 0x45, [0x270, 4, 64]],
  ]);
  expect(plain({ kind: "ecdsa", digest: "SHA-256", format: "der" })).toEqual([
    ["CKM_ECDSA", 0x1041, []],
    ["CKM_ECDSA_SHA256", 0x1044, []],
  ]);
  expect(plain({ kind: "ed25519" })).toEqual([["CKM_EDDSA", 0x1057, []]]);
});

test("without the message, a digest can be signed, and EdDSA cannot", () => {
  expect(plain({ kind: "ecdsa", digest: "SHA-256", format: "der" }, null)).toEqual([["CKM_ECDSA", 0x1041, []]]);
  expect(plain({ kind: "ed25519" }, null)).toEqual([]);
});

test("a token's r and s become the SEQUENCE that CMS holds (RFC 3279 2.2.3)", () => {
  const [ecdsa] = mechanismsFor({ kind: "ecdsa", digest: "SHA-256", format: "der" }, what);
  const [r, s] = [new Uint8Array(32).fill(0x80), new Uint8Array(32)];
  s[31] = 5;
  const value = ecdsa!.output(Uint8Array.from([...r, ...s]));
  expect(Buffer.from(value).toString("hex")).toBe(`3026022100${"80".repeat(32)}020105`);
});
