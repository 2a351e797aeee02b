import { describe, expect, test } from "vitest";
import { importPrivateKey, verifySignature } from "../../../electron/pki/algorithms.ts";
import { DerProblem } from "../../../electron/pki/der-reader.ts";
import { parsePrivateKeyInfo } from "../../../electron/pki/private-key-info.ts";

const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, "base64"));

describe("published private keys", () => {
  // RFC 8410 10.3: the same key without and with attributes and public key (OneAsymmetricKey, version 2).
  const first = "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC";
  const second =
    "MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhCoB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
  // RFC 8410 10.1.
  const publicKey = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";

  test.each([first, second])("of RFC 8410 give the public key that stands there: %s", (key) => {
    expect(Buffer.from(importPrivateKey(fromBase64(key)).spki).toString("base64")).toBe(publicKey);
  });

  test("a brainpool scalar gives the point that RFC 7027 A.1 computes from it", () => {
    const scalar = "81DB1EE100150FF2EA338D708271BE38300CB54241D79950F77B063039804F1D";
    const x = "44106E913F92BC02A1705D9953A8414DB95E1AAA49E81D9E85F929A8E3100BE5";
    const y = "8AB4846F11CACCB73CE49CBDD120F5A900A69FD32C272223F789EF10EB089BDC";
    const pkcs8 = Buffer.from(
      `3042020100301406072A8648CE3D020106092B2403030208010107042730250201010420${scalar}`,
      "hex",
    );
    expect(parsePrivateKeyInfo(pkcs8)).toMatchObject({ kind: "ec", curve: "brainpoolP256r1" });
    const key = importPrivateKey(pkcs8);
    expect(Buffer.from(key.spki).toString("hex").toUpperCase().endsWith(`04${x}${y}`)).toBe(true);
  });

  test("a P-256 key signs the deterministic value of RFC 6979 A.2.5", () => {
    const scalar = "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721";
    const pkcs8 = `3041020100301306072A8648CE3D020106082A8648CE3D030107042730250201010420${scalar}`;
    const key = importPrivateKey(new Uint8Array(Buffer.from(pkcs8, "hex")));
    const value = key.sign({ kind: "ecdsa", digest: "SHA-256", format: "der" }, new TextEncoder().encode("sample"));
    const r = "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716";
    const s = "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8";
    expect(Buffer.from(value).toString("hex").toUpperCase()).toBe(`3046022100${r}022100${s}`);
  });
});

describe("what is no good", () => {
  test("a scalar of zero or beyond the order, a broken key and another kind are refused", () => {
    const p256 = (scalar: string) =>
      new Uint8Array(
        Buffer.from(`3041020100301306072A8648CE3D020106082A8648CE3D030107042730250201010420${scalar}`, "hex"),
      );
    expect(() => importPrivateKey(p256("00".repeat(32)))).toThrow(/scalar|private|range/iu);
    expect(() => importPrivateKey(p256("FF".repeat(32)))).toThrow(/scalar|private|range/iu);
    expect(() => parsePrivateKeyInfo(p256("01".repeat(20)))).toThrow(DerProblem);
    // X25519 (RFC 8410): agrees on keys, signs nothing.
    expect(
      parsePrivateKeyInfo(fromBase64("MC4CAQAwBQYDK2VuBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC")),
    ).toBeUndefined();
  });

  test("a key that was wiped signs nothing that fits it", () => {
    const pkcs8 = `3041020100301306072A8648CE3D020106082A8648CE3D030107042730250201010420${"01".repeat(32)}`;
    const key = importPrivateKey(new Uint8Array(Buffer.from(pkcs8, "hex")));
    const scheme = { kind: "ecdsa", digest: "SHA-256", format: "der" } as const;
    const message = { kind: "data", bytes: Uint8Array.of(1) } as const;
    expect(verifySignature(key.spki, scheme, message, key.sign(scheme, message.bytes))).toBe("valid");
    key.wipe();
    expect(() => key.sign(scheme, message.bytes)).toThrow(/scalar|private|range/iu);
  });
});
