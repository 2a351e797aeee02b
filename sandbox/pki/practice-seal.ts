import type { SandboxClock } from "../clock.ts";
import * as ext from "./extensions.ts";
import { distinguishedName, issueCertificate } from "./issue-certificate.ts";
import type { PkiStore } from "./pki-store.ts";
import { PRACTICE_OID } from "./practice-oids.ts";
import { chainPem, issuedAddresses, keyPem } from "./practice-pki.ts";
import type { PracticeServices } from "./practice-pki.ts";

/** An organisation's certificate with its key: what it puts its seal on documents with. */
export interface PracticeSeal {
  /** The seal's certificate, its issuer, the root. */
  readonly chainPem: string;
  /** SECURITY: PKCS#8, not encrypted. Of a pretend organisation. */
  readonly keyPem: string;
}

const day = 24 * 3600 * 1000;

/** The seal of a pretend organisation, with the names that ETSI EN 319 412-3 asks of a legal person's certificate. */
export async function practiceSeal(room: {
  readonly store: PkiStore;
  readonly services: PracticeServices;
  readonly clock: SandboxClock;
}): Promise<PracticeSeal> {
  const { store, services, clock } = room;
  const now = clock.now();
  const identity = await store.identity({
    name: "practice-seal",
    modulusBits: 3072,
    base: services.base,
    now,
    renew: true,
    issue: (key) =>
      issueCertificate({
        subject: distinguishedName([
          ["country", "SE"],
          ["organization", "Sealdesk Practice"],
          // ETSI EN 319 412-1 5.1.4: a national trade register, its country, a number that nobody has.
          ["organizationIdentifier", "NTRSE-000000-0000"],
          ["commonName", "Practice organisation seal"],
        ]),
        spki: key.spki,
        issuer: services.issuing,
        serial: store.newSerial(services.issuing.label),
        notBefore: new Date(now - day),
        notAfter: new Date(now + 2 * 365 * day),
        extensions: [
          ext.keyUsage("digitalSignature", "nonRepudiation"),
          ext.plainPolicies([PRACTICE_OID.sealPolicy]),
          ...issuedAddresses(services.base),
        ],
      }),
  });
  return {
    chainPem: chainPem([identity.certificate, services.issuing.certificate, services.root.certificate]),
    keyPem: keyPem(identity),
  };
}
