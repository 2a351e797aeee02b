import * as der from "../../electron/pki/der-writer.ts";
import { OID } from "../../electron/pki/oids.ts";
import { encodeScheme } from "../../electron/pki/signature-scheme.ts";
import { authorityKeyIdentifier } from "./extensions.ts";
import { keyIdentifier, practiceScheme, signed } from "./issue-certificate.ts";
import type { Issuer } from "./issue-certificate.ts";
import { freshnessMilliseconds } from "./ocsp-responder.ts";

/** DER of a complete CRL (RFC 5280 5.1). Its number is the time it was made, in seconds. */
export function revocationList(
  issuer: Issuer,
  revoked: readonly { readonly serialHex: string; readonly at: number }[],
  now: number,
): Uint8Array {
  const entries = revoked.map((entry) =>
    der.sequence(der.integer(new Uint8Array(Buffer.from(entry.serialHex, "hex"))), der.x509Time(new Date(entry.at))),
  );
  const number = der.sequence(der.oid(OID.crlNumber), der.octetString(der.integer(Math.floor(now / 1000))));
  const body = der.sequence(
    der.integer(1),
    encodeScheme(practiceScheme),
    issuer.name,
    der.x509Time(new Date(now)),
    der.x509Time(new Date(now + freshnessMilliseconds)),
    // RFC 5280 5.1.2.6: absent, not empty, when nothing is revoked.
    ...(entries.length === 0 ? [] : [der.sequence(...entries)]),
    der.explicit(0, der.sequence(authorityKeyIdentifier(keyIdentifier(issuer.key.spki)), number)),
  );
  return signed(body, issuer.key);
}
