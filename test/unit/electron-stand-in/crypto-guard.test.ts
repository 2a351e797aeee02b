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
