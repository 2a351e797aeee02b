import { X509Certificate } from "node:crypto";
import { parseCertificate, parseCertificates } from "../../electron/pki/certificate.ts";
import { checkSignerInfo } from "../../electron/pki/check-signer-info.ts";
import { parseSignedData } from "../../electron/pki/cms-signed-data.ts";
import { findRevoked, parseCrl } from "../../electron/pki/crl.ts";
import { DerProblem } from "../../electron/pki/der-reader.ts";
import { nameText } from "../../electron/pki/name.ts";
import { parseOcspResponse } from "../../electron/pki/ocsp.ts";
import { parseTimestampResponse, parseTimestampToken } from "../../electron/pki/timestamp.ts";
import { makeTimestamp } from "../attacks/test-cms.ts";
import type { Victims } from "../attacks/attack.ts";
import { corpusSeeds } from "./corpus-seeds.ts";
import { mutateDer } from "./der-mutations.ts";
import { type FuzzTarget, mayThrowOnly } from "./target.ts";

function target(name: string, seeds: readonly Uint8Array[], run: (bytes: Uint8Array) => void): FuzzTarget {
  return { name, seeds, mutate: mutateDer, complaint: (bytes) => mayThrowOnly([DerProblem], () => run(bytes)) };
}

/** The parsers of certificates, revocation data, signatures and timestamps, each on its own. */
export function pkiTargets({ pki, table }: Victims): readonly FuzzTarget[] {
  const hex = /\/Contents <([0-9a-f]+)>/iu.exec(table.text)?.[1] ?? "";
  const cms = new Uint8Array(Buffer.from(hex.replace(/(?:00)+$/u, ""), "hex"));
  const stamp = makeTimestamp(new Uint8Array(32), pki.stampAuthority, "2026-05-01T00:00:00Z");
  const certificates = [pki.rootCertificate.der, ...corpusSeeds("pki", /\.crt$/u)];
  return [
    { ...target("certificate", certificates, readCertificate), complaint: certificateComplaint },
    target("crl", [...corpusSeeds("pki", /\.crl$/u), cms], (bytes) => findRevoked(parseCrl(bytes), 4711n)),
    target("ocsp", [...corpusSeeds("pki", /(?:ocsp\.bin|resp\.der|\.ors)$/u), cms], (bytes) =>
      parseOcspResponse(bytes),
    ),
    target("cms", [cms, ...corpusSeeds("pki", /length\.der$/u)], readSignedData),
    target("timestamp", [stamp, ...corpusSeeds("pki", /\.tst$/u)], (bytes) => parseTimestampToken(bytes)),
    target("timestamp-response", [stamp, ...corpusSeeds("pki", /\.tsr$/u)], (bytes) => parseTimestampResponse(bytes)),
  ];
}

function readCertificate(bytes: Uint8Array): void {
  const { subject, issuer } = parseCertificate(bytes);
  nameText(subject);
  nameText(issuer);
  parseCertificates(bytes);
}

/** Where OpenSSL reads the certificate too, both must see the same number and the same times. */
function certificateComplaint(bytes: Uint8Array): string | null {
  const thrown = mayThrowOnly([DerProblem], () => readCertificate(bytes));
  if (thrown !== null) {
    return thrown;
  }
  try {
    const ours = parseCertificate(bytes);
    const theirs = new X509Certificate(bytes);
    const number = BigInt(`0x${theirs.serialNumber.replace("-", "")}`);
    const times = [theirs.validFromDate.getTime(), theirs.validToDate.getTime()];
    const same =
      (ours.serialNumber < 0n || number === ours.serialNumber) &&
      times.every((time, index) => Number.isNaN(time) || time === [ours.notBefore, ours.notAfter][index]?.getTime());
    return same ? null : `reads ${ours.serialNumber} ${ours.notBefore.toJSON()}, OpenSSL ${number} ${theirs.validFrom}`;
  } catch {
    // One of the two refused it.
    return null;
  }
}

function readSignedData(bytes: Uint8Array): void {
  const { signerInfos, certificates } = parseSignedData(bytes);
  for (const signer of signerInfos) {
    for (const certificate of certificates) {
      checkSignerInfo({ signer, certificate, contentDigest: new Uint8Array(32), contentType: "1.2.840.113549.1.7.1" });
    }
  }
}
