import { describe, expect, test } from "vitest";
import { generateEcKeyPair, generateEd25519KeyPair, generateRsaKeyPair } from "../../../electron/pki/algorithms.ts";
import type { PublicKeyInfo } from "../../../electron/pki/public-key.ts";
import { documentDigestOf, signingObjection, signingSchemes } from "../../../electron/pki/signing-schemes.ts";

const KEY_DECIDES = { digest: null, pss: false } as const;
const ec = (curve: Extract<PublicKeyInfo, { kind: "ec" }>["curve"]): PublicKeyInfo => ({
  kind: "ec",
  curve,
  point: new Uint8Array(),
});

describe("without a choice, the key decides", () => {
  // FIPS 186-5 6.1.1: a digest at least as strong as the curve's order; RFC 8419 3.1 for Ed25519.
  test.each([
    [ec("P-256"), "SHA-256"],
    [ec("P-384"), "SHA-384"],
    [ec("P-521"), "SHA-512"],
    [ec("brainpoolP256r1"), "SHA-256"],
    [ec("brainpoolP384r1"), "SHA-384"],
    [ec("brainpoolP512r1"), "SHA-512"],
    [{ kind: "ed25519", point: new Uint8Array(32) } as const, "SHA-512"],
  ])("%o: %s", (key, digest) => {
    expect(documentDigestOf(signingSchemes(key, KEY_DECIDES)[0]!)).toBe(digest);
  });

  test("RSA signs by PKCS#1 v1.5 with SHA-256, and names the longer digests behind it", async () => {
    const { info } = await generateRsaKeyPair();
    expect(signingSchemes(info, KEY_DECIDES)).toEqual(
      ["SHA-256", "SHA-384", "SHA-512"].map((digest) => ({ kind: "rsa-pkcs1", digest })),
    );
  });

  test.each([ec("secp256k1"), ec(undefined), { kind: "ed448", point: new Uint8Array(57) } as const, undefined])(
    "%o signs nothing",
    (key) => expect(signingSchemes(key, KEY_DECIDES)).toEqual([]),
  );
});

describe("a choice", () => {
  test("is the only scheme that is left", async () => {
    const { info } = await generateRsaKeyPair();
    // RFC 4055 3.1: the salt should be as long as the digest, and the mask made with the same one.
    const pss = { kind: "rsa-pss", digest: "SHA-384", mgfDigest: "SHA-384", saltLength: 48 };
    expect(signingSchemes(info, { digest: "SHA-384", pss: true })).toEqual([pss]);
    const { info: elliptic } = await generateEcKeyPair("P-256");
    expect(signingSchemes(elliptic, { digest: "SHA-512", pss: false })).toEqual([
      { kind: "ecdsa", digest: "SHA-512", format: "der" },
    ]);
  });

  test("that does not go with the key leaves nothing", async () => {
    const { info } = await generateEd25519KeyPair();
    expect(signingSchemes(info, { digest: "SHA-256", pss: false })).toEqual([]);
    expect(signingSchemes(ec("P-256"), { digest: null, pss: true })).toEqual([]);
  });
});

describe("the table of dates", () => {
  // ETSI TS 119 312 V1.5.1 table 7 ff.: RSA below 1900 bits until 2019, below 3000 bits until the end of 2028.
  const rsa = (modulusBits: number): PublicKeyInfo => ({
    kind: "rsa",
    modulus: 1n,
    modulusBits,
    exponent: 65_537n,
    pssOnly: false,
    rsaSpki: new Uint8Array(),
  });
  test.each([
    [1024, "2026-11-28", "RSA 1024"],
    [2048, "2028-12-31", null],
    [2048, "2029-01-02", "RSA 2048"],
    [3072, "2029-01-02", null],
  ])("RSA with %i bits on %s: %s", (bits, day, objection) => {
    const found = signingObjection(rsa(bits), { kind: "rsa-pkcs1", digest: "SHA-256" }, new Date(day));
    expect(found?.weakest ?? null).toBe(objection);
  });
});
