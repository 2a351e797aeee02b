import forge from "node-forge";
import { encodePem } from "../../electron/pki/pem.ts";
import type { SandboxClock } from "../clock.ts";
import * as ext from "./extensions.ts";
import { distinguishedName, issueCertificate } from "./issue-certificate.ts";
import type { PkiStore } from "./pki-store.ts";
import { issuedAddresses, keyPem } from "./practice-pki.ts";
import type { PracticeServices } from "./practice-pki.ts";

/** No secret: it is shown to everybody who practises. */
export const PRACTICE_CERTIFICATE_PASSWORD = "practice";
const PERSON = "Pat Practice";
const day = 24 * 3600 * 1000;

/** A PKCS#12 file for people who want to try signing with a certificate and have none. */
export async function practiceCertificate(room: {
  readonly store: PkiStore;
  readonly services: PracticeServices;
  readonly clock: SandboxClock;
}): Promise<Uint8Array> {
  const { store, services, clock } = room;
  const now = clock.now();
  const identity = await store.identity({
    name: "practice-certificate",
    modulusBits: 2048,
    base: services.base,
    now,
    renew: true,
    issue: (key) =>
      issueCertificate({
        subject: distinguishedName([
          ["organization", "Sealdesk Practice"],
          ["surname", "Practice"],
          ["givenName", "Pat"],
          ["commonName", PERSON],
        ]),
        spki: key.spki,
        issuer: services.issuing,
        serial: store.newSerial(services.issuing.label),
        notBefore: new Date(now - day),
        notAfter: new Date(now + 2 * 365 * day),
        extensions: [
          ext.keyUsage("digitalSignature", "nonRepudiation"),
          ext.certificatePolicies(`${services.base}/practice-statement`),
          ...issuedAddresses(services.base),
        ],
      }),
  });
  const chain = [identity.certificate, services.issuing.certificate, services.root.certificate];
  return packed(keyPem(identity), chain);
}

/** RFC 7292 with PBES2 and AES-256, as the operating systems export it. */
function packed(key: string, chain: readonly Uint8Array[]): Uint8Array {
  const content = forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromPem(key),
    chain.map((certificate) => forge.pki.certificateFromPem(encodePem("CERTIFICATE", certificate))),
    PRACTICE_CERTIFICATE_PASSWORD,
    { algorithm: "aes256", friendlyName: PERSON },
  );
  return new Uint8Array(Buffer.from(forge.asn1.toDer(content).getBytes(), "latin1"));
}
