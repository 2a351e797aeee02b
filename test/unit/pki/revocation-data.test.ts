import { describe, expect, test } from "vitest";

import { generateRsaKeyPair } from "../../../electron/pki/algorithms.ts";
import { parseCertificates } from "../../../electron/pki/certificate.ts";
import { findRevoked, parseCrl } from "../../../electron/pki/crl.ts";
import * as der from "../../../electron/pki/der-writer.ts";
import { checkOcspSigner, ocspStatusOf, parseOcspResponse } from "../../../electron/pki/ocsp.ts";
import { ocspRequest, parseOcspRequest } from "../../../electron/pki/ocsp-request.ts";
import { OID } from "../../../electron/pki/oids.ts";
import { encodeScheme } from "../../../electron/pki/signature-scheme.ts";
import { corpusFile, corpusNote, hasCorpus, hasVectors, vectorFile, vectorsNote } from "./corpus-file.ts";

const base64 = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(Buffer.from(new TextDecoder().decode(bytes), "base64"));

describe.skipIf(!hasVectors)(`the BankID example${vectorsNote}`, () => {
  test("has an OCSP response by a delegated responder that says good", () => {
    const response = parseOcspResponse(vectorFile("bankid-ocsp.der"));
    const [leaf, issuer] = parseCertificates(vectorFile("bankid-chain.pem"));
    if (leaf === undefined || issuer === undefined) {
      throw new Error("the vector has a chain");
    }
    expect(checkOcspSigner(response, issuer)).toMatchObject({ ok: true });
    expect(ocspStatusOf(response, leaf, issuer)).toMatchObject({ status: { kind: "good" } });
    expect(response.producedAt.toISOString()).toBe("2017-05-18T13:01:20.000Z");
    // The issuer was not asked about itself.
    expect(ocspStatusOf(response, issuer, issuer)).toBeUndefined();
  });
});

describe.skipIf(!hasCorpus)(`OCSP responses${corpusNote}`, () => {
  const one = (name: string): ReturnType<typeof parseCertificates>[number] => {
    const [certificate] = parseCertificates(corpusFile(name));
    if (certificate === undefined) {
      throw new Error(`${name} holds a certificate`);
    }
    return certificate;
  };

  test("by a delegated responder are accepted, with a broken signature refused", () => {
    const leaf = one("wb__D1_Cert_EE.pem");
    const issuer = one("wb__D1_Issuer_ICA.pem");
    const good = parseOcspResponse(base64(corpusFile("wb__D1.ors")));
    expect(checkOcspSigner(good, issuer)).toMatchObject({ ok: true });
    expect(ocspStatusOf(good, leaf, issuer)?.status.kind).toBe("good");
    const bad = parseOcspResponse(base64(corpusFile("wb__ISOP_D1.ors")));
    expect(checkOcspSigner(bad, issuer)).toEqual({ ok: false, problem: "signature-invalid" });
  });

  test("that say revoked give the time", () => {
    const [single] = parseOcspResponse(corpusFile("dssx__sk_ocsp.bin")).responses;
    expect(single?.status).toMatchObject({ kind: "revoked", time: new Date("2017-10-31T17:23:32Z") });
  });

  test("answer the question that we asked", () => {
    const leaf = one("wb__D1_Cert_EE.pem");
    const issuer = one("wb__D1_Issuer_ICA.pem");
    const { requests, nonce } = parseOcspRequest(ocspRequest(leaf, issuer, Uint8Array.of(1, 2, 3)));
    const [answer] = parseOcspResponse(base64(corpusFile("wb__D1.ors"))).responses;
    expect(requests[0]?.serialNumber).toBe(answer?.serialNumber);
    expect(Buffer.from(requests[0]?.issuerKeyHash ?? []).equals(Buffer.from(answer?.issuerKeyHash ?? []))).toBe(true);
    expect([...(nonce ?? [])]).toEqual([4, 3, 1, 2, 3]);
  });
});

describe("revocation lists", () => {
  test("of 100,000 entries are searched without being kept", async () => {
    const key = await generateRsaKeyPair();
    const scheme = { kind: "rsa-pkcs1", digest: "SHA-256" } as const;
    const name = der.sequence(der.set(der.sequence(der.oid(OID.commonName), der.utf8String("Test"))));
    const now = der.utcTime(new Date("2026-01-01T00:00:00Z"));
    const reason = der.sequence(der.sequence(der.oid(OID.reasonCode), der.octetString(der.enumerated(1))));
    const entries = Array.from({ length: 100_000 }, (_, index) =>
      der.sequence(der.integer(2n ** 100n + BigInt(index * 2)), now, ...(index === 99_999 ? [reason] : [])),
    );
    const tbs = der.sequence(der.integer(1), encodeScheme(scheme), name, now, now, der.sequence(...entries));
    const crl = parseCrl(der.sequence(tbs, encodeScheme(scheme), der.bitString(key.sign(scheme, tbs))));
    expect(findRevoked(crl, 2n ** 100n + 199_998n)).toEqual({ time: new Date("2026-01-01T00:00:00Z"), reason: 1 });
    expect(findRevoked(crl, 2n ** 100n + 1n)).toBeUndefined();
  });

  test.skipIf(!hasCorpus)(`of real authorities are read${corpusNote}`, () => {
    const estonian = parseCrl(corpusFile("dssx__EE-GovCA2018.crl"));
    expect(estonian.entries?.children.length).toBe(1);
    const belgian = parseCrl(corpusFile("dssx__belgium2.crl"));
    expect(belgian.nextUpdate).toBeInstanceOf(Date);
  });
});
