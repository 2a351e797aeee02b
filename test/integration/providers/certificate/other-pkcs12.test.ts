import { execFileSync, spawnSync } from "node:child_process";
import { createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subjectName } from "../../../../electron/pki/certificate.ts";
import { readDer } from "../../../../electron/pki/der-reader.ts";
import { readOctetString } from "../../../../electron/pki/der-values.ts";
import * as der from "../../../../electron/pki/der-writer.ts";
import { openPkcs12 } from "../../../../electron/providers/certificate/open-pkcs12.ts";

/** Files of programs other than a plain `openssl pkcs12 -export`: Java's keytool, NSS, and rarer protections. */
let folder = "";
const PASSWORD = "pass word";
const run = (tool: string, ...args: readonly string[]) =>
  execFileSync(tool, args, { cwd: folder, stdio: "pipe", timeout: 60_000 });
const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
const has = (tool: string, argument: string) => spawnSync(tool, [argument]).error === undefined;
const hasKeytool = has("keytool", "-help");
const hasNss = has("pk12util", "-H") && has("certutil", "-H");

/** Who is in the file, or why it does not open; a wrong password beside it. */
function opened(file: Uint8Array): readonly [string, string] {
  const [right, wrong] = [openPkcs12(Uint8Array.from(file), PASSWORD), openPkcs12(Uint8Array.from(file), "wrong")];
  return [right.ok ? subjectName(right.value.chain[0]!) : right.failure.code, wrong.ok ? "opened" : wrong.failure.code];
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sealdesk-other-p12-"));
  run("openssl", ..."req -x509 -newkey rsa:2048 -nodes -keyout k.key -out k.pem -subj /CN=Kim -days 2".split(" "));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function exported(...options: readonly string[]): Uint8Array {
  const parts = ["-inkey", "k.key", "-in", "k.pem", "-out", "k.p12", "-passout", `pass:${PASSWORD}`];
  run("openssl", "pkcs12", "-export", ...parts, ...options);
  return read("k.p12");
}

describe("encryptions and integrity codes of OpenSSL", () => {
  test.each(
    ["aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "PBE-SHA1-3DES"].flatMap((cipher) =>
      ["sha1", "sha256", "sha384", "sha512"].map((mac) => [cipher, mac] as const),
    ),
  )("%s with %s opens, and a wrong password is called one", (cipher, mac) => {
    const file = exported("-keypbe", cipher, "-certpbe", cipher, "-macalg", mac);
    expect(opened(file)).toEqual(["Kim", "certificate.wrong-password"]);
  });

  test("without an integrity code it opens too", () => {
    expect(opened(exported("-nomac"))[0]).toBe("Kim");
  });

  test("a cipher that we lack is not called a wrong password", () => {
    const file = exported("-keypbe", "camellia-256-cbc", "-certpbe", "camellia-256-cbc");
    expect(opened(file)).toEqual(["certificate.unsupported-file", "certificate.wrong-password"]);
  });
});

interface Hash {
  readonly name: string;
  readonly oid: string;
}

describe("PBMAC1 (RFC 9879)", () => {
  /** OpenSSL's file without a code, and a code of the new kind around it. */
  function withPbmac1(hmac: Hash, prf: Hash, derivation = "1.2.840.113549.1.5.12") {
    const [version, content] = readDer(exported("-nomac")).children;
    const octets = readOctetString(content!.children[1]!.children[0]);
    const salt = randomBytes(8);
    const key = pbkdf2Sync(PASSWORD, salt, 2_048, 32, prf.name);
    const named = (oid: string) => der.sequence(der.oid(oid), der.nullValue());
    const parameters = der.sequence(der.octetString(salt), der.integer(2_048), der.integer(32), named(prf.oid));
    const algorithm = der.sequence(
      der.oid("1.2.840.113549.1.5.14"),
      der.sequence(der.sequence(der.oid(derivation), parameters), named(hmac.oid)),
    );
    const code = der.octetString(createHmac(hmac.name, key).update(octets).digest());
    const unused = [der.octetString(new TextEncoder().encode("NOT USED")), der.integer(1)];
    return der.sequence(version!.raw, content!.raw, der.sequence(der.sequence(algorithm, code), ...unused));
  }
  const SHA256: Hash = { name: "sha256", oid: "1.2.840.113549.2.9" };
  const SHA512: Hash = { name: "sha512", oid: "1.2.840.113549.2.11" };

  test.each([
    [SHA256, SHA256],
    [SHA256, SHA512],
    [SHA512, SHA512],
  ])("%o with %o opens here as in OpenSSL, and a wrong password is called one", (hmac, prf) => {
    const file = withPbmac1(hmac, prf);
    // Node's own OpenSSL (3.5) knows PBMAC1: it agrees that the file is one, and which password is right.
    expect(() => createSecureContext({ pfx: Buffer.from(file), passphrase: PASSWORD })).not.toThrow();
    expect(() => createSecureContext({ pfx: Buffer.from(file), passphrase: "wrong" })).toThrow(/mac verify failure/iu);
    expect(opened(file)).toEqual(["Kim", "certificate.wrong-password"]);
  });

  test("one changed byte of the content is not opened", () => {
    const file = withPbmac1(SHA256, SHA256);
    file[200]! ^= 1;
    expect(opened(file)[0]).toBe("certificate.wrong-password");
  });

  test("another key derivation than PBKDF2 is unsupported, not a wrong password", () => {
    // scrypt (RFC 7914 7.1).
    const file = withPbmac1(SHA256, SHA256, "1.3.6.1.4.1.11591.4.11");
    expect(opened(file)).toEqual(["certificate.unsupported-file", "certificate.unsupported-file"]);
  });
});

describe.skipIf(!hasKeytool)(`Java's keytool${hasKeytool ? "" : " (skipped: keytool is not installed)"}`, () => {
  const generate = (alias: string, more: readonly string[], java: readonly string[] = []) => {
    const store = ["-keystore", "java.p12", "-storetype", "PKCS12", "-storepass", PASSWORD];
    run("keytool", ...java, "-genkeypair", "-alias", alias, "-dname", `CN=${alias}`, ...store, ...more);
  };

  test("of two keys in one file the one for signing is taken, and its own certificate with it", () => {
    generate("login", ["-keyalg", "RSA", "-keysize", "2048", "-ext", "KeyUsage=digitalSignature"]);
    generate("signing", ["-keyalg", "EC", "-groupname", "secp384r1", "-ext", "KeyUsage=nonRepudiation"]);
    expect(opened(read("java.p12"))).toEqual(["signing", "certificate.wrong-password"]);
    rmSync(join(folder, "java.p12"));
  });

  test("Ed25519 under HMAC-SHA-384 and HMAC-SHA-512 opens", () => {
    generate(
      "ed",
      ["-keyalg", "Ed25519"],
      [
        "-J-Dkeystore.pkcs12.keyProtectionAlgorithm=PBEWithHmacSHA512AndAES_256",
        "-J-Dkeystore.pkcs12.certProtectionAlgorithm=PBEWithHmacSHA384AndAES_128",
        "-J-Dkeystore.pkcs12.macAlgorithm=HmacPBESHA512",
      ],
    );
    expect(opened(read("java.p12"))).toEqual(["ed", "certificate.wrong-password"]);
  });
});

describe.skipIf(!hasNss)(`NSS${hasNss ? "" : " (skipped: pk12util is not installed)"}`, () => {
  test("a file in BER with indefinite lengths opens, as Firefox and Windows write them", () => {
    writeFileSync(join(folder, "in.p12"), exported("-name", "Kim"));
    mkdirSync(join(folder, "db"));
    run("certutil", "-N", "-d", "sql:db", "--empty-password");
    run("pk12util", "-i", "in.p12", "-d", "sql:db", "-W", PASSWORD);
    run("pk12util", "-o", "out.p12", "-d", "sql:db", "-n", "Kim", "-W", PASSWORD);
    const file = read("out.p12");
    // X.690 8.1.3.6: the length octet 80 says that the end is marked.
    expect([...file.subarray(0, 2)]).toEqual([0x30, 0x80]);
    expect(opened(file)).toEqual(["Kim", "certificate.wrong-password"]);
  }, 120_000);
});
