import { createPublicKey, verify } from "node:crypto";
import { describe, expect, test } from "vitest";

import {
  digest,
  generateEcKeyPair,
  generateEd25519KeyPair,
  generateRsaKeyPair,
  importPrivateKey,
  sha256,
  verifySignature,
} from "../../../electron/pki/algorithms.ts";
import * as der from "../../../electron/pki/der-writer.ts";
import { OID } from "../../../electron/pki/oids.ts";
import type { SignatureScheme } from "../../../electron/pki/signature-scheme.ts";
import { corpusFile, corpusNote, hasCorpus } from "./corpus-file.ts";

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));
const message = new TextEncoder().encode("sample");
const data = { kind: "data", bytes: message } as const;
const nodeKey = (spki: Uint8Array): ReturnType<typeof createPublicKey> =>
  createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });

const ecKey = (curve: string, point: string): Uint8Array =>
  der.sequence(der.sequence(der.oid(OID.ecPublicKey), der.oid(curve)), der.bitString(hex(`04${point}`)));

const ecdsaValue = (r: string, s: string): Uint8Array => der.sequence(der.integer(hex(r)), der.integer(hex(s)));

// RFC 6979 A.2.5: P-256, message "sample".
const P256_POINT =
  "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6" +
  "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
const P256_SHA256 = ecdsaValue(
  "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
  "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
);

