import * as der from "../../electron/pki/der-writer.ts";
import { OID } from "../../electron/pki/oids.ts";
import { PRACTICE_OID } from "./practice-oids.ts";

/** Finished X.509 extensions (RFC 5280 4.2) as the practice certificates need them. */
function extension(oid: string, value: Uint8Array, critical = false): Uint8Array {
  return der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value));
}

export const keyUsageBits = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, crlSign: 6 } as const;

export function keyUsage(...bits: readonly (keyof typeof keyUsageBits)[]): Uint8Array {
  return extension(OID.keyUsage, der.namedBits(bits.map((bit) => keyUsageBits[bit])), true);
}

export function authority(pathLength: number | null): Uint8Array {
  const limit = pathLength === null ? [] : [der.integer(pathLength)];
  return extension(OID.basicConstraints, der.sequence(der.boolean(true), ...limit), true);
}

export function extendedKeyUsage(purposes: readonly string[], critical = false): Uint8Array {
  return extension(OID.extendedKeyUsage, der.sequence(...purposes.map(der.oid)), critical);
}

export function subjectKeyIdentifier(id: Uint8Array): Uint8Array {
  return extension(OID.subjectKeyIdentifier, der.octetString(id));
}

export function authorityKeyIdentifier(id: Uint8Array): Uint8Array {
  return extension(OID.authorityKeyIdentifier, der.sequence(der.implicit(0, id)));
}

/** Where the revocation list, the responder and the issuer's certificate are. */
export function crlDistributionPoint(url: string): Uint8Array {
  const point = der.implicit(0, der.implicit(0, uri(url), true), true);
  return extension(OID.crlDistributionPoints, der.sequence(der.sequence(point)));
}

export function authorityInfoAccess(addresses: { readonly issuer: string; readonly ocsp: string | null }): Uint8Array {
  const responder = addresses.ocsp === null ? [] : [der.sequence(der.oid(OID.accessOcsp), uri(addresses.ocsp))];
  return extension(
    OID.authorityInfoAccess,
    der.sequence(der.sequence(der.oid(OID.accessCaIssuers), uri(addresses.issuer)), ...responder),
  );
}

export function certificatePolicies(statement: string): Uint8Array {
  const qualifier = der.sequence(der.oid(PRACTICE_OID.certificationPracticeStatement), der.ia5String(statement));
  return extension(
    OID.certificatePolicies,
    der.sequence(
      der.sequence(der.oid(PRACTICE_OID.personPolicy), der.sequence(qualifier)),
      der.sequence(der.oid(PRACTICE_OID.qualifiedPersonPolicy)),
    ),
  );
}

/** Policies without qualifiers. */
export function plainPolicies(policies: readonly string[]): Uint8Array {
  return extension(OID.certificatePolicies, der.sequence(...policies.map((policy) => der.sequence(der.oid(policy)))));
}

/** The statements of a qualified certificate for electronic signatures (ETSI EN 319 412-5), as in itsme's example. */
export function qualifiedStatements(disclosure: string): Uint8Array {
  return extension(
    OID.qcStatements,
    der.sequence(
      der.sequence(der.oid(PRACTICE_OID.qcSyntaxV2), der.sequence(der.oid(PRACTICE_OID.semanticsNatural))),
      der.sequence(der.oid(OID.qcCompliance)),
      der.sequence(der.oid(OID.qcSscd)),
      der.sequence(der.oid(OID.qcType), der.sequence(der.oid(OID.qcTypeEsign))),
      der.sequence(
        der.oid(OID.qcPds),
        der.sequence(der.sequence(der.ia5String(disclosure), der.printableString("en"))),
      ),
    ),
  );
}

/** RFC 6960 4.2.2.2.1: the responder's own certificate needs no revocation check. */
export function ocspNoCheck(): Uint8Array {
  return extension(OID.ocspNoCheck, der.nullValue());
}

/** A server name and address on this computer. */
export function loopbackNames(): Uint8Array {
  const names = [der.implicit(2, ascii("localhost")), der.implicit(7, Uint8Array.of(127, 0, 0, 1))];
  return extension(OID.subjectAltName, der.sequence(...names));
}

/** Another server's name on this computer, for a certificate that is refused. */
export function otherLoopbackName(): Uint8Array {
  return extension(OID.subjectAltName, der.sequence(der.implicit(2, ascii("other.localhost"))));
}

/**
 * SECURITY: whoever imports the practice TLS authority into a browser must not become open to forged sites: it can
 * only speak for this computer (RFC 5280 4.2.1.10).
 */
export function onlyLoopbackNames(): Uint8Array {
  const permitted = [
    der.sequence(der.implicit(2, ascii("localhost"))),
    der.sequence(der.implicit(7, Uint8Array.of(127, 0, 0, 0, 255, 0, 0, 0))),
  ];
  return extension(OID.nameConstraints, der.sequence(der.implicit(0, der.concatBytes(permitted), true)), true);
}

/** GeneralName: uniformResourceIdentifier. */
function uri(address: string): Uint8Array {
  return der.implicit(6, ascii(address));
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
