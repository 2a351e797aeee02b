import { expect, test } from "vitest";
import { hasCipher, hasCurve, hasHash, hasKeyType } from "../../../tools/electron-stand-in/crypto-guard/boringssl.ts";

// BoringSSL: EVP_get_digestbyname, EC_get_builtin_curves; Electron issues 16442, 28027, 32535.
test.each(["sha256", "SHA-256", "RSA-SHA512", "sha1", "md5", "SHA512-256", "sha384WithRSAEncryption"])(
  "hash %s is there",
  (name) => expect(hasHash(name)).toBe(true),
);
test.each(["sha3-256", "SHA3-512", "shake128", "blake2b512", "sm3", "whirlpool"])("hash %s is not there", (name) =>
  expect(hasHash(name)).toBe(false),
);
test.each(["P-256", "prime256v1", "secp384r1", "P-521", "secp224r1"])("curve %s is there", (name) =>
  expect(hasCurve(name)).toBe(true),
);
test.each(["brainpoolP256r1", "secp256k1", "sect283k1", "prime192v1"])("curve %s is not there", (name) =>
  expect(hasCurve(name)).toBe(false),
);
test("of the Edwards and Montgomery keys only the 25519 ones are there", () => {
  expect(["ed25519", "x25519", "ed448", "x448", "ml-dsa-65"].map((name) => hasKeyType(name))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
test("AES modes that BoringSSL dropped are not there", () => {
  expect(
    ["aes-256-gcm", "aes-128-cbc", "aes-128-ccm", "aes-256-ocb", "camellia-256-cbc"].map((name) => hasCipher(name)),
  ).toEqual([true, true, false, false, false]);
});
