import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";

const install = path.resolve(import.meta.dirname, "../../../tools/electron-stand-in/crypto-guard/install.ts");

/** Runs code after the guard is installed, in a process of its own: the guard changes `node:crypto` for good. */
function guarded(code: string): string {
  const script = `
    const { installCryptoGuard } = await import(${JSON.stringify(install)});
    installCryptoGuard();
    const crypto = await import("node:crypto");
    const { promisify } = await import("node:util");
    ${code}`;
  const result = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  return (result.stdout + result.stderr).trim();
}

test("a promised key pair still has both keys", () => {
  const code = `
    const pair = await promisify(crypto.generateKeyPair)("ec", { namedCurve: "P-256" });
    console.log(pair.privateKey.type, pair.publicKey.type);`;
  expect(guarded(code)).toBe("private public");
});

test("a curve that BoringSSL lacks is refused by name", () => {
  const code = 'await promisify(crypto.generateKeyPair)("ec", { namedCurve: "brainpoolP256r1" });';
  expect(guarded(code)).toContain('no curve "brainpoolP256r1"');
});

test("keys that BoringSSL's own reader refuses are read by ours, and sign", () => {
  const algorithms = path.resolve(import.meta.dirname, "../../../electron/pki/algorithms.ts");
  // The scalar of RFC 7027 A.1 on brainpoolP256r1, and the Ed25519 key of RFC 8410 10.3 in its newer form.
  const brainpool =
    "3042020100301406072A8648CE3D020106092B240303020801010704273025020101042081DB1EE100150FF2EA338D708271BE38300CB54241D79950F77B063039804F1D";
  const edwards =
    "MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhCoB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
  const code = `
    const { importPrivateKey, verifySignature } = await import(${JSON.stringify(algorithms)});
    const ways = [
      [Buffer.from("${brainpool}", "hex"), { kind: "ecdsa", digest: "SHA-256", format: "der" }],
      [Buffer.from("${edwards}", "base64"), { kind: "ed25519" }],
    ];
    for (const [pkcs8, scheme] of ways) {
      const key = importPrivateKey(new Uint8Array(pkcs8));
      const data = new Uint8Array([1, 2, 3]);
      console.log(verifySignature(key.spki, scheme, { kind: "data", bytes: data }, key.sign(scheme, data)));
    }`;
  expect(guarded(code)).toBe("valid\nvalid");
});
