import type { PrivateKey } from "../../pki/algorithms.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { sameBytes } from "../../pki/der-values.ts";
import { couldIssue, isSignedBy } from "../../pki/path.ts";

const MAXIMUM_CHAIN = 10;

/** The certificate of this key; the one meant for signing when there are several. */
export function leafFor(key: PrivateKey, certificates: readonly Certificate[]): Certificate | null {
  const own = certificates.filter(({ spki }) => sameBytes(spki, key.spki));
  return own.find(({ keyUsage }) => keyUsage?.has("nonRepudiation") === true) ?? own[0] ?? null;
}

/** Leaf, issuer, issuer's issuer… by verified signatures, whatever the order in the file. */
export function chainFrom(leaf: Certificate, certificates: readonly Certificate[]): readonly Certificate[] {
  const chain = [leaf];
  let last = leaf;
  while (chain.length < MAXIMUM_CHAIN && !isSelfIssued(last)) {
    const child = last;
    const issuer = certificates.find((one) => !chain.includes(one) && couldIssue(one, child) && isSignedBy(child, one));
    if (issuer === undefined) {
      break;
    }
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}

function isSelfIssued(certificate: Certificate): boolean {
  return couldIssue(certificate, certificate);
}
