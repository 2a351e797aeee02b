import { generateEcKeyPair } from "../../electron/pki/algorithms.ts";
import type { PdfSigner } from "../documents/sign-pdf.ts";
import * as ext from "../pki/extensions.ts";
import { distinguishedName, issueCertificate, serialHexOf } from "../pki/issue-certificate.ts";
import type { PkiStore } from "../pki/pki-store.ts";
import { issuedAddresses } from "../pki/practice-pki.ts";
import type { PracticeServices } from "../pki/practice-pki.ts";
import { fullName } from "./persons.ts";
import type { PersonDetails } from "./persons.ts";

/** A signer whose certificate can be revoked. */
export interface OneTimeSigner extends PdfSigner {
  /** As in the revocation list. */
  readonly serialHex: string;
}

/** Clocks of others may be a little behind. */
const beforeMilliseconds = 60 * 1000;
/** Long enough to sign, and no longer. */
const lifeMilliseconds = 3600 * 1000;

/**
 * A new key and its certificate for the documents of one workflow: "the QTSP creates the certificate with the client's
 * first and last names and ID document number". Neither is kept.
 */
export async function oneTimeSigner(
  room: { readonly store: PkiStore; readonly services: PracticeServices },
  person: PersonDetails,
  now: number,
): Promise<OneTimeSigner> {
  const { store, services } = room;
  const key = await generateEcKeyPair("P-256");
  const certificate = issueCertificate({
    subject: distinguishedName([
      ["country", person.country],
      // ETSI EN 319 412-1 5.1.3: kind of document, country, hyphen, its number.
      ["serialNumber", `${person.documentType}${person.country}-${person.documentNumber}`],
      ["surname", person.surname],
      ["givenName", person.givenNames],
      ["commonName", fullName(person)],
    ]),
    spki: key.spki,
    issuer: services.issuing,
    serial: store.newSerial(services.issuing.label),
    notBefore: new Date(now - beforeMilliseconds),
    notAfter: new Date(now + lifeMilliseconds),
    extensions: [
      ext.keyUsage("nonRepudiation"),
      ext.certificatePolicies(`${services.base}/practice-statement`),
      ext.qualifiedStatements(`${services.base}/practice-statement`),
      ...issuedAddresses(services.base),
    ],
  });
  return {
    name: fullName(person),
    key,
    scheme: { kind: "ecdsa", digest: "SHA-256", format: "der" },
    chain: [certificate, services.issuing.certificate, services.root.certificate],
    serialHex: serialHexOf(certificate),
  };
}
