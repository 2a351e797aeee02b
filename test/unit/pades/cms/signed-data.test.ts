import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../../../electron/pki/algorithms.ts";
import { parseCertificate } from "../../../../electron/pki/certificate.ts";
import { signedAttributes } from "../../../../electron/pades/cms/signed-attributes.ts";
import { signedData } from "../../../../electron/pades/cms/signed-data.ts";
import { ECDSA, makeLocalSigner } from "../local-signer.ts";

// pkijs is the second opinion: another implementation reads and verifies what we wrote.
const signer = await makeLocalSigner();
const certificate = parseCertificate(signer.certificate);
const content = new TextEncoder().encode("the signed bytes of a document");
const attributes = signedAttributes(sha256(content), certificate);
const value = signer.key.sign(ECDSA, attributes);
const cms = signedData({
  signer: certificate,
  chain: [signer.certificate, signer.certificate],
  signedAttributes: attributes,
  digest: "SHA-256",
  scheme: ECDSA,
  value,
  timestampToken: null,
});

function read(): pkijs.SignedData {
  const parsed = asn1js.fromBER(cms);
  expect(parsed.offset).toBe(cms.length);
  return new pkijs.SignedData({ schema: new pkijs.ContentInfo({ schema: parsed.result }).content });
}

describe("the CMS of a signature", () => {
  test("verifies with another implementation over the detached content", async () => {
    const crypto = new pkijs.CryptoEngine({ name: "node", crypto: globalThis.crypto });
    const verified = await read().verify({ signer: 0, data: content.slice().buffer }, crypto);
    expect(verified).toBe(true);
    const other = new TextEncoder().encode("other bytes");
    await expect(read().verify({ signer: 0, data: other.buffer }, crypto)).rejects.toThrow("digest");
  });

  test("is detached, of version 1, with one signer, one digest and each certificate once", () => {
    const parsed = read();
    expect(parsed.version).toBe(1);
    expect(parsed.encapContentInfo.eContentType).toBe("1.2.840.113549.1.7.1");
    expect(parsed.encapContentInfo.eContent).toBeUndefined();
    expect(parsed.signerInfos).toHaveLength(1);
    expect(parsed.digestAlgorithms.map((one) => one.algorithmId)).toEqual(["2.16.840.1.101.3.4.2.1"]);
    expect(parsed.certificates).toHaveLength(1);
  });

  test("signs content-type, message-digest and signing-certificate-v2, and no signing-time", () => {
    const types = read().signerInfos[0]?.signedAttrs?.attributes.map((attribute) => attribute.type);
    expect(new Set(types)).toEqual(
      new Set(["1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.16.2.47"]),
    );
    expect(types).toHaveLength(3);
  });

  test("sorts the attributes as DER asks of a SET OF", () => {
    const set = asn1js.fromBER(attributes).result as asn1js.Set;
    const encoded = set.valueBlock.value.map((one) => Buffer.from(one.toBER()).toString("hex"));
    expect(encoded).toEqual(encoded.toSorted());
  });

  test("names the certificate by SHA-256, issuer and serial number", () => {
    const attribute = read().signerInfos[0]?.signedAttrs?.attributes.find(({ type }) => type.endsWith(".2.47"));
    const [list] = (attribute!.values[0] as asn1js.Sequence).valueBlock.value as asn1js.Sequence[];
    const [id] = list!.valueBlock.value as asn1js.Sequence[];
    const [hash, issuerSerial] = id!.valueBlock.value;
    expect(Buffer.from((hash as asn1js.OctetString).valueBlock.valueHexView)).toEqual(
      Buffer.from(sha256(signer.certificate)),
    );
    const [names, serial] = (issuerSerial as asn1js.Sequence).valueBlock.value;
    expect((serial as asn1js.Integer).toBigInt()).toBe(0x12_34_56n);
    const general = new pkijs.GeneralNames({ schema: names }).names[0];
    expect(general?.type).toBe(4);
  });
});
