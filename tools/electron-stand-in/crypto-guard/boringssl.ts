/**
 * What `node:crypto` can do inside Electron, whose Node is built on BoringSSL. Plain Node has OpenSSL and can do more;
 * code that uses the rest would pass its tests here and fail in the product. Sources: BoringSSL's
 * `EVP_get_digestbyname` and `EC_get_builtin_curves`; Electron issues 16442, 27512, 28027 and 32535.
 * Where Electron patches BoringSSL back to more (RIPEMD-160, some CFB ciphers), the guard stays on the narrow side.
 */
const HASHES = new Set(["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha512256", "md5sha1"]);

const CURVES = new Set([
  "p224",
  "secp224r1",
  "p256",
  "prime256v1",
  "secp256r1",
  "p384",
  "secp384r1",
  "p521",
  "secp521r1",
]);

const KEY_TYPES = new Set(["rsa", "rsa-pss", "ec", "ed25519", "x25519", "dsa", "dh"]);

const CIPHER =
  /^(aes-?(128|192|256)-?(cbc|ctr|ecb|gcm|ofb)|id-aes(128|192|256)-gcm|aes(128|192|256)|des-ede3?-cbc|des-ede3|des-ede|des-cbc|rc4|chacha20-poly1305)$/;

/** "RSA-SHA256", "sha-256", "SHA512/256" and "sha256WithRSAEncryption" all name a digest. */
function digestName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^(rsa|dsa|ecdsa-with)-/, "")
    .replace(/withrsaencryption$/, "")
    .replace(/[-/_]/g, "");
}

export function hasHash(name: string): boolean {
  return HASHES.has(digestName(name));
}

export function hasCurve(name: string): boolean {
  return CURVES.has(name.toLowerCase().replace("-", ""));
}

export function hasKeyType(name: string): boolean {
  return KEY_TYPES.has(name.toLowerCase());
}

export function hasCipher(name: string): boolean {
  return CIPHER.test(name.toLowerCase());
}
