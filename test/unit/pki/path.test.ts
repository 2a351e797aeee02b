import { describe, expect, test } from "vitest";

import {
  type Certificate,
  parseCertificate,
  parseCertificates,
  subjectName,
} from "../../../electron/pki/certificate.ts";
import { nameText } from "../../../electron/pki/name.ts";
import { validatePath } from "../../../electron/pki/path.ts";
import { corpusFile, corpusNote, hasCorpus, hasVectors, vectorFile, vectorsNote } from "./corpus-file.ts";

describe.skipIf(!hasVectors)(`the example chain of itsme${vectorsNote}`, () => {
  const chain = (): readonly [Certificate, Certificate, Certificate] => {
    const [leaf, issuing, root] = parseCertificates(vectorFile("itsme-chain.pem"));
    if (leaf === undefined || issuing === undefined || root === undefined) {
      throw new Error("the vector has three certificates");
    }
    return [leaf, issuing, root];
  };
  const judge = (at: string, anchors: readonly Certificate[]): ReturnType<typeof validatePath> => {
    const [leaf, issuing, root] = chain();
    return validatePath({
      target: leaf,
      candidates: [root, issuing],
      anchors,
      at: new Date(at),
      purpose: "document-signing",
    });
  };

  test("is a qualified certificate for a natural person", () => {
    const [leaf] = chain();
    expect(subjectName(leaf)).toBe("Test Stephane");
    expect(nameText(leaf.subject)).toBe("CN=Test Stephane,GN=Stephane,SN=Test,serialNumber=89112433518,L=Brussel,C=BE");
    expect(leaf.qcStatements).toMatchObject({ compliance: true, sscd: true, types: ["0.4.0.1862.1.6.1"] });
    expect([...(leaf.keyUsage ?? [])]).toEqual(["digitalSignature", "nonRepudiation"]);
    expect(leaf.accessUrls.ocsp).toEqual(["http://ocspdev.quovadisglobal.com"]);
  });

  test("verifies on 2021-03-01", () => {
    const [leaf, issuing, root] = chain();
    expect(judge("2021-03-01", [root])).toEqual({ ok: true, chain: [leaf, issuing, root] });
  });

  test("has expired today and was not yet valid in 2020", () => {
    const [, , root] = chain();
    expect(judge("2026-01-01", [root])).toMatchObject({ ok: false, problem: { code: "expired" } });
    expect(judge("2020-05-01", [root])).toMatchObject({ ok: false, problem: { code: "not-yet-valid" } });
  });

  test("leads nowhere without an anchor", () => {
    expect(judge("2021-03-01", [])).toMatchObject({ ok: false, problem: { code: "no-chain" } });
  });

  test("does not verify after one bit of the issued certificate is changed", () => {
    const [leaf, issuing, root] = chain();
    const changed = Uint8Array.from(leaf.der);
    changed[leaf.tbs.length - 20] = (changed[leaf.tbs.length - 20] ?? 0) ^ 1;
    const target = parseCertificate(changed);
    const result = validatePath({
      target,
      candidates: [issuing],
      anchors: [root],
      at: new Date("2021-03-01"),
      purpose: "any",
    });
    expect(result).toMatchObject({ ok: false, problem: { code: "no-chain" } });
  });

  test("may not be used for timestamps", () => {
    const [leaf, issuing, root] = chain();
    const result = validatePath({
      target: leaf,
      candidates: [issuing],
      anchors: [root],
      at: new Date("2021-03-01"),
      purpose: "time-stamping",
    });
    expect(result).toMatchObject({ ok: false, problem: { code: "constraint" } });
  });

  test("has no end certificate that may issue others", () => {
    const [leaf, issuing] = chain();
    // The leaf as anchor of itself is fine; as an issuer it must not be.
    const result = validatePath({
      target: issuing,
      candidates: [],
      anchors: [leaf],
      at: new Date("2021-03-01"),
      purpose: "any",
    });
    expect(result.ok).toBe(false);
  });
});

describe.skipIf(!hasCorpus)(`NIST PKITS${corpusNote}`, () => {
  const [anchor] = hasCorpus ? parseCertificates(corpusFile("wb__pkits-TrustAnchorRootCertificate.crt")) : [];
  const at = new Date("2015-01-01");

  test("4.1.3: an end certificate with a wrong signature has no chain", () => {
    const [target] = parseCertificates(corpusFile("wb__pkits-InvalidEESignatureTest3EE.crt"));
    const anchors = anchor === undefined ? [] : [anchor];
    expect(target).toBeDefined();
    expect(target && validatePath({ target, candidates: [], anchors, at, purpose: "any" }).ok).toBe(false);
  });

  test("the trust anchor alone is its own chain", () => {
    expect(anchor && validatePath({ target: anchor, candidates: [], anchors: [anchor], at, purpose: "any" }).ok).toBe(
      true,
    );
  });
});
