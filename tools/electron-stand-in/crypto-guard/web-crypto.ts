/** The algorithms of Web Crypto that BoringSSL carries. */
const ALGORITHMS = new Set(
  [
    ["SHA-1", "SHA-256", "SHA-384", "SHA-512", "HMAC", "HKDF", "PBKDF2"],
    ["AES-CBC", "AES-CTR", "AES-GCM", "AES-KW", "RSASSA-PKCS1-v1_5", "RSA-PSS", "RSA-OAEP"],
    ["ECDSA", "ECDH", "Ed25519", "X25519"],
  ].flatMap((names) => names.map((name) => name.toUpperCase())),
);

/** Where each method takes its algorithm. */
const POSITIONS: Readonly<Record<string, readonly number[]>> = {
  digest: [0],
  encrypt: [0],
  decrypt: [0],
  sign: [0],
  verify: [0],
  generateKey: [0],
  importKey: [2],
  deriveBits: [0],
  deriveKey: [0, 2],
  wrapKey: [3],
  unwrapKey: [3, 4],
};

function check(algorithm: unknown): void {
  const name = typeof algorithm === "string" ? algorithm : (algorithm as { name?: unknown } | null)?.name;
  if (typeof name !== "string" || ALGORITHMS.has(name.toUpperCase())) return;
  throw new Error(`electron stand-in: Web Crypto has no "${name}" in Electron, whose Node is built on BoringSSL`);
}

/** Makes `crypto.subtle` refuse, by name, what Electron's lacks. */
export function guardSubtle(subtle: object): void {
  const members = Object.getPrototypeOf(subtle) as Record<string, (...args: unknown[]) => Promise<unknown>>;
  for (const [method, positions] of Object.entries(POSITIONS)) {
    const original = members[method];
    if (original === undefined) continue;
    Object.defineProperty(members, method, {
      configurable: true,
      writable: true,
      async value(this: unknown, ...args: unknown[]): Promise<unknown> {
        for (const position of positions) check(args[position]);
        return Reflect.apply(original, this, args);
      },
    });
  }
}
