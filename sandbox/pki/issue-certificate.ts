import { createHash } from "node:crypto";
import type { PrivateKey } from "../../electron/pki/algorithms.ts";
import { readDer } from "../../electron/pki/der-reader.ts";
import { readBitString, readTime } from "../../electron/pki/der-values.ts";
import * as der from "../../electron/pki/der-writer.ts";
import { OID } from "../../electron/pki/oids.ts";
import { encodeScheme } from "../../electron/pki/signature-scheme.ts";
import type { SignatureScheme } from "../../electron/pki/signature-scheme.ts";
import { authorityKeyIdentifier, subjectKeyIdentifier } from "./extensions.ts";

/** Every signature of the practice PKI is made this way. */
export const practiceScheme: SignatureScheme = { kind: "rsa-pkcs1", digest: "SHA-256" };

/** Parts of a distinguished name, in order. */
export type NamePart = readonly [type: keyof typeof nameTypes, value: string];

const nameTypes = {
  country: OID.country,
  locality: OID.locality,
  organization: OID.organization,
  organizationIdentifier: OID.organizationIdentifier,
  commonName: OID.commonName,
  serialNumber: OID.serialNumber,
  surname: OID.surname,
  givenName: OID.givenName,
  /** X.520 6.2.1. */
  name: "2.5.4.41",
} as const;

/** A distinguished name (RFC 5280 4.1.2.4): country and serial number printable, the rest UTF-8. */
export function distinguishedName(parts: readonly NamePart[]): Uint8Array {
  return der.sequence(
    ...parts.map(([type, value]) => {
      const printable = type === "country" || type === "serialNumber";
      const text = printable ? der.printableString(value) : der.utf8String(value);
      return der.set(der.sequence(der.oid(nameTypes[type]), text));
    }),
  );
}

/** Somebody who can sign certificates, lists, answers: a name, a key and its certificate. */
export interface Issuer {
  readonly name: Uint8Array;
  readonly key: PrivateKey;
}

export interface CertificateOrder {
  readonly subject: Uint8Array;
  readonly spki: Uint8Array;
  readonly issuer: Issuer;
  /** Unsigned big-endian; the first bit must be 0. */
  readonly serial: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly extensions: readonly Uint8Array[];
}

/** DER of a new certificate (RFC 5280 4.1), with both key identifiers. */
export function issueCertificate(order: CertificateOrder): Uint8Array {
  const body = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(order.serial),
    encodeScheme(practiceScheme),
    order.issuer.name,
    der.sequence(der.x509Time(order.notBefore), der.x509Time(order.notAfter)),
    order.subject,
    order.spki,
    der.explicit(
      3,
      der.sequence(
        authorityKeyIdentifier(keyIdentifier(order.issuer.key.spki)),
        subjectKeyIdentifier(keyIdentifier(order.spki)),
        ...order.extensions,
      ),
    ),
  );
  return signed(body, order.issuer.key);
}

/** SEQUENCE { what is signed, algorithm, signature }: certificates, lists and OCSP answers all look like this. */
export function signed(body: Uint8Array, key: PrivateKey, more: readonly Uint8Array[] = []): Uint8Array {
  return der.sequence(body, encodeScheme(practiceScheme), der.bitString(key.sign(practiceScheme, body)), ...more);
}

/** RFC 5280 4.2.1.2 method 1: SHA-1 of the public key bits. An identifier, not a security measure. */
export function keyIdentifier(spki: Uint8Array): Uint8Array {
  const bits = readBitString(readDer(spki).children[1]).bytes;
  return new Uint8Array(createHash("sha1").update(bits).digest());
}

/** The validity of a certificate made here. */
export function validityOf(certificate: Uint8Array): { readonly notBefore: number; readonly notAfter: number } {
  const times = readDer(certificate).children[0]?.children[4]?.children ?? [];
  return { notBefore: readTime(times[0]).getTime(), notAfter: readTime(times[1]).getTime() };
}

/** Serial number of a certificate made here, in hex without leading zeros of the encoding. */
export function serialHexOf(certificate: Uint8Array): string {
  return Buffer.from(readDer(certificate).children[0]?.children[1]?.content ?? []).toString("hex");
}
