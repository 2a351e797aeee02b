import { ContentInfo, SignedData as PkijsSignedData } from "pkijs";
import { describe, expect, test } from "vitest";

import { checkSignerInfo, contentDigest, findSigner } from "../../../electron/pki/check-signer-info.ts";
import { parseSignedData } from "../../../electron/pki/cms-signed-data.ts";
import { DerProblem } from "../../../electron/pki/der-reader.ts";
import { OID } from "../../../electron/pki/oids.ts";
import { corpusFile, corpusNote, hasCorpus } from "./corpus-file.ts";

describe.skipIf(!hasCorpus)(`CMS${corpusNote}`, () => {
  test("in indefinite-length BER is read and flagged, and judged as openssl cms judges it", () => {
    const bytes = corpusFile("asn__cms-signed-indefinite-length.der");
    const signedData = parseSignedData(bytes);
    expect(signedData.usesBer).toBe(true);
    // The file ends with a line feed behind the CMS.
    expect([...bytes.subarray(signedData.length)]).toEqual([0x0a]);
    const [signer] = signedData.signerInfos;
    const certificate = signer && findSigner(signedData, signer);
    const hash = signer && contentDigest(signer, signedData.content ?? new Uint8Array());
    if (signer === undefined || certificate === undefined || hash === undefined) {
      throw new Error("the sample has one signer with its certificate");
    }
    const problems = checkSignerInfo({ signer, certificate, contentDigest: hash, contentType: signedData.contentType });
    // openssl cms -verify: "verification failure" in CMS_SignerInfo_verify_content; the signature value itself is right.
    expect(problems.map(({ code }) => code)).toEqual(["cms.digest-mismatch"]);
  });

  test("of a timestamp is read as pkijs reads it", () => {
    const bytes = corpusFile("dssx__d-trust.tsr");
    const own = parseSignedData(bytes);
    const other = new PkijsSignedData({ schema: ContentInfo.fromBER(Uint8Array.from(bytes)).content });
    expect(own.certificates.length).toBe(other.certificates?.length);
    expect(own.signerInfos.length).toBe(other.signerInfos.length);
    expect(own.contentType).toBe(other.encapContentInfo.eContentType);
    const theirs = other.signerInfos[0]?.signedAttrs?.attributes.map(({ type }) => type);
    expect(own.signerInfos[0]?.signedAttributes?.map(({ oid }) => oid)).toEqual(theirs);
    expect(own.contentType).toBe(OID.tstInfo);
  });

  test("leaves the padding of a placeholder alone", () => {
    const bytes = corpusFile("dssx__d-trust.tsr");
    const padded = new Uint8Array(bytes.length + 1000);
    padded.set(bytes);
    expect(parseSignedData(padded).length).toBe(bytes.length);
  });

  test("that is cut off is refused", () => {
    const bytes = corpusFile("dssx__d-trust.tsr");
    for (const length of [0, 1, 10, 100, bytes.length - 1]) {
      expect(() => parseSignedData(bytes.subarray(0, length))).toThrow(DerProblem);
    }
  });
});
