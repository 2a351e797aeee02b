import { generateEcKeyPair, type PrivateKey } from "../../electron/pki/algorithms.ts";
import { parseCertificate } from "../../electron/pki/certificate.ts";
import * as der from "../../electron/pki/der-writer.ts";
import { OID } from "../../electron/pki/oids.ts";
import { encodeScheme, type SignatureScheme } from "../../electron/pki/signature-scheme.ts";

export const ECDSA: SignatureScheme = { kind: "ecdsa", digest: "SHA-256", format: "der" };

/** A key with a certificate. */
export interface Identity {
  readonly key: PrivateKey;
  readonly certificate: Uint8Array;
  readonly subject: string;
  readonly issuer: string;
  readonly serial: number;
}

export interface CertificateOptions {
  readonly subject: string;
  readonly issuer?: Identity;
  readonly key?: PrivateKey;
  readonly serial?: number;
  readonly from?: string;
  readonly to?: string;
  readonly extensions?: readonly Uint8Array[];
}

const DEFAULT_FROM = "2025-01-01T00:00:00Z";
const DEFAULT_TO = "2035-01-01T00:00:00Z";

export const nameOf = (commonName: string): Uint8Array =>
  der.sequence(der.setOf([der.sequence(der.oid(OID.commonName), der.utf8String(commonName))]));

export const extension = (oid: string, critical: boolean, value: Uint8Array): Uint8Array =>
  der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value));

/** Bits of RFC 5280 4.2.1.3: 0 digitalSignature, 1 nonRepudiation, 5 keyCertSign, 6 cRLSign. */
export const keyUsage = (...bits: readonly number[]): Uint8Array => extension(OID.keyUsage, true, der.namedBits(bits));

export const authority = (pathLength?: number): readonly Uint8Array[] => [
  extension(
    OID.basicConstraints,
    true,
    der.sequence(der.boolean(true), ...(pathLength === undefined ? [] : [der.integer(pathLength)])),
  ),
  keyUsage(5, 6),
];

export const purposes = (critical: boolean, ...oids: readonly string[]): Uint8Array =>
  extension(OID.extendedKeyUsage, critical, der.sequence(...oids.map(der.oid)));

export const PERSON: readonly Uint8Array[] = [keyUsage(0, 1)];

let serials = 1000;

export async function issue(options: CertificateOptions): Promise<Identity> {
  const key = options.key ?? (await generateEcKeyPair("P-256"));
  serials += 1;
  const serial = options.serial ?? serials;
  const issuer = options.issuer?.subject ?? options.subject;
  const signingKey = options.issuer?.key ?? key;
  const extensions = options.extensions ?? PERSON;
  const body = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(serial),
    encodeScheme(ECDSA),
    nameOf(issuer),
    der.sequence(
      der.x509Time(new Date(options.from ?? DEFAULT_FROM)),
      der.x509Time(new Date(options.to ?? DEFAULT_TO)),
    ),
    nameOf(options.subject),
    key.spki,
    ...(extensions.length === 0 ? [] : [der.explicit(3, der.sequence(...extensions))]),
  );
  const certificate = der.sequence(body, encodeScheme(ECDSA), der.bitString(signingKey.sign(ECDSA, body)));
  return { key, certificate, subject: options.subject, issuer, serial };
}

export interface TestPki {
  readonly root: Identity;
  readonly rootCertificate: ReturnType<typeof parseCertificate>;
  readonly person: Identity;
  readonly other: Identity;
  readonly stampAuthority: Identity;
  readonly stranger: Identity;
}

export async function makePki(): Promise<TestPki> {
  const root = await issue({ subject: "Attack test root", extensions: authority() });
  const [person, other, stampAuthority, stranger] = await Promise.all([
    issue({ subject: "Ada", issuer: root }),
    issue({ subject: "Bob", issuer: root }),
    issue({
      subject: "Stamps",
      issuer: root,
      extensions: [keyUsage(0), purposes(true, OID.timeStamping)],
    }),
    issue({ subject: "Mallory" }),
  ]);
  return { root, rootCertificate: parseCertificate(root.certificate), person, other, stampAuthority, stranger };
}
