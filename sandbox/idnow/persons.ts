import { createHash } from "node:crypto";
import type { PrivateKey } from "../../electron/pki/algorithms.ts";
import type { SandboxClock } from "../clock.ts";
import * as ext from "../pki/extensions.ts";
import { distinguishedName, issueCertificate, serialHexOf } from "../pki/issue-certificate.ts";
import type { PkiStore } from "../pki/pki-store.ts";
import { issuedAddresses } from "../pki/practice-pki.ts";
import type { PracticeServices } from "../pki/practice-pki.ts";
import type { PersonName } from "./order-request.ts";

/** A pretend person who signs: made from the name in the order and kept in the folder. */
export interface SigningPerson {
  readonly name: string;
  readonly key: PrivateKey;
  /** DER: the person's, the issuing authority's, the root's. */
  readonly chain: readonly [Uint8Array, ...Uint8Array[]];
  /** As in the revocation list. */
  readonly serialHex: string;
}

export interface Persons {
  of(name: PersonName): Promise<SigningPerson>;
}

/** Whom the flaw "somebody-else" has sign. */
export const somebodyElse: PersonName = { firstname: "Somebody", surname: "Else", country: "DE" };

const day = 24 * 3600 * 1000;

export function persons(room: {
  readonly store: PkiStore;
  readonly services: PracticeServices;
  readonly clock: SandboxClock;
}): Persons {
  const { store, services, clock } = room;
  return {
    async of(name) {
      const identity = await store.identity({
        name: `idnow-${fingerprint(name)}`,
        modulusBits: 2048,
        base: services.base,
        now: clock.now(),
        renew: true,
        issue: (key) => personCertificate(name, key, room),
      });
      return {
        name: fullName(name),
        key: identity.key,
        chain: [identity.certificate, services.issuing.certificate, services.root.certificate],
        serialHex: serialHexOf(identity.certificate),
      };
    },
  };
}

export function fullName({ firstname, surname }: PersonName): string {
  return `${firstname} ${surname}`;
}

/** Names hold characters that file names do not. */
function fingerprint(name: PersonName): string {
  return createHash("sha256").update(JSON.stringify(name)).digest("hex").slice(0, 32);
}

function personCertificate(
  person: PersonName,
  key: PrivateKey,
  { store, services, clock }: Parameters<typeof persons>[0],
): Uint8Array {
  const now = clock.now();
  return issueCertificate({
    subject: distinguishedName([
      ["country", /^[A-Z]{2}$/.test(person.country) ? person.country : "DE"],
      // Not a number that anybody has: it depends on the name alone.
      ["serialNumber", `PRACTICE-${fingerprint(person).slice(0, 12)}`],
      ["surname", person.surname],
      ["givenName", person.firstname],
      ["commonName", fullName(person)],
    ]),
    spki: key.spki,
    issuer: services.issuing,
    serial: store.newSerial(services.issuing.label),
    notBefore: new Date(now - day),
    notAfter: new Date(now + 3 * 365 * day),
    extensions: [
      ext.keyUsage("nonRepudiation"),
      ext.certificatePolicies(`${services.base}/practice-statement`),
      ext.qualifiedStatements(`${services.base}/practice-statement`),
      ...issuedAddresses(services.base),
    ],
  });
}
