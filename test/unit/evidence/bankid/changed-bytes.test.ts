import { describe, expect, test } from "vitest";

import { verifyBankIdEvidence } from "../../../../electron/evidence/bankid/verify-bankid-evidence.ts";
import { haveVectors, vectorBytes, vectorQuestion } from "./bankid-vectors.ts";

describe.skipIf(!haveVectors)("the vector after a change (skipped without the shared vectors)", () => {
  test("every single changed byte of the XML is noticed, in the signed parts by more than the response's nonce", () => {
    const original = Buffer.from(vectorBytes("signature.xml"));
    const text = original.toString("latin1");
    const { evidence, ...rest } = vectorQuestion();
    const signed = ["SignedInfo", "SignatureValue", "KeyInfo", "bankIdSignedData"].map((name) => {
      const start = text.indexOf(`<${name}`);
      return [start, text.indexOf(`</${name}>`) + name.length + 3] as const;
    });
    const unnoticed: number[] = [];
    const onlyByNonce: number[] = [];
    let inSigned = 0;
    for (let at = 0; at < original.length; at += 1) {
      const changed = Buffer.from(original);
      // The lowest bit: letters stay letters, so that most changes leave well-formed XML and Base64.
      changed[at] = changed[at]! ^ 1;
      const signature = changed.toString("base64");
      const { verdict, problems } = verifyBankIdEvidence({ ...rest, evidence: { ...evidence, signature } });
      if (verdict !== "failed") {
        unnoticed.push(at);
      }
      const isSigned = signed.some(([start, end]) => at >= start && at < end);
      inSigned += isSigned ? 1 : 0;
      if (isSigned && problems.every(({ code }) => code === "ocsp-nonce")) {
        onlyByNonce.push(at);
      }
    }
    expect(inSigned).toBeGreaterThan(8000);
    expect(unnoticed).toEqual([]);
    expect(onlyByNonce).toEqual([]);
  }, 120_000);

  test("every single changed byte of what the responder signed is noticed", () => {
    const original = Buffer.from(vectorBytes("ocsp.der"));
    const { evidence, ...rest } = vectorQuestion();
    // openssl asn1parse: BasicOCSPResponse at 30, its responseData at 34 with header 4 and 298 bytes.
    expect(original.subarray(34, 38).toString("hex")).toBe("3082012a");
    const unnoticed: number[] = [];
    for (let at = 34; at < 38 + 298; at += 1) {
      for (const bit of [1, 0x10, 0x80]) {
        const changed = Buffer.from(original);
        changed[at] = changed[at]! ^ bit;
        const ocspResponse = changed.toString("base64");
        const { verdict } = verifyBankIdEvidence({ ...rest, evidence: { ...evidence, ocspResponse } });
        if (verdict !== "failed") {
          unnoticed.push(at);
        }
      }
    }
    expect(unnoticed).toEqual([]);
  }, 60_000);
});