describe("signature values", () => {
  test("of RFC 6979 verify over data and over the digest", () => {
    const spki = ecKey(OID.p256, P256_POINT);
    const scheme = { kind: "ecdsa", digest: "SHA-256", format: "der" } as const;
    expect(verifySignature(spki, scheme, data, P256_SHA256)).toBe("valid");
    expect(verifySignature(spki, scheme, { kind: "digest", bytes: sha256(message) }, P256_SHA256)).toBe("valid");
    expect(verifySignature(spki, scheme, { kind: "data", bytes: hex("00") }, P256_SHA256)).toBe("invalid");
  });

  test("of RFC 8032 7.1 (Ed25519, test 2) verify", () => {
    const spki = der.sequence(
      der.sequence(der.oid(OID.ed25519)),
      der.bitString(hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")),
    );
    const value = hex(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    );
    expect(verifySignature(spki, { kind: "ed25519" }, { kind: "data", bytes: hex("72") }, value)).toBe("valid");
    expect(verifySignature(spki, { kind: "ed25519" }, { kind: "data", bytes: hex("73") }, value)).toBe("invalid");
  });

  test("of RFC 8032 7.4 (Ed448, one octet) verify without the platform's help", () => {
    const spki = der.sequence(
      der.sequence(der.oid(OID.ed448)),
      der.bitString(
        hex(
          "43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c0866aea01eb00742802b8438ea4cb82169c235160627b4c3a9480",
        ),
      ),
    );
    const value = hex(
      "26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f4352541b143c4b981b7e18f62de8ccdf633fc1bf037ab7cd779805e0dbcc0aae1cb" +
        "cee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0ff3348ab21aa4adafd1d234441cf807c03a00",
    );
    expect(verifySignature(spki, { kind: "ed448" }, { kind: "data", bytes: hex("03") }, value)).toBe("valid");
    expect(verifySignature(spki, { kind: "ed448" }, { kind: "data", bytes: hex("04") }, value)).toBe("invalid");
  });

  test("are refused when the key is of another kind than the scheme", () => {
    const spki = ecKey(OID.p256, P256_POINT);
    expect(verifySignature(spki, { kind: "rsa-pkcs1", digest: "SHA-256" }, data, P256_SHA256)).toBe("key-mismatch");
  });

  test("are not judged for keys on unknown curves", () => {
    const spki = ecKey("1.2.3.4", P256_POINT);
    expect(verifySignature(spki, { kind: "ecdsa", digest: "SHA-256", format: "der" }, data, P256_SHA256)).toBe(
      "unsupported",
    );
  });
});

describe("signing", () => {
  const schemes: readonly SignatureScheme[] = [
    { kind: "rsa-pkcs1", digest: "SHA-256" },
    { kind: "rsa-pkcs1", digest: "SHA-512" },
    { kind: "rsa-pkcs1", digest: "SHA3-256" },
    { kind: "rsa-pss", digest: "SHA-256", mgfDigest: "SHA-256", saltLength: 32 },
    { kind: "rsa-pss", digest: "SHA-384", mgfDigest: "SHA-256", saltLength: 20 },
  ];

  test("with RSA gives values that node:crypto and we ourselves accept, and nobody after one bit is changed", async () => {
    const key = await generateRsaKeyPair();
    for (const scheme of schemes) {
      const value = key.sign(scheme, message);
      expect(verifySignature(key.spki, scheme, data, value)).toBe("valid");
      const changed = value.with(20, (value[20] ?? 0) ^ 1);
      expect(verifySignature(key.spki, scheme, data, changed)).toBe("invalid");
    }
    const pkcs1 = key.sign({ kind: "rsa-pkcs1", digest: "SHA-256" }, message);
    expect(verify("sha256", message, nodeKey(key.spki), pkcs1)).toBe(true);
    const pss = key.sign({ kind: "rsa-pss", digest: "SHA-256", mgfDigest: "SHA-256", saltLength: 32 }, message);
    expect(verify("sha256", message, { key: nodeKey(key.spki), padding: 6, saltLength: 32 }, pss)).toBe(true);
  });

  test("with ECDSA and Ed25519 gives values that node:crypto accepts", async () => {
    for (const [curve, name] of [
      ["P-256", "SHA-256"],
      ["P-384", "SHA-384"],
      ["P-521", "SHA-512"],
    ] as const) {
      const key = await generateEcKeyPair(curve);
      const value = key.sign({ kind: "ecdsa", digest: name, format: "der" }, message);
      expect(verify(name.replace("-", "").toLowerCase(), message, nodeKey(key.spki), value)).toBe(true);
      expect(verifySignature(key.spki, { kind: "ecdsa", digest: name, format: "der" }, data, value)).toBe("valid");
    }
    const key = await generateEd25519KeyPair();
    expect(verify(null, message, nodeKey(key.spki), key.sign({ kind: "ed25519" }, message))).toBe(true);
  });

  test("works with a key that was exported and imported again, and never shows it", async () => {
    const key = await generateRsaKeyPair();
    const again = importPrivateKey(key.exportPkcs8());
    expect(Buffer.from(again.spki).equals(Buffer.from(key.spki))).toBe(true);
    expect(JSON.stringify({ key: again })).toBe('{"key":"[private key]"}');
  });
});

interface Wycheproof {
  readonly testGroups: readonly {
    readonly keyDer?: string;
    readonly publicKeyDer?: string;
    readonly sha: string;
    readonly mgfSha: string;
    readonly sLen: number;
    readonly tests: readonly {
      readonly msg: string;
      readonly sig: string;
      readonly result: string;
      readonly tcId: number;
    }[];
  }[];
}

test.skipIf(!hasCorpus)(`RSA-PSS agrees with every Wycheproof vector${corpusNote}`, () => {
  const text = new TextDecoder().decode(corpusFile("wyc__rsa_pss_2048_sha256_mgf1_32_test.json"));
  const { testGroups } = JSON.parse(text) as Wycheproof;
  const wrong: number[] = [];
  let count = 0;
  for (const group of testGroups) {
    const spki = hex(group.keyDer ?? group.publicKeyDer ?? "");
    const scheme = { kind: "rsa-pss", digest: "SHA-256", mgfDigest: "SHA-256", saltLength: group.sLen } as const;
    for (const { msg, sig, result, tcId } of group.tests) {
      const valid = verifySignature(spki, scheme, { kind: "data", bytes: hex(msg) }, hex(sig)) === "valid";
      if (result !== "acceptable" && valid !== (result === "valid")) {
        wrong.push(tcId);
      }
      count += 1;
    }
  }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(50);
});

test("digests that BoringSSL lacks are right (FIPS 202, RFC 8419)", () => {
  const empty = new Uint8Array();
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
  expect(text(digest("SHA3-256", empty))).toBe("a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a");
  expect(text(digest("SHAKE256-512", empty))).toBe(
    "46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762fd75dc4ddd8c0f200cb05019d67b592f6fc821c49479ab48640292eacb3b7c4be",
  );
});
